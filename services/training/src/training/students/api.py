"""Routes that change students: body -> command -> handle -> answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from eventcore.clock import Clock
from eventcore.web import BATCH, ApiRequest, CommandRequest, Each, Problem, posts, router
from eventcore.web.acting import dated
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from training.lookup import require_office
from training.students import commands
from training.students.bodies import (
    CheckBatchIn,
    CheckIn,
    GraduationIn,
    MentorIn,
    SchoolLeavingIn,
    StudentChangeIn,
)
from training.students.events import Study
from training.students.state import AtSchool, Student
from training.students.student import STUDENT

StudentId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


class StudentAnswer(BaseModel):
    """What a command on a student answers. 是否在校与版本。"""

    at_school: bool
    version: int


def answer(student: Student, version: int) -> Mapping[str, object]:
    return {"at_school": isinstance(student, AtSchool), "version": version}


def _study(student: Student) -> Study | None:
    """Of who is or was a student."""
    if isinstance(student, AtSchool):
        return student.study
    return student.ended.study if student.ended else None


async def within_reach(request: ApiRequest | CommandRequest, worker: str) -> tuple[Student, Study, int]:
    """The student, who is or was at the caller's own school, or at one in the caller's region. Problem."""
    student, version = await request.web.store.state(STUDENT, worker)
    study = _study(student)
    if study is None:
        raise request.not_there()
    require_office(request, study.school, study.region)
    return student, study, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def change(self, worker: StudentId, body: StudentChangeIn, request: CommandRequest) -> Response:
        """A student takes leave, is back, or repeats a year (R-REG-15). 登记学生异动。"""
        await within_reach(request, str(worker))
        command = commands.Change(
            change=body.change, changed_on=body.changed_on, evidence=body.evidence, **dated(request, self.clock)
        )
        return await request.handle(STUDENT, str(worker), command, reply=answer)

    async def assign(self, worker: StudentId, body: MentorIn, request: CommandRequest) -> Response:
        """Names a leader of the school for this student alone, or who looks every month (R-TRN-13, R-REG-16).

        确定一对一帮扶校领导或每月监测专人。
        """
        _, study, _ = await within_reach(request, str(worker))
        command = commands.AssignMentor(
            school=study.school, duty=body.duty, staff=body.staff, **dated(request, self.clock)
        )
        return await request.handle(STUDENT, str(worker), command, reply=answer)

    async def check(self, body: CheckBatchIn, request: CommandRequest) -> Response:
        """Records up to 500 monthly checks, with a verdict each (R-REG-16). 批量登记每月监测，逐条答复。"""
        request.leave_region_to_rules()  # each item has its own
        found = await request.web.store.states(STUDENT, [str(each.worker) for each in body.checks], fresh=False)
        return await request.handle_each(
            [self._check(each, found[str(each.worker)][0], request) for each in body.checks]
        )

    def _check(self, check: CheckIn, student: Student, request: CommandRequest) -> Each | Problem:
        study = _study(student)
        if study is None:
            return Problem("not_found")
        try:
            require_office(request, study.school, study.region)
        except Problem as problem:
            return problem
        command = commands.RecordCheck(
            month=check.month,
            learning=check.learning,
            living=check.living,
            help=tuple(dict.fromkeys(check.help)),
            **dated(request, self.clock),
        )
        return Each(STUDENT, str(check.worker), command, reply=answer)

    async def graduate(self, worker: StudentId, body: GraduationIn, request: CommandRequest) -> Response:
        """The student has graduated. 毕业。"""
        await within_reach(request, str(worker))
        command = commands.Graduate(
            graduated_on=body.graduated_on, evidence=body.evidence, **dated(request, self.clock)
        )
        return await request.handle(STUDENT, str(worker), command, reply=answer)

    async def leave(self, worker: StudentId, body: SchoolLeavingIn, request: CommandRequest) -> Response:
        """The student left without graduating (R-REG-15). 离校。"""
        await within_reach(request, str(worker))
        command = commands.Leave(
            left_on=body.left_on, reason=body.reason, evidence=body.evidence, **dated(request, self.clock)
        )
        return await request.handle(STUDENT, str(worker), command, reply=answer)


def routes(handlers: Routes) -> APIRouter:
    """What changes students, by path."""
    found = router()
    post = posts(found, "/v1/students/{worker}", "students", StudentAnswer)
    post("/changes", handlers.change)
    post("/mentors", handlers.assign)
    post("/graduation", handlers.graduate)
    post("/leaving", handlers.leave)
    found.add_api_route(
        "/v1/student-check-batches", handlers.check, methods=["POST"], tags=["students"], responses={200: BATCH}
    )
    return found
