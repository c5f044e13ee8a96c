"""Read model: who chose, has or had a seat in which class, and how it ended; one row for a worker in a class."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, String
from sqlmodel import Field, SQLModel

from training.classes.events import Terms
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import (
    AttendanceCorrected,
    ChoiceRecorded,
    ClassesTakenOver,
    DeathNoted,
    DeathWithdrawnNoted,
    DesignationEndNoted,
    DesignationNoted,
    Enrolled,
    EnrolmentEvent,
    StoodForNoted,
    TrainingCompleted,
    TrainingFailed,
    UseNoted,
    Withdrawn,
)
from training.enrolments.rounds import rank

CODEC: Final = Codec(ENROLMENT.events)


class RosterRow(SQLModel):
    """`id` is class/worker. `status`: CHOSEN, ENROLLED, LEFT, COMPLETED or FAILED."""

    id: str = Field(primary_key=True)
    training_class: str = Field(index=True)
    worker: str = Field(index=True)
    institution: str = Field(index=True)
    plan: str = Field(index=True)
    region: str
    occupation: str
    level: str
    starts_on: date
    ends_on: date
    status: str
    priority: list[str] = Field(sa_type=ARRAY(String))
    rank: int
    """The place of the weightiest priority: 0 comes first."""
    chosen_on: date | None = None
    choice: str | None = None
    seat: int | None = None
    enrolled_on: date | None = None
    left_on: date | None = None
    concluded_on: date | None = None
    minutes: int | None = None
    days: int | None = None
    test: str | None = None
    reason: str | None = None


class RosterTable(RosterRow, table=True):
    __tablename__ = table_name("roster", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[EnrolmentEvent]) -> Iterable[str]:
    match fact.event:
        case (
            ChoiceRecorded(worker=worker, terms=terms)
            | Enrolled(worker=worker, terms=terms)
            | Withdrawn(worker=worker, terms=terms)
            | TrainingCompleted(worker=worker, terms=terms)
            | TrainingFailed(worker=worker, terms=terms)
        ):
            yield f"{terms.training_class}/{worker}"
        case AttendanceCorrected(worker=worker, training_class=training_class):
            yield f"{training_class}/{worker}"
        case (
            DesignationNoted()
            | DesignationEndNoted()
            | DeathNoted()
            | DeathWithdrawnNoted()
            | UseNoted()
            | StoodForNoted()
            | ClassesTakenOver()
        ):
            return
        case _:
            assert_never(fact.event)


def fold(row: RosterRow | None, fact: Fact[EnrolmentEvent]) -> RosterRow | None:
    event = fact.event
    match event:
        case ChoiceRecorded():
            return _chosen(row, event, fact.id)
        case Enrolled() | Withdrawn() | TrainingCompleted() | TrainingFailed() | AttendanceCorrected():
            return row and row.model_copy(update=_step(event))
        case _:
            return row


def _chosen(row: RosterRow | None, event: ChoiceRecorded, id: str) -> RosterRow:
    """Nobody has a seat without a choice, so the row begins here."""
    choice: dict[str, Any] = {
        "chosen_on": event.chosen_on,
        "choice": id,
        "priority": list(event.priority),
        "rank": rank(event.priority),
    }
    if row is not None and row.status != "LEFT":
        return row.model_copy(update=choice)
    return RosterRow.model_construct(**_place(event.worker, event.terms), **choice, status="CHOSEN")


def _place(worker: str, terms: Terms) -> dict[str, Any]:
    return {
        "id": f"{terms.training_class}/{worker}",
        "training_class": terms.training_class,
        "worker": worker,
        "institution": terms.institution,
        "plan": terms.plan,
        "region": terms.region,
        "occupation": terms.occupation,
        "level": terms.level,
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
    }


def _step(
    event: Enrolled | Withdrawn | TrainingCompleted | TrainingFailed | AttendanceCorrected,
) -> dict[str, Any]:
    match event:
        case Enrolled():
            seated = {"seat": event.seat, "enrolled_on": event.enrolled_on, "left_on": None, "reason": None}
            return {"status": "ENROLLED", "priority": list(event.priority), "rank": rank(event.priority), **seated}
        case Withdrawn():
            return {"status": "LEFT", "left_on": event.withdrawn_on, "reason": event.reason, "seat": None}
        case TrainingCompleted():
            ended = {"concluded_on": event.completed_on, "test": event.test}
            return {"status": "COMPLETED", "minutes": event.minutes, "days": event.days, **ended}
        case TrainingFailed():
            ended = {"concluded_on": event.failed_on, "test": event.test, "reason": event.reason}
            return {"status": "FAILED", "minutes": event.minutes, "days": event.days, **ended}
        case AttendanceCorrected():
            status = "COMPLETED" if event.completed else "FAILED"
            return {"status": status, "minutes": event.minutes, "days": event.days, "reason": event.reason}
        case _:
            assert_never(event)


ROSTER: Final = View(row=RosterRow, table=RosterTable, keys=keys, fold=fold, own=(CODEC,))
