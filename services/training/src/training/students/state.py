"""What a worker's stream says of schools now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from training.students import refusals
from training.students.events import (
    InternshipArranged,
    MonthlyStudentCheck,
    StudentGraduated,
    StudentLeft,
    Study,
)

AT_SCHOOL: Final = "at-school"
"""Guard: worker -> intake. A round takes it with the place; who graduates or leaves gives it back."""
MENTOR: Final = "student-mentor"
"""Guard: school/staff number -> worker."""
ONE_TO_ONE: Final = "ONE_TO_ONE"
MONTHLY_CHECK: Final = "MONTHLY_CHECK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Of no school. `ended` is how the last stay did."""

    ended: StudentGraduated | StudentLeft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSchool:
    worker: str
    study: Study
    admitted_on: date
    due: str | None
    """The month whose check is waited for; None: on leave."""
    checks: Mapping[str, MonthlyStudentCheck] = field(default_factory=dict)
    """The last of each month."""
    years: frozenset[int] = frozenset()
    """School years in which the student was seen."""
    mentors: Mapping[str, str] = field(default_factory=dict)
    """Duty -> staff number."""
    on_leave_since: date | None = None
    changes: frozenset[tuple[str, date]] = frozenset()
    internship: InternshipArranged | None = None


Student: TypeAlias = Outside | AtSchool


def at_school(student: Student) -> AtSchool:
    """The student. Refuses who is none."""
    if isinstance(student, Outside):
        raise refusals.NotAStudent
    return student


def mentor_of(school: str, staff: str) -> str:
    """The guard's key."""
    return f"{school}/{staff}"
