"""Read model: assessments by place, body and class, with what became of their candidates (R-CRT-14)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ColumnElement, Index, Select, func, select
from sqlmodel import Field, SQLModel, col

from certification.assessments.assessment import ABSENT, ASSESSMENT, FAILED, PASSED
from certification.assessments.events import (
    AssessmentEvent,
    AssessmentScheduled,
    AssessmentVoided,
    CandidateRegistered,
    ResultsConfirmed,
    ScoresRecorded,
)

CODEC: Final = Codec(ASSESSMENT.events)
CONFIRMED: Final = "CONFIRMED"


class AssessmentRow(SQLModel):
    assessment: str = Field(primary_key=True)
    state: str
    body: str
    route: str
    kind: str
    occupation: str
    level: str
    region: str
    held_on: date
    training_class: str | None
    candidates: int
    passed: int
    failed: int
    absent: int


NAME: Final = table_name("assessments", __file__, CODEC)


class AssessmentTable(AssessmentRow, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_place", "region", "assessment"),
        Index(f"{NAME}_body", "body", "assessment"),
        {"schema": "views"},
    )


def keys(fact: Fact[AssessmentEvent]) -> Iterable[str]:
    yield fact.event.assessment


def fold(row: AssessmentRow | None, fact: Fact[AssessmentEvent]) -> AssessmentRow | None:
    match fact.event:
        case AssessmentScheduled() as scheduled:
            return _scheduled(scheduled)
        case CandidateRegistered():
            return row and row.model_copy(update={"candidates": row.candidates + 1})
        case ScoresRecorded():
            return row
        case ResultsConfirmed(results=results):
            count = Counter(each.outcome for each in results)
            outcomes = {"passed": count[PASSED], "failed": count[FAILED], "absent": count[ABSENT]}
            return row and row.model_copy(update={"state": CONFIRMED} | outcomes)
        case AssessmentVoided():
            return row and row.model_copy(update={"state": "VOIDED"})
        case _:
            assert_never(fact.event)


def _scheduled(event: AssessmentScheduled) -> AssessmentRow:
    return AssessmentRow(
        assessment=event.assessment,
        state="SCHEDULED",
        body=event.body,
        route=event.route,
        kind=event.kind,
        occupation=event.occupation,
        level=event.level,
        region=event.region,
        held_on=event.held_on,
        training_class=event.training_class,
        candidates=0,
        passed=0,
        failed=0,
        absent=0,
    )


ASSESSMENTS: Final = View(row=AssessmentRow, table=AssessmentTable, keys=keys, fold=fold, own=(CODEC,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which assessments; None: any."""

    region: str
    body: str | None = None
    training_class: str | None = None
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As parts of a statement."""
        first, last = bounds(self.region)
        found: list[ColumnElement[bool]] = [col(AssessmentTable.region).between(first, last)]
        if self.body is not None:
            found.append(col(AssessmentTable.body) == self.body)
        if self.training_class is not None:
            found.append(col(AssessmentTable.training_class) == self.training_class)
        if self.since is not None:
            found.append(col(AssessmentTable.held_on) >= self.since)
        if self.until is not None:
            found.append(col(AssessmentTable.held_on) <= self.until)
        return found


def assessments(wanted: Wanted) -> Select[Any]:
    """Those that are wanted; by id they are in the order of their scheduling."""
    return select(ASSESSMENTS.definition).where(*wanted.conditions())


def pass_rates(wanted: Wanted) -> Select[Any]:
    """Of each body, occupation and level, in what is confirmed and not void. Bounded: the largest first."""
    named = [col(AssessmentTable.body), col(AssessmentTable.occupation), col(AssessmentTable.level)]
    sums = [
        func.count().label("assessments"),
        func.sum(col(AssessmentTable.passed)).label("passed"),
        func.sum(col(AssessmentTable.failed)).label("failed"),
        func.sum(col(AssessmentTable.absent)).label("absent"),
    ]
    found: Select[Any] = select(*named, *sums)
    confirmed = col(AssessmentTable.state) == CONFIRMED
    return (
        found.where(*wanted.conditions(), confirmed)
        .group_by(*named)
        .order_by(func.sum(col(AssessmentTable.candidates)).desc(), *named)
        .limit(1_000)
    )
