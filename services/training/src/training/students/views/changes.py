"""Read model: what changed with students, one row a change, reported by month (R-REG-15, R-ADD-05)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlmodel import Field, SQLModel

from training.students.events import (
    StudentAdmitted,
    StudentChanged,
    StudentEvent,
    StudentGraduated,
    StudentLeft,
)
from training.students.months import month_of
from training.students.student import STUDENT

CODEC: Final = Codec(STUDENT.events)


class ChangeRow(SQLModel):
    """`change`: ADMITTED, GRADUATED, LEFT, or a code of `student-changes`; `id` is the event's."""

    id: str = Field(primary_key=True)
    month: str = Field(index=True)
    """In which it happened, whenever it was said."""
    school: str
    region: str
    worker: str
    change: str
    on: date
    reason: str | None = None


class ChangeTable(ChangeRow, table=True):
    __tablename__ = table_name("student_changes", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def _said(event: StudentEvent) -> tuple[str, date, str | None] | None:
    """What changed, when, and why; None: nothing that is reported."""
    match event:
        case StudentAdmitted():
            return "ADMITTED", event.admitted_on, None
        case StudentChanged():
            return event.change, event.changed_on, None
        case StudentGraduated():
            return "GRADUATED", event.graduated_on, None
        case StudentLeft():
            return "LEFT", event.left_on, event.reason
        case _:
            return None


def keys(fact: Fact[StudentEvent]) -> Iterable[str]:
    if _said(fact.event) is not None:
        yield fact.id


def fold(row: ChangeRow | None, fact: Fact[StudentEvent]) -> ChangeRow | None:
    said = _said(fact.event)
    if said is None:
        return row
    change, on, reason = said
    study = fact.event.study
    return ChangeRow(
        id=fact.id,
        month=month_of(on),
        school=study.school,
        region=study.region,
        worker=fact.event.worker,
        change=change,
        on=on,
        reason=reason,
    )


CHANGES: Final = View(row=ChangeRow, table=ChangeTable, keys=keys, fold=fold, own=(CODEC,))
