"""Read model of homes: where a worker's household was registered from which day, one row a fact."""

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts import region
from contracts.registry import WorkerMovedV1, WorkerRegisteredV1
from eventcore.clock import LEGAL
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

HomeEvent: TypeAlias = WorkerRegisteredV1 | WorkerMovedV1


class HomeRow(SQLModel):
    """Holds from `since` until the next; of one day, what was said last."""

    event: str = Field(primary_key=True)
    worker: str = Field(index=True)
    region: str
    since: date
    """A registration's is the first day there is: nothing is known of where the household was before."""
    written_on: date
    """The day on which the code was in use."""
    version: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)


class HomeTable(HomeRow, table=True):
    __tablename__ = table_name("homes", __file__)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[HomeEvent]) -> Iterable[str]:
    yield fact.id


def fold(row: HomeRow | None, fact: Fact[HomeEvent]) -> HomeRow:
    """InvalidRegion parks a worker whose region this version of the contracts does not know."""
    since, written_on = _days(fact)
    region.region(fact.event.household_region, written_on)
    return HomeRow.model_construct(
        event=fact.id,
        worker=fact.event.worker,
        region=fact.event.household_region,
        since=since,
        written_on=written_on,
        version=fact.version,
        position=fact.position,
    )


def _days(fact: Fact[HomeEvent]) -> tuple[date, date]:
    match fact.event:
        case WorkerRegisteredV1():
            return date.min, fact.occurred_at.astimezone(LEGAL).date()
        case WorkerMovedV1(valid_from=valid_from):
            return valid_from, valid_from
        case _:
            assert_never(fact.event)


HOMES: Final = View(
    row=HomeRow,
    table=HomeTable,
    keys=keys,
    fold=fold,
    foreign=(WorkerRegisteredV1.type, WorkerMovedV1.type),
)
