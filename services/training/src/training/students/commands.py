"""What may be asked of a student's stream, by schools, offices and policies."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from training.students.events import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """A round gave the worker a place."""

    worker: str
    study: Study
    priority: tuple[str, ...]
    wish: int
    admitted_on: date
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeInternship:
    """The student's turn has come."""

    intake: str
    employer: str
    starts_on: date
    ends_on: date
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndByDeath:
    worker: str
    died_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetMonthPass:
    """The month is over."""

    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    change: str
    changed_on: date
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignMentor:
    school: str
    """Of the student: whoever sends the command looked it up."""
    duty: str
    staff: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheck:
    month: str
    learning: str
    living: str
    help: tuple[str, ...]
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Graduate:
    graduated_on: date
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    left_on: date
    reason: str
    evidence: str
    official: str
    organisation: str
    today: date


StudentCommand: TypeAlias = (
    Admit | ArrangeInternship | EndByDeath | LetMonthPass | Change | AssignMentor | RecordCheck | Graduate | Leave
)
