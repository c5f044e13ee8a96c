"""What can have happened to a class. Storage format: names and fields are for ever.

Workers are ids, teachers the staff numbers of their institution: nobody is named.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a class is, for whoever learns in it or counts it. Part of stored events of classes and enrolments."""

    training_class: str
    institution: str
    region: str
    """Where it is held."""
    plan: str
    programme: str
    programme_version: int
    occupation: str
    level: str
    category: str
    mode: str | None
    minimum_minutes: int
    minimum_days: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One line of the teaching plan (R-TRN-06). Part of stored events."""

    on: date
    starts_at: str
    """HH:MM"""
    minutes: int
    subject: str
    teacher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """For how long somebody was there. Part of stored events."""

    worker: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was said of somebody in a session, and what is right. Part of stored events."""

    worker: str
    before: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What somebody attended in all. Part of stored events."""

    worker: str
    minutes: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What somebody attended in all, and the closing test. Part of stored events."""

    worker: str
    minutes: int
    days: int
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One of the four documents. Part of stored events."""

    document: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFiled:
    type: ClassVar[str] = "class-filed"
    training_class: str
    """Key of this stream."""
    terms: Terms
    venue: str
    capacity: int
    priority_until: date | None
    """Up to and with this day seats go to poor households, and else by rounds (R-REG-02)."""
    lessons: tuple[Lesson, ...]
    teachers: tuple[str, ...]
    filed_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassApproved:
    type: ClassVar[str] = "class-approved"
    training_class: str
    approved_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRejected:
    type: ClassVar[str] = "class-rejected"
    training_class: str
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld:
    """It counts on its day, however late it is recorded."""

    type: ClassVar[str] = "session-held"
    training_class: str
    session: int
    """Counted within the class."""
    on: date
    starts_at: str
    minutes: int
    form: str
    teacher: str
    present: tuple[Attendance, ...]
    recorded_on: date
    by: str
    organisation: str
    figures: tuple[Figures, ...]
    """Of those present, where the class was closed before; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCorrected:
    type: ClassVar[str] = "session-corrected"
    training_class: str
    session: int
    corrects: str
    """Id of the SessionHeld that was wrong."""
    corrections: tuple[Correction, ...]
    evidence: str
    corrected_on: date
    by: str
    organisation: str
    figures: tuple[Figures, ...]
    """Of those whose attendance was wrong, where the class was closed before; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassClosed:
    """Everybody who has a seat has a result here."""

    type: ClassVar[str] = "class-closed"
    training_class: str
    closed_on: date
    results: tuple[Result, ...]
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCompleted:
    """The four documents of the class as they were on that day (R-TRN-07)."""

    type: ClassVar[str] = "archive-completed"
    training_class: str
    completed_on: date
    files: tuple[ArchiveFile, ...]
    by: str
    organisation: str


ClassEvent: TypeAlias = (
    ClassFiled | ClassApproved | ClassRejected | SessionHeld | SessionCorrected | ClassClosed | ArchiveCompleted
)
