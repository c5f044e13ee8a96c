"""The rules of a transfer where the work is.

The host alone gives its seats. A seat that it has given stays held until home's answer, however long that takes: no
timer of the host frees it before the worker has left. Then the host alone says how it ended.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Seen, Wake

from placement.offers.vacancies import state as vacancies
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.home.state import EMPLOYED, NOT_ARRIVED, REJECTED, RETURNED
from placement.transfers.host import refusals
from placement.transfers.host.commands import (
    Accept,
    GiveUpWaiting,
    ReceptionCommand,
    RecordAbsence,
    RecordArrival,
    RecordReturn,
    Reject,
    TakeConfirmation,
    TakeDeparture,
    TakeEnd,
    TakeJob,
    TakeNomination,
    TakeSeatAnswer,
)
from placement.transfers.host.events import (
    ReceptionAccepted,
    ReceptionClosed,
    ReceptionEvent,
    ReceptionRejected,
    SeatAsked,
    WorkerArrived,
    WorkerEmployed,
    WorkerExpected,
    WorkerNotArrived,
    WorkerReturned,
)
from placement.transfers.host.hearing import take_nomination, take_word
from placement.transfers.host.state import (
    JOB_OF_TRANSFER,
    Accepted,
    Arrived,
    Asking,
    Confirmed,
    Ended,
    Expected,
    Known,
    Received,
    Reception,
    Unknown,
    evolve,
    has_job,
    known,
)
from placement.transfers.way import DoesNotFit

ARRIVAL: Final = "ARRIVAL"
GRACE: Final = timedelta(days=1)
"""After the worker was expected: who came in time is recorded by then."""
NO_SEAT: Final = "NO_SEAT"


def decide(command: ReceptionCommand, found: Reception, seen: Seen) -> Sequence[ReceptionEvent]:
    match command:
        case TakeNomination():
            return take_nomination(command, found)
        case TakeConfirmation() | TakeEnd() | TakeDeparture():
            return take_word(command, found, seen)
        case Accept():
            return accept(command, known(found), seen)
        case Reject():
            return reject(command, known(found))
        case TakeSeatAnswer(held=held):
            return take_seat(held, known(found))
        case RecordArrival():
            return record_arrival(command, known(found))
        case RecordAbsence():
            return record_absence(command, known(found), seen)
        case GiveUpWaiting(transfer=transfer):
            return give_up(transfer, found, seen)
        case RecordReturn():
            return record_return(command, known(found), seen)
        case TakeJob():
            return take_job(command, known(found))
        case _:
            assert_never(command)


def accept(command: Accept, found: Known, seen: Seen) -> Sequence[ReceptionEvent]:
    """The vacancy is asked for a seat; what it answers is the host's answer."""
    match found:
        case Received(way=way):
            if isinstance(seen.state(VACANCY, command.vacancy), vacancies.Unknown):
                raise refusals.VacancyNotHere
            return [SeatAsked(way=way, official=command.by.official, organisation=command.by.organisation)]
        case Asking() | Accepted() | Confirmed() | Expected() | Arrived():
            return []
        case Ended():
            raise refusals.ReceptionOver
        case _:
            assert_never(found)


def reject(command: Reject, found: Known) -> Sequence[ReceptionEvent]:
    match found:
        case Received(way=way) | Asking(way=way):
            return [ReceptionRejected(way=way, reason=command.reason, organisation=command.by.organisation)]
        case Accepted() | Confirmed() | Expected() | Arrived():
            raise refusals.ReceptionAnswered
        case Ended(ending=ending) if ending == REJECTED:
            return []
        case Ended():
            raise refusals.ReceptionOver
        case _:
            assert_never(found)


def take_seat(held: bool, found: Known) -> Sequence[ReceptionEvent]:
    if not isinstance(found, Asking):
        return []
    if held:
        return [ReceptionAccepted(way=found.way, organisation=found.organisation)]
    return [ReceptionRejected(way=found.way, reason=NO_SEAT, organisation=found.organisation)]


def record_arrival(command: RecordArrival, found: Known) -> Sequence[ReceptionEvent]:
    match found:
        case Expected(way=way, left_on=left_on):
            if not left_on <= command.arrived_on <= command.by.today:
                raise refusals.DayImpossible
            return [WorkerArrived(way=way, arrived_on=command.arrived_on, organisation=command.by.organisation)]
        case Arrived():
            return []
        case Received() | Asking() | Accepted() | Confirmed():
            raise refusals.WorkerNotOnTheWay
        case Ended():
            raise refusals.ReceptionOver
        case _:
            assert_never(found)


def record_absence(command: RecordAbsence, found: Known, seen: Seen) -> Sequence[ReceptionEvent]:
    if has_job(command.transfer, seen):
        raise refusals.WorkerHasJob
    match found:
        case Expected(arrive_until=arrive_until):
            if command.now <= arrive_until:
                raise refusals.StillExpected
            return [_not_arrived(found, command.by.organisation)]
        case Arrived():
            raise refusals.WorkerHere
        case Received() | Asking() | Accepted() | Confirmed():
            raise refusals.WorkerNotOnTheWay
        case Ended(ending=ending) if ending == NOT_ARRIVED:
            return []
        case Ended():
            raise refusals.ReceptionOver
        case _:
            assert_never(found)


def give_up(transfer: str, found: Reception, seen: Seen) -> Sequence[ReceptionEvent]:
    if not isinstance(found, Expected) or has_job(transfer, seen):
        return []
    return [_not_arrived(found, found.organisation)]


def _not_arrived(found: Expected, organisation: str) -> WorkerNotArrived:
    return WorkerNotArrived(way=found.way, organisation=organisation)


def record_return(command: RecordReturn, found: Known, seen: Seen) -> Sequence[ReceptionEvent]:
    if has_job(command.transfer, seen):
        raise refusals.WorkerHasJob
    match found:
        case Arrived(way=way, arrived_on=arrived_on):
            if not arrived_on <= command.returned_on <= command.by.today:
                raise refusals.DayImpossible
            return [
                WorkerReturned(
                    way=way,
                    reason=command.reason,
                    returned_on=command.returned_on,
                    organisation=command.by.organisation,
                )
            ]
        case Received() | Asking() | Accepted() | Confirmed() | Expected():
            raise refusals.WorkerNotHere
        case Ended(ending=ending) if ending == RETURNED:
            return []
        case Ended():
            raise refusals.ReceptionOver
        case _:
            assert_never(found)


def take_job(command: TakeJob, found: Known) -> Sequence[ReceptionEvent]:
    """Who begins the job has arrived, whether that was recorded or not."""
    if command.worker != found.way.worker:
        raise DoesNotFit
    way, started_on = found.way, command.started_on
    employed = WorkerEmployed(
        way=way,
        employment=command.employment,
        started_on=started_on,
        is_guest=found.offer is not None and found.offer.origin is not None,
    )
    match found:
        case Arrived():
            return [employed]
        case Expected():
            return [WorkerArrived(way=way, arrived_on=started_on, organisation=command.organisation), employed]
        case Received() | Asking() | Accepted() | Confirmed():
            raise refusals.WorkerNotOnTheWay
        case Ended(ending=ending) if ending == EMPLOYED:
            return []
        case Ended():
            raise refusals.ReceptionOver
        case _:
            assert_never(found)


def reads(command: ReceptionCommand) -> Iterable[Read]:
    match command:
        case Accept(vacancy=vacancy):
            yield Read(VACANCY, vacancy)
        case RecordAbsence(transfer=transfer) | GiveUpWaiting(transfer=transfer) | RecordReturn(transfer=transfer):
            yield Read(guard=(JOB_OF_TRANSFER, transfer))
        case TakeEnd(said=said):
            yield Read(guard=(JOB_OF_TRANSFER, said.way.transfer))
        case _:
            return


def effects(found: Reception, event: ReceptionEvent) -> Iterable[Effect]:
    match event:
        case WorkerExpected(arrive_until=arrive_until):
            yield Wake(ARRIVAL, arrive_until + GRACE)
        case WorkerArrived() | WorkerNotArrived() | ReceptionClosed():
            yield Wake(ARRIVAL, None)
        case _:
            return


RECEPTION: Final[Decider[ReceptionCommand, ReceptionEvent, Reception]] = Decider(
    category="reception",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=ReceptionEvent,
    reads=reads,
    effects=effects,
)
