"""What can have happened to a vacancy and its seats. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is offered. Part of stored events; wages are in fen a month."""

    kind: str
    occupation: str
    level: str
    """The lowest that is asked for; 0: none."""
    certificate_needed: bool
    region: str
    """County of the work."""
    heads: int
    wage_from: int
    wage_to: int
    open_until: date
    """The last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What those events say that tell what is offered from now on, whole."""

    vacancy: str
    employer: str
    terms: Terms
    agreement: str | None
    to: tuple[str, ...]
    """Provinces that it is told to; empty: it stays in its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyPublished(Offered):
    type: ClassVar[str] = "vacancy-published"
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyChanged(Offered):
    type: ClassVar[str] = "vacancy-changed"
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyShared(Offered):
    """Those of an agreement see it from now on."""

    type: ClassVar[str] = "vacancy-shared"
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyFilled:
    """Every seat is held or taken."""

    type: ClassVar[str] = "vacancy-filled"
    vacancy: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyReopened(Offered):
    """A seat of a filled vacancy is free again."""

    type: ClassVar[str] = "vacancy-reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyClosed:
    """Nobody is nominated any more; seats that are held stay so."""

    type: ClassVar[str] = "vacancy-closed"
    vacancy: str
    reason: str
    to: tuple[str, ...]
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatHeld:
    """A transfer holds a seat until home's answer, however long that takes."""

    type: ClassVar[str] = "vacancy-seat-held"
    vacancy: str
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRefused:
    """There is no seat for the transfer."""

    type: ClassVar[str] = "vacancy-seat-refused"
    vacancy: str
    transfer: str
    reason: str
    """NO_SEAT or CLOSED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """The worker of the transfer is employed."""

    type: ClassVar[str] = "vacancy-seat-taken"
    vacancy: str
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFreed:
    """Nobody comes on the transfer any more."""

    type: ClassVar[str] = "vacancy-seat-freed"
    vacancy: str
    transfer: str


VacancyEvent: TypeAlias = (
    VacancyPublished
    | VacancyChanged
    | VacancyShared
    | VacancyFilled
    | VacancyReopened
    | VacancyClosed
    | SeatHeld
    | SeatRefused
    | SeatTaken
    | SeatFreed
)
