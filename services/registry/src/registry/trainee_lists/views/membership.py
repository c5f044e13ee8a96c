"""Read model: the published lists that a worker is on. The person's own file shows them."""

from collections.abc import Iterable
from typing import Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import View, queries, table_name
from sqlalchemy import ARRAY, String, select
from sqlmodel import Field, SQLModel, col

from registry.trainee_lists.events import TraineeListPublished, TraineeListReceived
from registry.trainee_lists.trainee_list import TRAINEE_LIST

CODEC: Final = Codec(TRAINEE_LIST.events)


class OnLists(SQLModel):
    worker: str = Field(primary_key=True)
    lists: list[str] = Field(sa_type=ARRAY(String))
    """Their ids, in order."""


class OnListsTable(OnLists, table=True):
    __tablename__ = table_name("on_trainee_lists", __file__, CODEC)
    __table_args__ = ({"schema": "views"},)


def keys(fact: Fact[TraineeListPublished | TraineeListReceived]) -> Iterable[str]:
    if isinstance(fact.event, TraineeListPublished):
        yield from fact.event.trainees


def start(worker: str) -> OnLists:
    return OnLists(worker=worker, lists=[])


def fold(row: OnLists | None, fact: Fact[TraineeListPublished | TraineeListReceived]) -> OnLists | None:
    return row and OnLists(worker=row.worker, lists=sorted({*row.lists, fact.event.trainee_list}))


ON_LISTS: Final = View(row=OnLists, table=OnListsTable, keys=keys, fold=fold, start=start, own=(CODEC,))


async def lists_with(pool: Pool, workers: Iterable[str]) -> list[str]:
    """Ids of the lists that any of them is on. Unavailable."""
    found = select(ON_LISTS.definition).where(col(OnListsTable.worker).in_(list(workers)))
    return sorted({each for row in await queries.Query(found).fetch(pool) for each in row["lists"]})
