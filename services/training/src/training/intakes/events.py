"""What can have happened to an intake of a technical school. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from training.students.events import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialty:
    """What may be learned, and by how many. Part of stored events."""

    occupation: str
    level: str
    places: int
    employer: str | None
    """Whose order or named class it is (R-TRN-15)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An applicant, and what came of it. Part of stored events."""

    worker: str
    priority: tuple[str, ...]
    wishes: tuple[int, ...]
    """Numbers of specialties, the dearest first; 1 is the intake's first."""
    wish: int | None
    """Which of the wishes came true; None: none of them."""
    study: Study | None
    refused: str | None
    """Code of a problem, where nothing came true."""
    evidence: str
    """Of the wishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFiled:
    """A key technical school takes in students under a plan (R-INS-33, R-TRN-57)."""

    type: ClassVar[str] = "intake-filed"
    intake: str
    """Key of this stream."""
    school: str
    region: str
    """Where the school teaches."""
    plan: str
    starts_on: date
    specialties: tuple[Specialty, ...]
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionHeld:
    """Places were given in the order of the priorities, who comes first chooses first (R-TRN-14). Of a large round one
    of several, in that order."""

    type: ClassVar[str] = "admission-held"
    intake: str
    given: tuple[Given, ...]
    held_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipsGiven:
    """Internships at an employer were given in the order of the priorities (R-TRN-15)."""

    type: ClassVar[str] = "internships-given"
    intake: str
    specialty: int
    employer: str
    workers: tuple[str, ...]
    starts_on: date
    ends_on: date
    evidence: str
    by: str
    organisation: str


IntakeEvent: TypeAlias = IntakeFiled | AdmissionHeld | InternshipsGiven
