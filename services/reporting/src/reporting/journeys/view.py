"""Read model of journeys: one row a step, so that steps may become known in any order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, TypeAlias, assert_never

from contracts.registry import (
    SurveyApprovedV1,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
    WorkerRegisteredV1,
)
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger, DateTime
from sqlmodel import Field, SQLModel

StepEvent: TypeAlias = SurveyRecordedV1 | SurveyApprovedV1 | SurveyRejectedV1 | SurveyInvalidatedV1 | WorkerRegisteredV1
StepKind: TypeAlias = Literal[
    "SURVEY_RECORDED", "SURVEY_APPROVED", "SURVEY_REJECTED", "SURVEY_INVALIDATED", "WORKER_REGISTERED"
]


class StepRow(SQLModel):
    """A fact of a worker's life, and the trace that caused it."""

    event: str = Field(primary_key=True)
    """Public id: `stream/version/type`."""
    worker: str = Field(index=True)
    kind: str
    source: str
    survey: str
    """Stream of the survey that the step is about."""
    version: int = Field(sa_type=BigInteger)
    region: str
    reason: str | None = None
    happened_at: datetime = Field(sa_type=DateTime(timezone=True))
    trace: str
    """W3C traceparent; empty where the fact came without one."""
    position: int = Field(sa_type=BigInteger)


class StepTable(StepRow, table=True):
    __tablename__ = table_name("journey", __file__)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[StepEvent]) -> Iterable[str]:
    yield fact.id


def fold(row: StepRow | None, fact: Fact[StepEvent]) -> StepRow:
    event = fact.event
    return StepRow.model_construct(
        event=fact.id,
        worker=event.worker,
        kind=_kind(event),
        source=fact.source,
        survey=event.survey if isinstance(event, WorkerRegisteredV1) else fact.stream,
        version=fact.version,
        region=event.household_region,
        reason=event.reason if isinstance(event, SurveyRejectedV1 | SurveyInvalidatedV1) else None,
        happened_at=fact.occurred_at,
        trace=fact.meta.trace,
        position=fact.position,
    )


def _kind(event: StepEvent) -> StepKind:
    match event:
        case SurveyRecordedV1():
            return "SURVEY_RECORDED"
        case SurveyApprovedV1():
            return "SURVEY_APPROVED"
        case SurveyRejectedV1():
            return "SURVEY_REJECTED"
        case SurveyInvalidatedV1():
            return "SURVEY_INVALIDATED"
        case WorkerRegisteredV1():
            return "WORKER_REGISTERED"
        case _:
            assert_never(event)


JOURNEYS: Final = View(
    row=StepRow,
    table=StepTable,
    keys=keys,
    fold=fold,
    foreign=(
        SurveyRecordedV1.type,
        SurveyApprovedV1.type,
        SurveyRejectedV1.type,
        SurveyInvalidatedV1.type,
        WorkerRegisteredV1.type,
    ),
)
