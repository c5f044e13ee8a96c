"""Read model: classes with their place, programme, seats and days, and how they stand."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlmodel import Field, SQLModel

from training.classes.events import (
    ArchiveCompleted,
    ClassApproved,
    ClassClosed,
    ClassEvent,
    ClassFiled,
    ClassRejected,
    SessionCorrected,
    SessionHeld,
)
from training.classes.training_class import CLASS

CODEC: Final = Codec(CLASS.events)


class ClassRow(SQLModel):
    """`state`: filed, rejected, open or closed."""

    training_class: str = Field(primary_key=True)
    institution: str = Field(index=True)
    region: str = Field(index=True)
    plan: str
    programme: str
    programme_version: int
    occupation: str = Field(index=True)
    level: str
    category: str
    mode: str | None = None
    venue: str
    capacity: int
    starts_on: date
    ends_on: date
    priority_until: date | None = None
    filed_on: date
    state: str
    approved_on: date | None = None
    closed_on: date | None = None
    archived_on: date | None = None
    sessions: int = 0


class ClassTable(ClassRow, table=True):
    __tablename__ = table_name("classes", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[ClassEvent]) -> Iterable[str]:
    yield fact.event.training_class


def fold(row: ClassRow | None, fact: Fact[ClassEvent]) -> ClassRow | None:
    event = fact.event
    if isinstance(event, ClassFiled):
        return _filed(event)
    return row and row.model_copy(update=_step(row, event))


def _filed(event: ClassFiled) -> ClassRow:
    terms = event.terms
    return ClassRow(
        training_class=event.training_class,
        institution=terms.institution,
        region=terms.region,
        plan=terms.plan,
        programme=terms.programme,
        programme_version=terms.programme_version,
        occupation=terms.occupation,
        level=terms.level,
        category=terms.category,
        mode=terms.mode,
        venue=event.venue,
        capacity=event.capacity,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        priority_until=event.priority_until,
        filed_on=event.filed_on,
        state="filed",
    )


def _step(row: ClassRow, event: ClassEvent) -> dict[str, Any]:
    match event:
        case ClassApproved():
            return {"state": "open", "approved_on": event.approved_on}
        case ClassRejected():
            return {"state": "rejected"}
        case SessionHeld():
            return {"sessions": row.sessions + 1}
        case ClassClosed():
            return {"state": "closed", "closed_on": event.closed_on}
        case ArchiveCompleted():
            return {"archived_on": event.completed_on}
        case ClassFiled() | SessionCorrected():
            return {}
        case _:
            assert_never(event)


CLASSES: Final = View(row=ClassRow, table=ClassTable, keys=keys, fold=fold, own=(CODEC,))
