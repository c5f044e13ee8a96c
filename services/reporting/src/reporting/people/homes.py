"""Read model of homes: where a worker's household was registered from which day, one row a fact."""

from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts import region
from contracts.registry import WorkerMovedV1, WorkerRegisteredV1
from eventcore.clock import LEGAL
from eventcore.facts import Fact
from eventcore.readers import View, table_name

from reporting.facts import FactRow, keys, told

HomeEvent: TypeAlias = WorkerRegisteredV1 | WorkerMovedV1


class HomeRow(FactRow):
    """Holds from `since` until the next; of one day, what was said last."""

    region: str
    since: date
    """A registration's is the first day there is: nothing is known of where the household was before."""
    written_on: date
    """The day on which the code was in use."""


class HomeTable(HomeRow, table=True):
    __tablename__ = table_name("homes", __file__)
    __table_args__ = ({"schema": "views"},)


def fold(row: HomeRow | None, fact: Fact[HomeEvent]) -> HomeRow:
    """InvalidRegion parks a worker whose region this version of the contracts does not know."""
    since, written_on = _days(fact)
    region.region(fact.event.household_region, written_on)
    return HomeRow.model_construct(
        region=fact.event.household_region,
        since=since,
        written_on=written_on,
        **told(fact),
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
