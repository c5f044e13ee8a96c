"""Routes of follow-up: visits, one-to-one help, unemployment, and who waits for them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from contracts.documents import Reference
from contracts.employment_codes import VisitFindingCode, VisitKindCode
from contracts.public_event import EntityId
from contracts.region import RegionCode
from eventcore.clock import legal_day
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, example, posts, router
from eventcore.web.acting import acting
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from placement.jobs.followups.commands import AssignHelp, FollowUpCommand, RecordVisit, RegisterUnemployment
from placement.jobs.followups.followup import FOLLOW_UP
from placement.jobs.followups.state import FollowUp
from placement.jobs.followups.views.followups import FOLLOW_UPS, FollowUpRow, FollowUpTable, waiting_in

WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]
Region = Annotated[RegionCode, Query(description="Where the worker is looked after. 服务所在行政区划。")]


class VisitIn(Body):
    """A contact that was made (R-PLC-07, R-PLC-26). 跟踪服务记录。"""

    model_config = example(
        {"made_on": "2026-07-31", "kind": "CALL", "finding": "AT_WORK", "evidence": "回访记录〔2026〕77号"}
    )

    made_on: date
    kind: VisitKindCode
    finding: VisitFindingCode
    evidence: Reference


class HelpIn(Body):
    """Which official helps the worker (R-PLC-25). 一对一帮扶。"""

    model_config = example({"case_worker": "T-310"})

    case_worker: Annotated[EntityId, Field(description="Staff number, no name. 帮扶人员工号，不填姓名。")]


class UnemploymentIn(Body):
    """Since when; today where it is missing (R-PLC-24). 失业登记。"""

    model_config = example({"registered_on": "2026-10-08"})

    registered_on: date | None = None


class FollowUpAnswer(BaseModel):
    """What a command on a follow-up answers. 跟踪服务状态与版本。"""

    region: str
    next_visit_on: date | None
    unemployed_on: date | None
    case_worker: str | None
    version: int


class FollowUpOut(FollowUpAnswer):
    """How a worker is followed up. 跟踪服务。"""

    worker: str
    jobs: list[str]
    due_on: date | None
    overdue_days: int
    visited_on: date | None
    lost_on: date | None


class WaitingOut(FollowUpRow):
    """Whoever waits, and since how many days. 待办与等待天数。"""

    days: int


class WaitingPage(BaseModel):
    """Whoever waits longest first, and the cursor of the next page where there may be one."""

    workers: list[WaitingOut]
    next: str | None


def answer(found: FollowUp, version: int) -> Mapping[str, object]:
    return {
        "region": found.region,
        "next_visit_on": found.next_visit_on,
        "unemployed_on": found.unemployed_on,
        "case_worker": found.case_worker,
        "version": version,
    }


async def visit(worker: WorkerId, body: VisitIn, request: CommandRequest) -> Response:
    """Records that somebody contacted the worker, and what was found; the next visit follows from it (R-PLC-07,
    R-PLC-23, R-PLC-26). 登记跟踪服务。"""
    by, of = acting(request), str(worker)
    command = RecordVisit(
        worker=of, made_on=body.made_on, kind=body.kind, finding=body.finding, evidence=body.evidence, by=by
    )
    return await _on(request, of, command)


async def help_out(worker: WorkerId, body: HelpIn, request: CommandRequest) -> Response:
    """One official looks after the worker until there is a job again (R-PLC-25). 指定一对一帮扶人员。"""
    command = AssignHelp(worker=str(worker), case_worker=body.case_worker, by=acting(request))
    return await _on(request, command.worker, command)


async def register(worker: WorkerId, body: UnemploymentIn, request: CommandRequest) -> Response:
    """Registers a worker as unemployed, where the service itself did not (R-PLC-24). 失业登记。"""
    by = acting(request)
    command = RegisterUnemployment(worker=str(worker), registered_on=body.registered_on or by.today, by=by)
    return await _on(request, command.worker, command)


async def read(worker: WorkerId, request: ApiRequest) -> FollowUpOut:
    """How a worker is followed up. 跟踪服务情况。"""
    found, version = await _followed(request, str(worker))
    overdue = (legal_day() - found.due_on).days if found.due_on else 0
    return FollowUpOut(
        region=found.region,
        next_visit_on=found.next_visit_on,
        unemployed_on=found.unemployed_on,
        case_worker=found.case_worker,
        version=version,
        worker=str(worker),
        jobs=sorted(found.jobs),
        due_on=found.due_on,
        overdue_days=overdue,
        visited_on=found.visited_on,
        lost_on=found.lost_on,
    )


async def list_due(region: Region, page: Paged) -> WaitingPage:
    """Visits that are due and not made, with the days since (R-PLC-23). 到期未走访名单。"""
    return await _waiting(page, region, "due_on")


async def list_lost(region: Region, page: Paged) -> WaitingPage:
    """Who lost a job and has none: registered or not, helped or not, with the days since (R-PLC-24, R-PLC-25).
    失业人员名单。"""
    return await _waiting(page, region, "lost_on")


async def _waiting(page: Paged, region: str, since: Literal["due_on", "lost_on"]) -> WaitingPage:
    page.request.require_region(region)
    day = FOLLOW_UPS.definition.c[since]
    rows, following = await page.rows(FOLLOW_UPS, waiting_in(region, day), day, FollowUpTable.worker)
    shown = [WaitingOut(**row.model_dump(), days=(legal_day() - getattr(row, since)).days) for row in rows]
    return WaitingPage(workers=shown, next=following)


async def _followed(request: ApiRequest | CommandRequest, worker: str) -> tuple[FollowUp, int]:
    found, version = await request.web.store.state(FOLLOW_UP, worker)
    if not found.region:
        raise request.not_there()
    request.require_region(found.region)
    return found, version


async def _on(request: CommandRequest, worker: str, command: FollowUpCommand) -> Response:
    """Carries out a command on a worker who is looked after in the caller's region."""
    await _followed(request, worker)
    return await request.handle(FOLLOW_UP, worker, command, reply=answer)


_GETS: Final[Mapping[str, Callable[..., object]]] = {
    "/v1/workers/{worker}/follow-up": read,
    "/v1/visits-due": list_due,
    "/v1/job-losses": list_lost,
}


def routes() -> APIRouter:
    """What changes and shows follow-up, by path."""
    found = router()
    post = posts(found, "/v1/workers/{worker}/", "follow-up", FollowUpAnswer)
    post("visits", visit, dependencies=AS_STEWARD)
    post("helper", help_out, dependencies=AS_STEWARD)
    post("unemployment", register, dependencies=AS_STEWARD)
    for path, handler in _GETS.items():
        found.add_api_route(path, handler, methods=["GET"], tags=["follow-up"])
    return found
