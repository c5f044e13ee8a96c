"""Read model: how far the workers of a county are from stable employment (R-PLC-02)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, ColumnElement, Index, Integer, Select, String, func, select
from sqlmodel import Field, SQLModel, col

from placement.jobs.careers.career import CAREER
from placement.jobs.careers.events import (
    CareerEvent,
    CareerStoodFor,
    JobEndNoted,
    JobMonthNoted,
    JobNoted,
    JobsGivenBack,
    JobsTakenOver,
    StableEmploymentAtRisk,
    StableEmploymentReached,
    StableEmploymentWithdrawn,
)

CODEC: Final = Codec(CAREER.events)


class CareerRow(SQLModel):
    """`alerts` are the ids of the events that said so, one for each year out of reach."""

    worker: str = Field(primary_key=True)
    home: str
    reached: str | None
    reached_on: date | None
    alerts: list[str] = Field(sa_type=ARRAY(String))
    years: list[int] = Field(sa_type=ARRAY(Integer))


NAME: Final = table_name("careers", __file__, CODEC)


class CareerTable(CareerRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "home", "worker"), {"schema": "views"})


def keys(fact: Fact[CareerEvent]) -> Iterable[str]:
    match fact.event:
        case JobNoted(job=job) | JobMonthNoted(job=job) | JobEndNoted(job=job):
            yield job.worker
        case JobsTakenOver() | StableEmploymentReached() | StableEmploymentAtRisk() | StableEmploymentWithdrawn():
            yield fact.event.worker
        case CareerStoodFor() | JobsGivenBack():
            return
        case _:
            assert_never(fact.event)


def fold(row: CareerRow | None, fact: Fact[CareerEvent]) -> CareerRow | None:
    match fact.event:
        case JobNoted(job=job) | JobMonthNoted(job=job) | JobEndNoted(job=job):
            return _at_home(row, job.worker, job.home)
        case JobsTakenOver(worker=worker, home=home):
            return _at_home(row, worker, home)
        case StableEmploymentReached(reached_on=reached_on):
            return row and row.model_copy(update={"reached": fact.id, "reached_on": reached_on})
        case StableEmploymentAtRisk(year=year):
            return row and row.model_copy(update={"alerts": [*row.alerts, fact.id], "years": [*row.years, year]})
        case StableEmploymentWithdrawn(corrects=corrects):
            return row and _without(row, corrects)
        case CareerStoodFor() | JobsGivenBack():
            return row
        case _:
            assert_never(fact.event)


def _at_home(row: CareerRow | None, worker: str, home: str) -> CareerRow:
    if row:
        return row.model_copy(update={"home": home})
    return CareerRow(worker=worker, home=home, reached=None, reached_on=None, alerts=[], years=[])


def _without(row: CareerRow, corrected: str) -> CareerRow:
    if row.reached == corrected:
        return row.model_copy(update={"reached": None, "reached_on": None})
    kept = [(id, year) for id, year in zip(row.alerts, row.years, strict=True) if id != corrected]
    return row.model_copy(update={"alerts": [id for id, _ in kept], "years": [year for _, year in kept]})


CAREERS: Final = View(row=CareerRow, table=CareerTable, keys=keys, fold=fold, own=(CODEC,))


def workers_of(region: str, year: int | None) -> Select[Any]:
    """Those whose employment is stable, or who cannot reach the months of a year any more."""
    asked: ColumnElement[bool] = (
        col(CareerTable.reached).is_not(None) if year is None else func.array_position(CareerTable.years, year) > 0
    )
    return select(CAREERS.definition).where(col(CareerTable.home).between(*bounds(region)), asked)
