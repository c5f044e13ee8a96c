"""Routes that change classes: body -> command -> handle -> answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal
from uuid import UUID

from eventcore.clock import Clock, legal_day
from eventcore.ids import new_id
from eventcore.web import CommandRequest, posts, router
from eventcore.web.acting import dated, signed
from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.responses import Response

from training.classes import commands
from training.classes.bodies import ClassIn, ClassRejectionIn, ClosingIn, SessionCorrectionIn, SessionIn
from training.classes.lookup import within_reach
from training.classes.state import Closed, Declined, Filed, Open, TrainingClass, known
from training.classes.training_class import CLASS
from training.lookup import INSTITUTION_OFFICE

ClassId = Annotated[UUID, Path(description="Id of the class. 班级编号。")]
Standing = Literal["filed", "rejected", "open", "closed"]
STANDINGS: Final[Mapping[type, Standing]] = {Filed: "filed", Declined: "rejected", Open: "open", Closed: "closed"}


class ClassAnswer(BaseModel):
    """What a command on a class answers; `sessions` are those recorded so far. 班级编号、状态与版本。"""

    training_class: str
    state: Standing
    sessions: int
    version: int


def answer(found: TrainingClass, version: int) -> Mapping[str, object]:
    there = known(found)
    held = len(there.sessions) if isinstance(there, Open) else 0
    return {
        "training_class": there.filed.training_class,
        "state": STANDINGS[type(there)],
        "sessions": held,
        "version": version,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock
    mint: Callable[[], str] = new_id

    async def file(self, body: ClassIn, request: CommandRequest) -> Response:
        """Files a class of the calling institution with its teaching plan (R-TRN-06). 申报开班。"""
        request.require_region(body.region)
        key, by = self.mint(), request.caller
        command = commands.FileClass(
            training_class=key,
            institution=by.organisation,
            plan=body.plan,
            programme=body.programme,
            mode=body.mode,
            venue=body.venue,
            region=body.region,
            capacity=body.capacity,
            starts_on=body.starts_on,
            ends_on=body.ends_on,
            priority_until=body.priority_until,
            lessons=tuple(each.lesson() for each in body.lessons),
            teachers=body.teachers,
            by=by.subject,
            organisation=by.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(CLASS, key, command, reply=answer)

    async def approve(self, training_class: ClassId, request: CommandRequest) -> Response:
        """Another office approves the class: its trainees may choose it. 批准开班。"""
        found, _ = await within_reach(request, str(training_class))
        command = commands.ApproveClass(
            institution=found.filed.terms.institution,
            **dated(request, self.clock),
        )
        return await request.handle(CLASS, str(training_class), command, reply=answer)

    async def reject(self, training_class: ClassId, body: ClassRejectionIn, request: CommandRequest) -> Response:
        """Another office rejects the class with a reason. 不予批准开班。"""
        await within_reach(request, str(training_class))
        command = commands.RejectClass(reason=body.reason, **signed(request))
        return await request.handle(CLASS, str(training_class), command, reply=answer)

    async def record(self, training_class: ClassId, body: SessionIn, request: CommandRequest) -> Response:
        """Records a session and who was there, on its day or late (R-TRN-22). 登记授课与出勤，可补录。"""
        found, _ = await within_reach(request, str(training_class))
        command = commands.RecordSession(
            training_class=str(training_class),
            capacity=found.filed.capacity,
            on=body.on,
            starts_at=body.starts_at,
            minutes=body.minutes,
            form=body.form,
            teacher=body.teacher,
            present=body.attendance(),
            supervising=_supervising(request),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(CLASS, str(training_class), command, reply=answer)

    async def correct(self, training_class: ClassId, body: SessionCorrectionIn, request: CommandRequest) -> Response:
        """Corrects who was in a session; after the end of the class the labour department does. 更正出勤。"""
        found, _ = await within_reach(request, str(training_class))
        command = commands.CorrectSession(
            training_class=str(training_class),
            capacity=found.filed.capacity,
            session=body.session,
            attendance=body.right(),
            evidence=body.evidence,
            supervising=_supervising(request),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(CLASS, str(training_class), command, reply=answer)

    async def close(self, training_class: ClassId, body: ClosingIn, request: CommandRequest) -> Response:
        """Closes the class with everybody's closing test; each completes it or fails (R-CRT-06). 结业。"""
        found, _ = await within_reach(request, str(training_class))
        command = commands.CloseClass(
            training_class=str(training_class),
            capacity=found.filed.capacity,
            closed_on=body.closed_on,
            tests=body.tests(),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(CLASS, str(training_class), command, reply=answer)


def _supervising(request: CommandRequest) -> bool:
    return request.caller.office != INSTITUTION_OFFICE


def routes(handlers: Routes) -> APIRouter:
    """What changes classes, by path."""
    found = router()
    post = posts(found, "/v1/classes", "classes", ClassAnswer)
    post("", handlers.file)
    post("/{training_class}/approval", handlers.approve)
    post("/{training_class}/rejection", handlers.reject)
    post("/{training_class}/sessions", handlers.record)
    post("/{training_class}/corrections", handlers.correct)
    post("/{training_class}/closing", handlers.close)
    return found
