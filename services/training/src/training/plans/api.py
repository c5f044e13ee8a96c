"""Routes of plans: approved, targets set, and the targets beside what was reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from contracts.public_event import EntityId
from contracts.region import lies_in
from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, CommandRequest, posts, router
from eventcore.web.acting import dated
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path
from pydantic import BaseModel
from sqlalchemy import Select, func, not_, select
from sqlmodel import col
from starlette.responses import Response

from training.enrolments.views.roster import ROSTER, RosterTable
from training.enrolments.views.voided import is_void
from training.plans.bodies import PlanIn, TargetIn
from training.plans.events import POOR_STUDENTS, Line, TargetSet
from training.plans.plan import PLAN, Approved, ApprovePlan, Plan, SetTarget, known
from training.students.views.ledger import STUDENTS, StudentTable

PlanId = Annotated[EntityId, Path(description="Id of the plan. 培训计划编号。")]


class PlanAnswer(BaseModel):
    """What a command on a plan answers. 计划编号与版本。"""

    plan: str
    version: int


class Reached(BaseModel):
    """Seats in classes of the plan, by the place of the class: those taken and not left, and of them those whose worker
    completed the class and whose completion counts. 人次：已录取未退学，及其中培训合格且有效。"""

    enrolled: int = 0
    completed: int = 0

    def __add__(self, other: "Reached") -> "Reached":
        return Reached(enrolled=self.enrolled + other.enrolled, completed=self.completed + other.completed)


class LineOut(BaseModel):
    """An occupation of the plan beside what was reached. 专业计划与完成情况。"""

    line: Line
    reached: Reached


class TargetOut(BaseModel):
    """A stated target beside what was reached in its region. 目标任务与完成情况。"""

    target: TargetSet
    reached: Reached


class PlanOut(BaseModel):
    """A plan, with its targets as they were stated. 培训计划。"""

    plan: str
    version: int
    region: str
    year: int
    content: str
    institutions: list[str]
    lines: list[LineOut]
    targets: list[TargetOut]
    reached: Reached


def answer(plan: Plan, version: int) -> Mapping[str, object]:
    return {"plan": known(plan).plan, "version": version}


def counted(plan: str) -> Select[Any]:
    """Seats by place and occupation."""
    place, occupation, status = col(RosterTable.region), col(RosterTable.occupation), col(RosterTable.status)
    completed = func.count().filter(status == "COMPLETED", not_(is_void())).label("completed")
    return (
        select(place, occupation, func.count().label("enrolled"), completed)
        .where(col(RosterTable.plan) == plan, status.in_(("ENROLLED", "COMPLETED", "FAILED")))
        .group_by(place, occupation)
    )


def poor_students(plan: str) -> Select[Any]:
    """Of key technical schools, by place: those who came and did not leave, and of them the graduates (R-REG-30)."""
    place, status = col(StudentTable.region), col(StudentTable.status)
    graduated = func.count().filter(status == "GRADUATED").label("completed")
    return (
        select(place, func.count().label("enrolled"), graduated)
        .where(col(StudentTable.plan) == plan, col(StudentTable.poor), status != "LEFT")
        .group_by(place)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def approve(self, body: PlanIn, request: CommandRequest) -> Response:
        """Approves the plan of a year: heads, specialties, content, institutions, funds (R-TRN-04). 年度实施方案。"""
        request.require_region(body.region)
        command = ApprovePlan(
            plan=body.plan,
            region=body.region,
            year=body.year,
            content=body.content,
            lines=tuple(Line(occupation=each.occupation, heads=each.heads, funds=each.funds) for each in body.lines),
            institutions=body.institutions,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await request.handle(PLAN, body.plan, command, reply=answer)

    async def set_target(self, plan: PlanId, body: TargetIn, request: CommandRequest) -> Response:
        """Keeps the target that a document states for a region; a contradiction is flagged. 登记目标任务。"""
        await _approved(request, plan)
        command = SetTarget(
            region=body.region,
            of=body.of,
            stated=body.stated,
            of_them_free=body.of_them_free,
            flag=body.flag,
            evidence=body.evidence,
            **dated(request, self.clock),
        )
        return await request.handle(PLAN, plan, command, reply=answer)

    async def read(
        self, plan: PlanId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
    ) -> PlanOut:
        """A plan: heads and targets as stated, beside what was reached. 培训计划与完成情况。"""
        found, version = await _approved(request, plan)
        pool = request.web.store.pool
        await until_view(pool, ROSTER.reader, wait_for, wait_seconds)
        rows = await queries.Query(counted(plan)).fetch(pool)
        seats = [(row[0], row[1], Reached(enrolled=row["enrolled"], completed=row["completed"])) for row in rows]

        await until_view(pool, STUDENTS.reader, wait_for, wait_seconds)
        students = [
            (row[0], "", Reached(enrolled=row["enrolled"], completed=row["completed"]))
            for row in await queries.Query(poor_students(plan)).fetch(pool)
        ]

        def within(target: TargetSet) -> Reached:
            counted = students if target.of == POOR_STUDENTS else seats
            return sum((it for place, _, it in counted if lies_in(place, target.region, legal_day())), Reached())

        def taught(occupation: str) -> Reached:
            return sum((reached for _, code, reached in seats if code == occupation), Reached())

        return PlanOut(
            plan=found.plan,
            version=version,
            region=found.region,
            year=found.year,
            content=found.content,
            institutions=list(found.institutions),
            lines=[LineOut(line=each, reached=taught(each.occupation)) for each in found.lines],
            targets=[TargetOut(target=each, reached=within(each)) for each in found.targets],
            reached=sum((reached for _, _, reached in seats), Reached()),
        )


async def _approved(request: ApiRequest | CommandRequest, key: str) -> tuple[Approved, int]:
    found, version = await request.web.store.state(PLAN, key)
    if not isinstance(found, Approved):
        raise request.not_there()
    request.require_region(found.region)
    return found, version


def routes(handlers: Routes) -> APIRouter:
    """What changes and shows plans, by path."""
    found = router()
    post = posts(found, "/v1/plans", "plans", PlanAnswer)
    post("", handlers.approve)
    post("/{plan}/targets", handlers.set_target)
    found.add_api_route("/v1/plans/{plan}", handlers.read, methods=["GET"], tags=["plans"], response_model=PlanOut)
    return found
