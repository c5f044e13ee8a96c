"""What can have happened to a worker at technical schools. Storage format: names and fields are for ever.

Teachers and leaders of the school are its staff numbers: nobody is named.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What a student is at school for. Part of stored events."""

    intake: str
    school: str
    region: str
    """Where the school teaches."""
    plan: str
    occupation: str
    level: str
    """3: a class of senior workers, 2: of prospective technicians (R-TRN-12)."""
    employer: str | None
    """Of an order class; None: of no employer (R-TRN-15)."""
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentAdmitted:
    type: ClassVar[str] = "student-admitted"
    worker: str
    """Key of this stream."""
    study: Study
    priority: tuple[str, ...]
    """The weightiest reason first."""
    wish: int
    """Which of the worker's wishes this is; 1 is the first."""
    admitted_on: date
    evidence: str
    """Of the wishes."""
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentChanged:
    type: ClassVar[str] = "student-changed"
    worker: str
    study: Study
    change: str
    """Code of `student-changes`."""
    changed_on: date
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorAssigned:
    """Somebody of the school looks after the student, in place of who did before (R-TRN-13, R-REG-16)."""

    type: ClassVar[str] = "mentor-assigned"
    worker: str
    study: Study
    duty: str
    """Code of `student-duties`."""
    staff: str
    assigned_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyStudentCheck:
    """Somebody looked how the student learns and lives (R-REG-16)."""

    type: ClassVar[str] = "monthly-student-check"
    worker: str
    study: Study
    month: str
    """`2026-09`"""
    learning: str
    living: str
    """Codes of `student-conditions`."""
    help: tuple[str, ...]
    """Codes of `student-help`."""
    checked_on: date
    officer: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYearBegun:
    """The first check of a school year: the student is there."""

    type: ClassVar[str] = "school-year-begun"
    worker: str
    study: Study
    school_year: int
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCheckMissed:
    """A month is over, and nobody looked. It may still be made up for."""

    type: ClassVar[str] = "monthly-check-missed"
    worker: str
    study: Study
    month: str
    officer: str | None
    """Who should have; None: nobody was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipArranged:
    type: ClassVar[str] = "internship-arranged"
    worker: str
    study: Study
    employer: str
    starts_on: date
    ends_on: date
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentGraduated:
    type: ClassVar[str] = "student-graduated"
    worker: str
    study: Study
    graduated_on: date
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentLeft:
    type: ClassVar[str] = "student-left"
    worker: str
    study: Study
    left_on: date
    reason: str
    """Code of `school-leaving-reasons`."""
    evidence: str
    by: str
    organisation: str


StudentEvent: TypeAlias = (
    StudentAdmitted
    | StudentChanged
    | MentorAssigned
    | MonthlyStudentCheck
    | SchoolYearBegun
    | MonthlyCheckMissed
    | InternshipArranged
    | StudentGraduated
    | StudentLeft
)
