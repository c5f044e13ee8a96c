"""The rules of a transfer where the worker comes from.

Before the departure home's word counts, and only home says that something expired; from the departure on the host's
word counts, so that both sides end alike in whatever order their messages come.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, assert_never

from contracts.persons import DECEASED, ERASED
from eventcore import Decider, Effect, Read, Release, Seen, Take, Wake

from placement.jobs.qualifications.qualification import QUALIFICATION
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.state import HOME, side_key
from placement.offers.known.offer import OFFER
from placement.transfers.home import refusals
from placement.transfers.home.commands import (
    Dispatch,
    Expire,
    Propose,
    Stop,
    TakeAbsence,
    TakeAcceptance,
    TakeArrival,
    TakeJob,
    TakePlace,
    TakeRejection,
    TakeReturn,
    TransferCommand,
    Withdraw,
)
from placement.transfers.home.events import (
    TransferArrived,
    TransferConfirmed,
    TransferDispatched,
    TransferDropped,
    TransferEvent,
    TransferExpired,
    TransferLetGo,
    TransferNominated,
    TransferProposed,
    TransferWithdrawn,
)
from placement.transfers.home.hearing import ANSWER, of, take_job, take_word
from placement.transfers.home.proposing import propose
from placement.transfers.home.state import (
    WITHDRAWN,
    Arrived,
    Confirmed,
    Dispatched,
    Ended,
    Known,
    Nominated,
    Proposed,
    Transfer,
    Unknown,
    evolve,
    known,
)
from placement.transfers.permission.permission import OPEN_TRANSFER, PERMISSION
from placement.transfers.persons.person import PERSON

DEPARTURE: Final = "DEPARTURE"
LONGEST_TRIP: Final = timedelta(days=60)


def decide(command: TransferCommand, found: Transfer, seen: Seen) -> Sequence[TransferEvent]:
    match command:
        case Propose():
            return propose(command, found, seen)
        case TakePlace(reason=reason):
            return take_place(reason, known(found))
        case TakeAcceptance() | TakeRejection() | TakeArrival() | TakeAbsence() | TakeReturn():
            return take_word(command, known(found))
        case TakeJob():
            return take_job(command, known(found))
        case Withdraw():
            return withdraw(command, known(found))
        case Stop(ground=ground):
            return stop(ground, known(found))
        case Dispatch():
            return dispatch(command, known(found))
        case Expire(waited_for=waited_for):
            return expire(waited_for, known(found))
        case _:
            assert_never(command)


def take_place(reason: str | None, found: Known) -> Sequence[TransferEvent]:
    if not isinstance(found, Proposed):
        return []
    if reason is not None:
        return [TransferDropped(**of(found), reason=reason)]
    return [TransferNominated(plan=found.plan)]


def withdraw(command: Withdraw, found: Known) -> Sequence[TransferEvent]:
    match found:
        case Proposed() | Nominated() | Confirmed():
            return [_withdrawn(found, command.reason, command.by.organisation)]
        case Dispatched() | Arrived():
            raise refusals.TransferLeft
        case Ended(ending=ending) if ending == WITHDRAWN:
            return []
        case Ended():
            raise refusals.TransferOver
        case _:
            assert_never(found)


def stop(ground: str, found: Known) -> Sequence[TransferEvent]:
    """Who is on the way or there goes on without a steward at home; the dead do not."""
    match found:
        case Ended():
            return []
        case Dispatched() | Arrived() if ground not in (DECEASED, ERASED):
            return [TransferLetGo(**of(found), ground=ground)]
        case _:
            return [_withdrawn(found, ground, found.plan.organisation)]


def _withdrawn(found: Known, reason: str, organisation: str) -> TransferEvent:
    if isinstance(found, Proposed):
        return TransferDropped(**of(found), reason=reason)
    return TransferWithdrawn(**of(found), reason=reason, organisation=organisation)


def dispatch(command: Dispatch, found: Known) -> Sequence[TransferEvent]:
    """Only who is confirmed leaves."""
    match found:
        case Proposed() | Nominated():
            raise refusals.TransferNotConfirmed
        case Confirmed():
            _require_possible(command)
            return [
                TransferDispatched(
                    **of(found),
                    left_on=command.left_on,
                    arrive_until=command.arrive_until,
                    official=command.by.official,
                    organisation=command.by.organisation,
                )
            ]
        case Dispatched() | Arrived():
            raise refusals.TransferLeft
        case Ended():
            raise refusals.TransferOver
        case _:
            assert_never(found)


def _require_possible(command: Dispatch) -> None:
    if command.left_on > command.by.today or not command.now < command.arrive_until <= command.now + LONGEST_TRIP:
        raise refusals.DepartureImpossible


def expire(waited_for: str, found: Known) -> Sequence[TransferEvent]:
    waits = {ANSWER: Nominated, DEPARTURE: Confirmed}[waited_for]
    return [TransferExpired(**of(found), waited_for=waited_for)] if isinstance(found, waits) else []


def reads(command: TransferCommand) -> Iterable[Read]:
    if isinstance(command, Propose):
        yield Read(PERMISSION, command.worker)
        yield Read(PERSON, command.worker)
        yield Read(QUALIFICATION, command.worker)
        yield Read(OFFER, command.vacancy)
        yield Read(AGREEMENT, side_key(command.agreement, HOME))
        yield Read(guard=(OPEN_TRANSFER, command.worker))


def effects(found: Transfer, event: TransferEvent) -> Iterable[Effect]:
    """One open transfer for each worker; home alone waits for the answer and the departure."""
    match event:
        case TransferProposed(plan=plan):
            yield Take(OPEN_TRANSFER, plan.way.worker, plan.way.transfer)
        case TransferNominated(plan=plan):
            yield Wake(ANSWER, plan.answer_until)
        case TransferConfirmed(dispatch_until=dispatch_until):
            yield Wake(ANSWER, None)
            yield Wake(DEPARTURE, dispatch_until)
        case TransferDispatched():
            yield Wake(DEPARTURE, None)
        case TransferArrived() | TransferLetGo():
            return
        case _ if not isinstance(found, Ended):
            yield Release(OPEN_TRANSFER, event.way.worker)
            yield Wake(ANSWER, None)
            yield Wake(DEPARTURE, None)
        case _:
            return


TRANSFER: Final[Decider[TransferCommand, TransferEvent, Transfer]] = Decider(
    category="transfer",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=TransferEvent,
    reads=reads,
    effects=effects,
)
