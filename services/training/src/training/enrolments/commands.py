"""What may be asked of a worker's stream, by offices and by policies."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from training.classes.events import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDesignation:
    worker: str
    plan: str
    priority: tuple[str, ...]
    designated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDesignationEnd:
    worker: str
    plan: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDeath:
    worker: str
    died_on: date
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDeathWithdrawn:
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUse:
    worker: str
    restricted: bool
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStoodFor:
    """`canonical` stands for the worker; nobody: the worker stands alone again."""

    worker: str
    canonical: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverClasses:
    """The worker stands for the other, who is or was in these classes; none: stands no more."""

    worker: str
    other: str
    classes: tuple[Terms, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChoice:
    worker: str
    training_class: str
    institution: str
    """Of the class: whoever sends the command looked it up."""
    options: tuple[str, ...]
    chosen_on: date
    evidence: str
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Take this seat. Without one the class is said to be full: then all of its seats are read."""

    worker: str
    training_class: str
    institution: str
    capacity: int
    """Of the class: whoever sends the command looked it up."""
    seat: int | None
    in_round: bool
    """Seats are given in the order of the priorities."""
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    training_class: str
    withdrawn_on: date
    reason: str
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclude:
    """The class was closed: what the worker attended in all, and the closing test."""

    training_class: str
    closed_on: date
    minutes: int
    days: int
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAttendance:
    """After the closing it became known what the worker attended in all."""

    training_class: str
    minutes: int
    days: int
    organisation: str


EnrolmentCommand: TypeAlias = (
    NoteDesignation
    | NoteDesignationEnd
    | NoteDeath
    | NoteDeathWithdrawn
    | NoteUse
    | NoteStoodFor
    | TakeOverClasses
    | RecordChoice
    | Enrol
    | Withdraw
    | Conclude
    | CorrectAttendance
)
