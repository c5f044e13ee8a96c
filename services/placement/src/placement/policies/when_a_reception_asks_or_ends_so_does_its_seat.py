"""When a host would take a worker, the vacancy is asked for a seat; how the transfer ends takes the seat or frees it.

One policy does all, so that no seat is freed before it is asked for.
"""

from collections.abc import Iterable
from typing import Any, assert_never

from eventcore import Do, Fact

from placement.offers.vacancies.commands import FreeSeat, HoldSeat, TakeSeat, VacancyCommand
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.host.events import (
    NominationReceived,
    ReceptionAccepted,
    ReceptionClosed,
    ReceptionConfirmed,
    ReceptionEvent,
    ReceptionRejected,
    SeatAsked,
    WorkerArrived,
    WorkerEmployed,
    WorkerExpected,
    WorkerNotArrived,
    WorkerReturned,
)


def when_a_reception_asks_or_ends_so_does_its_seat(fact: Fact[Any]) -> Iterable[Do[VacancyCommand]]:
    event: ReceptionEvent = fact.event
    transfer, vacancy = event.way.transfer, event.way.vacancy
    match event:
        case SeatAsked():
            yield Do(VACANCY, vacancy, HoldSeat(transfer=transfer))
        case ReceptionRejected() | ReceptionClosed() | WorkerNotArrived() | WorkerReturned():
            yield Do(VACANCY, vacancy, FreeSeat(transfer=transfer))
        case WorkerEmployed():
            yield Do(VACANCY, vacancy, TakeSeat(transfer=transfer))
        case NominationReceived() | ReceptionAccepted() | ReceptionConfirmed() | WorkerExpected() | WorkerArrived():
            return
        case _:
            assert_never(event)
