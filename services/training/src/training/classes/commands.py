"""What may be asked of a class's stream. `today` is the legal day on which it is asked.

`capacity` is the class's: whoever sends the command looked it up, so that the rules know which seats to read.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from training.classes.events import ArchiveFile, Attendance, Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class FileClass:
    training_class: str
    institution: str
    plan: str
    programme: str
    mode: str | None
    venue: str
    region: str
    capacity: int
    starts_on: date
    ends_on: date
    priority_until: date | None
    lessons: tuple[Lesson, ...]
    teachers: tuple[str, ...]
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveClass:
    institution: str
    """The one that filed it: whoever sends the command looked it up."""
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectClass:
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSession:
    training_class: str
    capacity: int
    on: date
    starts_at: str
    minutes: int
    form: str
    teacher: str
    present: tuple[Attendance, ...]
    supervising: bool
    """Asked by an office above the institution."""
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectSession:
    training_class: str
    capacity: int
    session: int
    attendance: tuple[Attendance, ...]
    """What is right, of those of whom something else was said. Nothing attended: 0 minutes."""
    evidence: str
    supervising: bool
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseClass:
    training_class: str
    capacity: int
    closed_on: date
    tests: tuple[tuple[str, str], ...]
    """Worker and result of the closing test."""
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteArchive:
    files: tuple[ArchiveFile, ...]
    by: str
    organisation: str
    today: date


ClassCommand: TypeAlias = (
    FileClass | ApproveClass | RejectClass | RecordSession | CorrectSession | CloseClass | CompleteArchive
)
