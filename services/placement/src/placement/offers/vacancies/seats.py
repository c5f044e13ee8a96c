"""The seats of a vacancy, which the host alone arbitrates: held until home's answer, then taken or free (design §6).

A transfer that gets no seat is told so by an event, because its saga waits for it. No clock comes in here: a seat that
is held is freed by what home answered, and by nothing else.
"""

from collections.abc import Sequence
from typing import assert_never

from placement.offers.vacancies.commands import FreeSeat, HoldSeat, SeatCommand, TakeSeat
from placement.offers.vacancies.events import (
    SeatFreed,
    SeatHeld,
    SeatRefused,
    SeatTaken,
    VacancyEvent,
    VacancyFilled,
    VacancyReopened,
)
from placement.offers.vacancies.state import HELD, TAKEN, Closed, Open


def seat(command: SeatCommand, found: Open | Closed) -> Sequence[VacancyEvent]:
    standing = found.seats.of(command.transfer)
    match command:
        case HoldSeat(transfer=transfer):
            return [] if standing else _hold(found, transfer)
        case TakeSeat(transfer=transfer):
            return [SeatTaken(vacancy=found.vacancy, transfer=transfer)] if standing == HELD else []
        case FreeSeat(transfer=transfer):
            return _free(found, transfer) if standing in (HELD, TAKEN) else []
        case _:
            assert_never(command)


def _hold(found: Open | Closed, transfer: str) -> Sequence[VacancyEvent]:
    if isinstance(found, Closed) or found.full:
        reason = "CLOSED" if isinstance(found, Closed) else "NO_SEAT"
        return [SeatRefused(vacancy=found.vacancy, transfer=transfer, reason=reason)]
    held = SeatHeld(vacancy=found.vacancy, transfer=transfer)
    return [held, VacancyFilled(vacancy=found.vacancy, to=found.to)] if found.free == 1 else [held]


def _free(found: Open | Closed, transfer: str) -> Sequence[VacancyEvent]:
    freed = SeatFreed(vacancy=found.vacancy, transfer=transfer)
    if isinstance(found, Closed) or not found.full:
        return [freed]
    return [
        freed,
        VacancyReopened(
            vacancy=found.vacancy,
            employer=found.employer,
            terms=found.terms,
            agreement=found.agreement,
            to=found.to,
        ),
    ]
