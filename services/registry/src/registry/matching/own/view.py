"""Read model: approved surveys by worker, for comparisons with the systems of other offices."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from registry.surveys.events import SurveyApproved, SurveyEvent, SurveyInvalidated, SurveyRecorded, SurveyRejected
from registry.surveys.survey import SURVEY

CODEC: Final = Codec(SURVEY.events)
NAME: Final = table_name("employment", __file__, CODEC)


class Employment(SQLModel):
    survey: str = Field(primary_key=True)
    worker: str
    household_region: str
    surveyed_on: date
    employment_status: str
    employment_form: str | None
    approved: bool


class EmploymentTable(Employment, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_newest", "approved", "worker", "surveyed_on"), {"schema": "views"})


def keys(fact: Fact[SurveyEvent]) -> Iterable[str]:
    yield fact.stream


def fold(row: Employment | None, fact: Fact[SurveyEvent]) -> Employment | None:
    match fact.event:
        case SurveyRecorded() as recorded:
            return Employment(
                survey=fact.stream,
                worker=recorded.worker,
                household_region=recorded.household_region,
                surveyed_on=recorded.surveyed_on,
                employment_status=recorded.employment_status,
                employment_form=recorded.employment_form,
                approved=False,
            )
        case SurveyApproved():
            return row and row.model_copy(update={"approved": True})
        case SurveyRejected() | SurveyInvalidated():
            return None
        case _:
            assert_never(fact.event)


EMPLOYMENT: Final = View(row=Employment, table=EmploymentTable, keys=keys, fold=fold, own=(CODEC,))


def newest(after: str, limit: int) -> Select[Any]:
    """The newest approved survey of each worker, by worker."""
    worker = col(EmploymentTable.worker)
    return (
        select(EMPLOYMENT.definition)
        .where(col(EmploymentTable.approved).is_(True), worker > after)
        .distinct(worker)
        .order_by(worker, col(EmploymentTable.surveyed_on).desc(), col(EmploymentTable.survey).desc())
        .limit(limit)
    )
