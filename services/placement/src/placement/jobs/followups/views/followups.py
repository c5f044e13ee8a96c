"""Read model: who has to be visited, who lost a job, who helps (R-PLC-07, R-PLC-23 to R-PLC-25)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, Column, Index, Select, String, select
from sqlmodel import Field, SQLModel, col

from placement.jobs.followups.events import (
    FollowUpEvent,
    HelpAssigned,
    JobBegun,
    JobOver,
    UnemploymentNoted,
    UnemploymentRegistered,
    VisitDue,
    VisitMade,
)
from placement.jobs.followups.followup import FOLLOW_UP

CODEC: Final = Codec(FOLLOW_UP.events)


class FollowUpRow(SQLModel):
    """`due_on`: since when a visit is due that nobody has made. 跟踪服务。"""

    worker: str = Field(primary_key=True)
    home: str
    region: str
    jobs: list[str] = Field(sa_type=ARRAY(String))
    next_visit_on: date | None
    due_on: date | None
    visited_on: date | None
    finding: str | None
    lost_on: date | None
    unemployed_on: date | None
    case_worker: str | None


NAME: Final = table_name("followups", __file__, CODEC)


class FollowUpTable(FollowUpRow, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_due", "region", "due_on", "worker"),
        Index(f"{NAME}_lost", "region", "lost_on", "worker"),
        {"schema": "views"},
    )


def keys(fact: Fact[FollowUpEvent]) -> Iterable[str]:
    yield fact.event.worker


def fold(row: FollowUpRow | None, fact: Fact[FollowUpEvent]) -> FollowUpRow | None:
    match fact.event:
        case JobBegun() as begun:
            return _with_job(row or _followed(begun), begun)
        case JobOver() as over:
            return _without_job(row or _followed(over), over)
        case VisitDue(due_on=due_on):
            return row and row.model_copy(update={"due_on": due_on, "next_visit_on": None})
        case VisitMade() as made:
            return row and _visited(row, made)
        case HelpAssigned(case_worker=case_worker):
            return row and row.model_copy(update={"case_worker": case_worker})
        case UnemploymentRegistered(registered_on=day) | UnemploymentNoted(registered_on=day):
            return row and row.model_copy(update={"unemployed_on": day})
        case _:
            assert_never(fact.event)


def _followed(event: JobBegun | JobOver) -> FollowUpRow:
    return FollowUpRow(
        worker=event.worker,
        home=event.home,
        region=event.region,
        jobs=[],
        next_visit_on=None,
        due_on=None,
        visited_on=None,
        finding=None,
        lost_on=None,
        unemployed_on=None,
        case_worker=None,
    )


def _with_job(row: FollowUpRow, event: JobBegun) -> FollowUpRow:
    return row.model_copy(
        update={
            "home": event.home,
            "region": event.region,
            "jobs": [*row.jobs, event.employment],
            "next_visit_on": event.next_visit_on,
            "due_on": row.due_on if row.jobs else None,
            "lost_on": None,
            "unemployed_on": None,
            "case_worker": None,
        }
    )


def _without_job(row: FollowUpRow, event: JobOver) -> FollowUpRow:
    jobs = [each for each in row.jobs if each != event.employment]
    return row.model_copy(
        update={
            "home": event.home,
            "region": event.region if event.lost else row.region,
            "jobs": jobs,
            "next_visit_on": event.next_visit_on,
            "due_on": row.due_on if jobs else None,
            "lost_on": event.over_on if event.lost else None,
        }
    )


def _visited(row: FollowUpRow, event: VisitMade) -> FollowUpRow:
    last = max(event.made_on, row.visited_on or event.made_on)
    found = {"due_on": None, "next_visit_on": event.next_visit_on, "visited_on": last, "finding": event.finding}
    return row.model_copy(update=found)


FOLLOW_UPS: Final = View(row=FollowUpRow, table=FollowUpTable, keys=keys, fold=fold, own=(CODEC,))


def waiting_in(region: str, since: Column[Any]) -> Select[Any]:
    """Who has waited since that day: for a visit, or for a job."""
    return select(FOLLOW_UPS.definition).where(col(FollowUpTable.region).between(*bounds(region)), since.is_not(None))
