"""Routes that change enrolments: a choice is recorded, seats are given one at a time or in a round, somebody leaves."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eventcore.clock import Clock, legal_day
from eventcore.decider import Undecided
from eventcore.readers import queries
from eventcore.store import Contended
from eventcore.web import BATCH, CommandRequest, Each, Problem, posts, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import Select, select
from sqlmodel import col
from starlette.responses import Response

from training.classes.api import ClassId
from training.classes.events import ClassFiled
from training.classes.lookup import free_seats, within_reach
from training.classes.state import TrainingClass, Unknown
from training.classes.training_class import CLASS
from training.enrolments.bodies import ChoiceBatchIn, ChoiceIn, ClassWithdrawalIn, EnrolmentIn
from training.enrolments.commands import Enrol, RecordChoice, Withdraw
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.rounds import ROUND, HoldRound, RoundHeld, Waiting, give
from training.enrolments.state import Attending, Enrolment
from training.enrolments.views.roster import ROSTER, RosterRow, RosterTable

MOST_IN_ROUND: Final = 500


class EnrolmentAnswer(BaseModel):
    """What a command on an enrolment answers; `seats` by class. 劳动者编号、座位与版本。"""

    worker: str
    seats: dict[str, int]
    version: int


def answer(enrolment: Enrolment, version: int) -> Mapping[str, object]:
    seats = {each.terms.training_class: each.seat for each in enrolment.stays if isinstance(each, Attending)}
    return {"worker": enrolment.worker, "seats": seats, "version": version}


def waiting_for(training_class: str) -> Select[Any]:
    """Who chose the class and has no seat, those first who come first."""
    found: Select[Any] = select(ROSTER.definition).where(
        col(RosterTable.training_class) == training_class, col(RosterTable.status) == "CHOSEN"
    )
    return found.order_by(col(RosterTable.rank), col(RosterTable.chosen_on), col(RosterTable.worker)).limit(
        MOST_IN_ROUND
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def choose(self, body: ChoiceIn, request: CommandRequest) -> Response:
        """Records which class a designated worker chose, and what was shown (R-REG-07). 登记自主选择。"""
        (item,) = await self._choices([body], request)
        if isinstance(item, Problem):
            raise item
        return await request.handle_one(item)

    async def choose_many(self, body: ChoiceBatchIn, request: CommandRequest) -> Response:
        """Records up to 500 choices, each for itself, with a verdict each. 批量登记选择，逐条答复。"""
        return await request.handle_each(await self._choices(body.choices, request))

    async def _choices(self, choices: Sequence[ChoiceIn], request: CommandRequest) -> list[Each | Problem]:
        request.leave_region_to_rules()  # each item has its own
        keys = (str(each.training_class) for each in choices)
        classes = await request.web.store.states(CLASS, keys, fresh=False)
        return [self._chosen(each, classes[str(each.training_class)][0], request) for each in choices]

    def _chosen(self, choice: ChoiceIn, found: TrainingClass, request: CommandRequest) -> Each | Problem:
        if isinstance(found, Unknown):
            return Problem("not_found")
        terms = found.filed.terms
        if not request.may_touch(terms.region):
            return Problem("region_not_yours")
        command = RecordChoice(
            worker=str(choice.worker),
            training_class=terms.training_class,
            institution=terms.institution,
            options=tuple(str(each) for each in dict.fromkeys(choice.options)),
            chosen_on=choice.chosen_on,
            evidence=choice.evidence,
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return Each(ENROLMENT, command.worker, command, evidence=(choice.evidence,), reply=answer)

    async def enrol(self, training_class: ClassId, body: EnrolmentIn, request: CommandRequest) -> Response:
        """Gives a worker who chose the class one of its free seats, or says why not. 录取。"""
        found, _ = await within_reach(request, str(training_class))
        worker, filed = str(body.worker), found.filed
        for _ in range(filed.capacity + 1):
            free = await free_seats(request.web.store, filed)
            seat = free[zlib.crc32(worker.encode()) % len(free)] if free else None
            try:
                command = self._enrol(request, filed, worker, seat, in_round=False)
                return await request.handle(ENROLMENT, worker, command, reply=answer)
            except Undecided:  # somebody was faster, or left: look for a seat again
                continue
        raise Contended

    def _enrol(
        self, request: CommandRequest, filed: ClassFiled, worker: str, seat: int | None, *, in_round: bool
    ) -> Enrol:
        return Enrol(
            worker=worker,
            training_class=filed.training_class,
            institution=filed.terms.institution,
            capacity=filed.capacity,
            seat=seat,
            in_round=in_round,
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )

    async def hold_round(
        self,
        training_class: ClassId,
        request: CommandRequest,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> Response:
        """Gives the free seats to those who chose the class, poor households first, with a verdict each (R-REG-02).
        Where somebody could not be taken and a seat is left, the next round gives it.

        按优先顺序录取，逐条答复；仍有空位时可再次进行。
        """
        found, _ = await within_reach(request, str(training_class))
        pool, filed = request.web.store.pool, found.filed
        await until_view(pool, ROSTER.reader, wait_for, wait_seconds)
        held = await self._held(request, filed)
        if not held.given:
            raise Problem("nobody_waits")
        items: list[Each | Problem] = []
        for each in held.given:
            if each.seat is None:
                items.append(Problem("seats_given_to_others"))
                continue
            command = self._enrol(request, filed, each.worker, each.seat, in_round=True)
            items.append(Each(ENROLMENT, each.worker, command, reply=answer, name=each.worker))
        return await request.handle_each(items)

    async def _held(self, request: CommandRequest, filed: ClassFiled) -> RoundHeld:
        """This round, held now unless it was before."""
        store, by = request.web.store, request.caller
        key = hashlib.sha256(request.command_id.encode()).hexdigest()[:32]
        rows = await queries.Query(waiting_for(filed.training_class)).fetch(store.pool)
        waiting = (RosterRow.model_construct(**row) for row in rows)
        given = give(
            (
                Waiting(rank=each.rank, chosen_on=each.chosen_on, worker=each.worker)
                for each in waiting
                if each.chosen_on
            ),
            await free_seats(store, filed),
        )
        command = HoldRound(
            training_class=filed.training_class, given=given, by=by.subject, organisation=by.organisation
        )
        await request.carry_out(Each(ROUND, key, command), "/round")
        held, _ = await store.state(ROUND, key)
        if held is None:
            raise TypeError("a round was held and is not there")
        return held

    async def withdraw(self, training_class: ClassId, body: ClassWithdrawalIn, request: CommandRequest) -> Response:
        """A worker leaves the class; the seat is free again. 退学。"""
        await within_reach(request, str(training_class))
        command = Withdraw(
            training_class=str(training_class),
            withdrawn_on=body.withdrawn_on,
            reason=body.reason,
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(ENROLMENT, str(body.worker), command, reply=answer)


def routes(handlers: Routes) -> APIRouter:
    """What changes enrolments, by path."""
    found = router()
    post = posts(found, "", "enrolments", EnrolmentAnswer)
    post("/v1/choices", handlers.choose)
    post("/v1/classes/{training_class}/enrolments", handlers.enrol)
    post("/v1/classes/{training_class}/withdrawals", handlers.withdraw)
    for path, batch in (
        ("/v1/choice-batches", handlers.choose_many),
        ("/v1/classes/{training_class}/enrolment-rounds", handlers.hold_round),
    ):
        found.add_api_route(path, batch, methods=["POST"], tags=["enrolments"], responses={200: BATCH})
    return found
