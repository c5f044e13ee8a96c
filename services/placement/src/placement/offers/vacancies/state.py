"""What is known of a vacancy and its seats, and what its events mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from placement.offers.vacancies import refusals
from placement.offers.vacancies.events import (
    SeatFreed,
    SeatHeld,
    SeatRefused,
    SeatTaken,
    Terms,
    VacancyChanged,
    VacancyClosed,
    VacancyEvent,
    VacancyFilled,
    VacancyPublished,
    VacancyReopened,
    VacancyShared,
)

HELD: Final = "HELD"
TAKEN: Final = "TAKEN"
FREED: Final = "FREED"
REFUSED: Final = "REFUSED"


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Transfers by what became of their seat: a transfer asks once, and what was freed or refused stays so."""

    by_transfer: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_use(self) -> int:
        return sum(standing in (HELD, TAKEN) for standing in self.by_transfer.values())

    def of(self, transfer: str) -> str | None:
        return self.by_transfer.get(transfer)

    def having(self, transfer: str, standing: str) -> "Seats":
        return Seats(by_transfer={**self.by_transfer, transfer: standing})


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    vacancy: str
    employer: str
    terms: Terms
    agreement: str | None
    to: tuple[str, ...]
    seats: Seats = Seats()

    @property
    def free(self) -> int:
        return self.terms.heads - self.seats.in_use

    @property
    def full(self) -> bool:
        return self.free <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Nobody gets a seat any more; who holds one goes on."""

    vacancy: str
    employer: str
    terms: Terms
    agreement: str | None
    reason: str
    seats: Seats


Vacancy: TypeAlias = Unknown | Open | Closed


def known(found: Vacancy) -> Open | Closed:
    """The vacancy. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.VacancyNotPublished
    return found


def still_open(found: Vacancy) -> Open:
    """The vacancy. Refuses where it is closed."""
    vacancy = known(found)
    if isinstance(vacancy, Closed):
        raise refusals.VacancyIsClosed
    return vacancy


def evolve(found: Vacancy, event: VacancyEvent) -> Vacancy:
    match event:
        case VacancyPublished() | VacancyChanged() | VacancyShared() | VacancyReopened():
            seats = Seats() if isinstance(found, Unknown) else found.seats
            return Open(
                vacancy=event.vacancy,
                employer=event.employer,
                terms=event.terms,
                agreement=event.agreement,
                to=event.to,
                seats=seats,
            )
        case VacancyFilled():
            return found
        case VacancyClosed(reason=reason):
            return _closed(still_open(found), reason)
        case SeatHeld():
            return _seated(known(found), event.transfer, HELD)
        case SeatRefused():
            return _seated(known(found), event.transfer, REFUSED)
        case SeatTaken():
            return _seated(known(found), event.transfer, TAKEN)
        case SeatFreed():
            return _seated(known(found), event.transfer, FREED)
        case _:
            assert_never(event)


def _closed(found: Open, reason: str) -> Closed:
    return Closed(
        vacancy=found.vacancy,
        employer=found.employer,
        terms=found.terms,
        agreement=found.agreement,
        reason=reason,
        seats=found.seats,
    )


def _seated(found: Open | Closed, transfer: str, standing: str) -> Open | Closed:
    return replace(found, seats=found.seats.having(transfer, standing))
