"""What home makes of the host's words, said twice or out of order, and of the job at the end.

Before the departure home's word counts: an acceptance of what had ended comes too late. From the departure on the
host's word counts, also of a worker whom home has given up.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict, assert_never

from contracts.region import province_of

from placement.transfers.home.commands import (
    HostsWord,
    TakeAbsence,
    TakeAcceptance,
    TakeArrival,
    TakeJob,
    TakeRejection,
    TakeReturn,
)
from placement.transfers.home.events import (
    TransferArrived,
    TransferCompleted,
    TransferConfirmed,
    TransferEvent,
    TransferExpired,
    TransferMissed,
    TransferRejected,
    TransferReturned,
    TransferTooLate,
)
from placement.transfers.home.state import (
    EXPIRED,
    WITHDRAWN,
    Arrived,
    Confirmed,
    Dispatched,
    Ended,
    Known,
    Nominated,
    Proposed,
)
from placement.transfers.way import DoesNotFit, Way

ANSWER: Final = "ANSWER"


class Of(TypedDict):
    """What every event says after the proposal."""

    way: Way
    agreement: str


def of(found: Known) -> Of:
    """For the events of this transfer."""
    return Of(way=found.plan.way, agreement=found.plan.agreement)


def take_word(command: HostsWord, found: Known) -> Sequence[TransferEvent]:
    """What the host says, said twice or out of order. DoesNotFit where it may not say so."""
    command.said.by_host(found.plan.way)
    match command:
        case TakeAcceptance(at=at):
            return _accepted(at, found)
        case TakeRejection(reason=reason):
            return _rejected(reason, found)
        case TakeArrival(arrived_on=arrived_on):
            return _after_departure(found, TransferArrived(**of(found), arrived_on=arrived_on))
        case TakeAbsence():
            return _after_departure(found, TransferMissed(**of(found)))
        case TakeReturn(reason=reason, returned_on=returned_on):
            return _after_departure(found, TransferReturned(**of(found), reason=reason, returned_on=returned_on))
        case _:
            assert_never(command)


def _accepted(at: datetime, found: Known) -> Sequence[TransferEvent]:
    """An acceptance after home's term comes too late, also where the timer has not rung yet."""
    match found:
        case Nominated(plan=plan) if at <= plan.answer_until:
            return [TransferConfirmed(**of(found), dispatch_until=plan.dispatch_until)]
        case Nominated():
            return [
                TransferExpired(**of(found), waited_for=ANSWER),
                TransferTooLate(**of(found), ended=EXPIRED),
            ]
        case Ended(ending=ending, answered=False) if ending in (EXPIRED, WITHDRAWN):
            return [TransferTooLate(**of(found), ended=ending)]
        case Confirmed() | Dispatched() | Arrived() | Ended():
            return []
        case Proposed():
            raise DoesNotFit
        case _:
            assert_never(found)


def _rejected(reason: str, found: Known) -> Sequence[TransferEvent]:
    """Where home ended it before, home's word stands, at the host too."""
    match found:
        case Nominated():
            return [TransferRejected(**of(found), reason=reason)]
        case Ended():
            return []
        case Proposed() | Confirmed() | Dispatched() | Arrived():
            raise DoesNotFit
        case _:
            assert_never(found)


def _after_departure(
    found: Known, said: TransferArrived | TransferMissed | TransferReturned | TransferCompleted
) -> Sequence[TransferEvent]:
    """Home may have given the worker up meanwhile; how it ended is for the host to say."""
    match found:
        case Dispatched():
            return [said]
        case Arrived():
            return [] if isinstance(said, TransferArrived) else [said]
        case Ended(ending=ending, left=left):
            ends = left and ending == WITHDRAWN and not isinstance(said, TransferArrived)
            return [said] if ends else []
        case Proposed() | Nominated() | Confirmed():
            raise DoesNotFit
        case _:
            assert_never(found)


def take_job(command: TakeJob, found: Known) -> Sequence[TransferEvent]:
    """The job that the transfer was for, kept where the work is."""
    way = found.plan.way
    if command.by != province_of(way.host) or command.worker != way.worker:
        raise DoesNotFit
    completed = TransferCompleted(**of(found), employment=command.employment, started_on=command.started_on)
    return _after_departure(found, completed)
