"""Read model of the funnel: one row a survey, with the days on which its steps count and the positions from which they
are known. What a survey is taken back from is asked by the query: the row keeps what was known before."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, TypeAlias, assert_never

from contracts import region
from contracts.registry import SurveyApprovedV1, SurveyInvalidatedV1, SurveyRecordedV1, SurveyRejectedV1
from eventcore.clock import LEGAL
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, BigInteger, String
from sqlmodel import Field, SQLModel

SurveyEvent: TypeAlias = SurveyRecordedV1 | SurveyApprovedV1 | SurveyRejectedV1 | SurveyInvalidatedV1


class SurveyRow(SQLModel):
    """What a survey counts as. `…_known`: positions of reporting's own log."""

    survey: str = Field(primary_key=True)
    worker: str
    household_region: str = Field(index=True)
    groups: list[str] = Field(sa_type=ARRAY(String))
    surveyed_on: date
    approved_on: date | None = None
    rejected_on: date | None = None
    known: int = Field(sa_type=BigInteger)
    approved_known: int | None = Field(default=None, sa_type=BigInteger)
    rejected_known: int | None = Field(default=None, sa_type=BigInteger)
    invalidated_known: int | None = Field(default=None, sa_type=BigInteger)


class SurveyTable(SurveyRow, table=True):
    __tablename__ = table_name("funnel", __file__)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[SurveyEvent]) -> Iterable[str]:
    yield fact.stream


def fold(row: SurveyRow | None, fact: Fact[SurveyEvent]) -> SurveyRow:
    """Every fact says by itself what the survey counts as, so any of them may come first. InvalidRegion parks a survey
    whose region this version of the contracts does not know: it would be in no county's number."""
    region.region(fact.event.household_region, fact.event.surveyed_on)
    before = row or _surveyed(fact)
    return before.model_copy(update=_step(fact) | {"known": min(before.known, fact.position)})


def _surveyed(fact: Fact[SurveyEvent]) -> SurveyRow:
    return SurveyRow.model_construct(
        survey=fact.stream,
        worker=fact.event.worker,
        household_region=fact.event.household_region,
        groups=list(fact.event.groups),
        surveyed_on=fact.event.surveyed_on,
        known=fact.position,
    )


def _step(fact: Fact[SurveyEvent]) -> dict[str, Any]:
    match fact.event:
        case SurveyRecordedV1():
            return {}
        case SurveyApprovedV1():
            return {"approved_on": _legal_day(fact), "approved_known": fact.position}
        case SurveyRejectedV1():
            return {"rejected_on": _legal_day(fact), "rejected_known": fact.position}
        case SurveyInvalidatedV1():
            return {"invalidated_known": fact.position}
        case _:
            assert_never(fact.event)


def _legal_day(fact: Fact[SurveyEvent]) -> date:
    return fact.occurred_at.astimezone(LEGAL).date()


SURVEYS: Final = View(
    row=SurveyRow,
    table=SurveyTable,
    keys=keys,
    fold=fold,
    foreign=(SurveyRecordedV1.type, SurveyApprovedV1.type, SurveyRejectedV1.type, SurveyInvalidatedV1.type),
)
