"""Read model: jobs by worker, employer and place."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from placement.jobs.employments.employment import EMPLOYMENT
from placement.jobs.employments.events import (
    ContractSigned,
    EmploymentEnded,
    EmploymentEvent,
    EmploymentStarted,
    MonthConfirmed,
    Terms,
)

CODEC: Final = Codec(EMPLOYMENT.events)


class EmploymentRow(SQLModel):
    """`ended_on`: the first day without it; `last_month`: the last that was confirmed. 就业记录。"""

    employment: str = Field(primary_key=True)
    worker: str
    home: str
    employer: str
    region: str
    occupation: str
    form: str
    self_found: bool
    transfer: str | None
    signed_on: date | None
    ends_on: date | None
    started_on: date | None
    last_month: str | None
    ended_on: date | None
    reason: str | None


NAME: Final = table_name("employments", __file__, CODEC)


class EmploymentTable(EmploymentRow, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_worker", "worker"),
        Index(f"{NAME}_employer", "employer", "employment"),
        Index(f"{NAME}_place", "region", "employment"),
        {"schema": "views"},
    )


def keys(fact: Fact[EmploymentEvent]) -> Iterable[str]:
    yield fact.event.terms.employment


def fold(row: EmploymentRow | None, fact: Fact[EmploymentEvent]) -> EmploymentRow | None:
    before = row or _hired(fact.event.terms)
    match fact.event:
        case ContractSigned(signed_on=signed_on, ends_on=ends_on):
            return before.model_copy(update={"signed_on": signed_on, "ends_on": ends_on})
        case EmploymentStarted(started_on=started_on):
            return before.model_copy(update={"started_on": started_on})
        case MonthConfirmed(month=month):
            return before.model_copy(update={"last_month": max(month, before.last_month or month)})
        case EmploymentEnded(ended_on=ended_on, reason=reason):
            return before.model_copy(update={"ended_on": ended_on, "reason": reason})
        case _:
            assert_never(fact.event)


def _hired(terms: Terms) -> EmploymentRow:
    return EmploymentRow(
        employment=terms.employment,
        worker=terms.worker,
        home=terms.home,
        employer=terms.employer,
        region=terms.region,
        occupation=terms.occupation,
        form=terms.form,
        self_found=terms.self_found,
        transfer=terms.transfer,
        signed_on=None,
        ends_on=None,
        started_on=None,
        last_month=None,
        ended_on=None,
        reason=None,
    )


EMPLOYMENTS: Final = View(row=EmploymentRow, table=EmploymentTable, keys=keys, fold=fold, own=(CODEC,))


def jobs_in(region: str, *, worker: str | None, employer: str | None) -> Select[Any]:
    """Jobs in a region: of a worker, at an employer."""
    asked = {col(EmploymentTable.worker): worker, col(EmploymentTable.employer): employer}
    equal = [column == value for column, value in asked.items() if value is not None]
    return select(EMPLOYMENTS.definition).where(col(EmploymentTable.region).between(*bounds(region)), *equal)


def working_as(occupations: Iterable[str], region: str, employer: str | None) -> Select[Any]:
    """Jobs in these occupations that began and have not ended."""
    return jobs_in(region, worker=None, employer=employer).where(
        col(EmploymentTable.occupation).in_(occupations),
        col(EmploymentTable.started_on).is_not(None),
        col(EmploymentTable.ended_on).is_(None),
    )
