"""What can be asked of a vacancy: by its employer or the labour office, by its timer, by transfers."""

from dataclasses import dataclass
from typing import TypeAlias

from eventcore import Acting

from placement.offers.vacancies.events import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishVacancy:
    vacancy: str
    employer: str
    terms: Terms
    agreement: str | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeVacancy:
    """`employer` and `agreement` are the vacancy's own, which the decision looks at."""

    terms: Terms
    employer: str
    agreement: str | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareVacancy:
    agreement: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseVacancy:
    reason: str
    by: Acting


@dataclass(frozen=True, slots=True)
class LapseVacancy:
    """Its last day is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSeat:
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat:
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSeat:
    transfer: str


SeatCommand: TypeAlias = HoldSeat | TakeSeat | FreeSeat
VacancyCommand: TypeAlias = PublishVacancy | ChangeVacancy | ShareVacancy | CloseVacancy | LapseVacancy | SeatCommand
