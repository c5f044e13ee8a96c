"""Read model of work: one row for each public fact of a job, and of who was registered as having none.

`HOME` tells of the own workers, wherever they work; `HOST` of the jobs in the own province, whoever has them. A job of
an own worker here is told by both: a number asks one of the two.
"""

from calendar import monthrange
from datetime import date
from typing import Any, Final, TypeAlias, assert_never, get_args

from contracts.employment import (
    EmploymentEndedV1,
    EmploymentStartedV1,
    JobEndNotedV1,
    JobMonthNotedV1,
    JobNotedV1,
    MonthConfirmedV1,
    UnemploymentRegisteredV1,
)
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger
from sqlmodel import Field

from reporting.facts import FactRow, keys, told
from reporting.steps.view import is_elsewhere

HomeEvent: TypeAlias = JobNotedV1 | JobMonthNotedV1 | JobEndNotedV1 | UnemploymentRegisteredV1
HostEvent: TypeAlias = EmploymentStartedV1 | MonthConfirmedV1 | EmploymentEndedV1
WorkEvent: TypeAlias = HomeEvent | HostEvent


class WorkRow(FactRow):
    told_by: str
    """`HOME` or `HOST`."""
    said: str
    """`STARTED`, `MONTH`, `ENDED`; `UNEMPLOYED` without a job."""
    employment: str | None = Field(default=None, index=True)
    home: str | None = None
    """County of the household."""
    place: str
    """County of the work."""
    elsewhere: bool
    """The work lies in another county than the household."""
    organised: bool
    """A transfer or an office found the job."""
    day: date
    """On which it counts; of a month its last."""
    wage: int = Field(default=0, sa_type=BigInteger)
    """In fen, of a month."""


class WorkTable(WorkRow, table=True):
    __tablename__ = table_name("work", __file__)
    __table_args__ = ({"schema": "views"},)


def fold(row: WorkRow | None, fact: Fact[WorkEvent]) -> WorkRow:
    """InvalidRegion parks a job whose region this version of the contracts does not know."""
    event = fact.event
    said, day = _said(event)
    return WorkRow.model_construct(
        told_by="HOST" if isinstance(event, HostEvent) else "HOME",
        said=said,
        place=event.region,
        day=day,
        wage=event.wage if isinstance(event, JobMonthNotedV1 | MonthConfirmedV1) else 0,
        **told(fact),
        **_job(event, day),
    )


def _said(event: WorkEvent) -> tuple[str, date]:
    match event:
        case JobNotedV1(started_on=day) | EmploymentStartedV1(started_on=day):
            return "STARTED", day
        case JobMonthNotedV1(month=month) | MonthConfirmedV1(month=month):
            return "MONTH", _last_day(month)
        case JobEndNotedV1(ended_on=day) | EmploymentEndedV1(ended_on=day):
            return "ENDED", day
        case UnemploymentRegisteredV1(registered_on=day):
            return "UNEMPLOYED", day
        case _:
            assert_never(event)


def _job(event: WorkEvent, day: date) -> dict[str, Any]:
    if isinstance(event, UnemploymentRegisteredV1):
        return {"employment": None, "home": None, "elsewhere": False, "organised": False}
    return {
        "employment": event.employment,
        "home": event.home,
        "elsewhere": is_elsewhere(event.home, event.region, day),
        "organised": not event.self_found,
    }


def _last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


WORK: Final = View(
    row=WorkRow,
    table=WorkTable,
    keys=keys,
    fold=fold,
    foreign=tuple(event.type for event in get_args(WorkEvent)),
)
