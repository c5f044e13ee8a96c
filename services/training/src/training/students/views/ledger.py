"""Read model: the living ledger of students, one row for a worker in an intake (R-REG-14, R-ADD-05)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlmodel import Field, SQLModel

from training.enrolments.rounds import rank
from training.students.events import (
    InternshipArranged,
    MentorAssigned,
    MonthlyCheckMissed,
    MonthlyStudentCheck,
    SchoolYearBegun,
    StudentAdmitted,
    StudentChanged,
    StudentEvent,
    StudentGraduated,
    StudentLeft,
)
from training.students.poor import is_poor
from training.students.state import ONE_TO_ONE
from training.students.student import STUDENT

CODEC: Final = Codec(STUDENT.events)


class StudentRow(SQLModel):
    """`id` is intake/worker. `status`: AT_SCHOOL, ON_LEAVE, GRADUATED or LEFT. `hard`: by the newest check."""

    id: str = Field(primary_key=True)
    worker: str
    intake: str
    school: str = Field(index=True)
    region: str = Field(index=True)
    plan: str = Field(index=True)
    occupation: str
    level: str
    employer: str | None
    starts_on: date
    status: str
    poor: bool
    rank: int
    wish: int
    admitted_on: date
    mentor: str | None = None
    officer: str | None = None
    checked: str | None = None
    """The newest month that somebody looked at."""
    missed: str | None = None
    """The newest month that nobody looked at in time, nor since."""
    hard: bool = False
    interns_at: str | None = None
    interns_from: date | None = None
    ended_on: date | None = None
    reason: str | None = None


class StudentTable(StudentRow, table=True):
    __tablename__ = table_name("students", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[StudentEvent]) -> Iterable[str]:
    yield f"{fact.event.study.intake}/{fact.event.worker}"


def fold(row: StudentRow | None, fact: Fact[StudentEvent]) -> StudentRow | None:
    if isinstance(fact.event, StudentAdmitted):
        return _admitted(fact.event)
    return row and row.model_copy(update=_step(row, fact.event))


def _admitted(event: StudentAdmitted) -> StudentRow:
    study = event.study
    return StudentRow(
        id=f"{study.intake}/{event.worker}",
        worker=event.worker,
        intake=study.intake,
        school=study.school,
        region=study.region,
        plan=study.plan,
        occupation=study.occupation,
        level=study.level,
        employer=study.employer,
        starts_on=study.starts_on,
        status="AT_SCHOOL",
        poor=is_poor(event.priority),
        rank=rank(event.priority),
        wish=event.wish,
        admitted_on=event.admitted_on,
    )


def _step(row: StudentRow, event: StudentEvent) -> dict[str, Any]:
    match event:
        case StudentChanged(change="SUSPENDED"):
            return {"status": "ON_LEAVE"}
        case StudentChanged(change="RESUMED"):
            return {"status": "AT_SCHOOL"}
        case MentorAssigned(duty=duty, staff=staff):
            return {"mentor" if duty == ONE_TO_ONE else "officer": staff}
        case MonthlyStudentCheck():
            return _looked(row, event)
        case MonthlyCheckMissed():
            return {"missed": event.month}
        case InternshipArranged():
            return {"interns_at": event.employer, "interns_from": event.starts_on}
        case StudentGraduated():
            return {"status": "GRADUATED", "ended_on": event.graduated_on}
        case StudentLeft():
            return {"status": "LEFT", "ended_on": event.left_on, "reason": event.reason}
        case StudentAdmitted() | StudentChanged() | SchoolYearBegun():
            return {}
        case _:
            assert_never(event)


def _looked(row: StudentRow, event: MonthlyStudentCheck) -> dict[str, Any]:
    """What is said late of an earlier month is not how the student fares now."""
    missed = {"missed": None} if event.month == row.missed else {}
    if row.checked is not None and event.month < row.checked:
        return missed
    return {**missed, "checked": event.month, "hard": "HARD" in (event.learning, event.living)}


STUDENTS: Final = View(row=StudentRow, table=StudentTable, keys=keys, fold=fold, own=(CODEC,))
