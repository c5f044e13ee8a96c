"""Read model: lists of trainees by region, who confirmed and who has not (R-REG-06)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, ColumnElement, Date, Index, Select, String, func, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY as PostgresArray
from sqlmodel import Field, SQLModel, col

from registry.trainee_lists.events import TraineeListPublished, TraineeListReceived
from registry.trainee_lists.trainee_list import TRAINEE_LIST

CODEC: Final = Codec(TRAINEE_LIST.events)


class ListRow(SQLModel):
    """The arrays of receivers belong together, one place a receiver; no day: not confirmed yet."""

    trainee_list: str = Field(primary_key=True)
    region: str
    plan: str
    trainees: int
    receivers: list[str] = Field(sa_type=ARRAY(String))
    kinds: list[str] = Field(sa_type=ARRAY(String))
    received: list[date | None] = Field(sa_type=ARRAY(Date))
    published_on: date
    due_on: date
    organisation: str


NAME: Final = table_name("trainee_lists", __file__, CODEC)


class ListTable(ListRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "trainee_list"), {"schema": "views"})


def keys(fact: Fact[TraineeListPublished | TraineeListReceived]) -> Iterable[str]:
    yield fact.event.trainee_list


def fold(row: ListRow | None, fact: Fact[TraineeListPublished | TraineeListReceived]) -> ListRow | None:
    event = fact.event
    match event:
        case TraineeListPublished():
            return ListRow(
                trainee_list=event.trainee_list,
                region=event.region,
                plan=event.plan,
                trainees=len(event.trainees),
                receivers=[each.organisation for each in event.receivers],
                kinds=[each.kind for each in event.receivers],
                received=[None for _ in event.receivers],
                published_on=event.published_on,
                due_on=event.due_on,
                organisation=event.organisation,
            )
        case TraineeListReceived():
            return row and row.model_copy(update={"received": _received(row, event)})
        case _:
            assert_never(event)


def _received(row: ListRow, event: TraineeListReceived) -> list[date | None]:
    return [
        event.received_on if receiver == event.receiver else day
        for receiver, day in zip(row.receivers, row.received, strict=True)
    ]


LISTS: Final = View(row=ListRow, table=ListTable, keys=keys, fold=fold, own=(CODEC,))


def published_in(region: str, receiver: str | None, only_open: bool) -> Select[Any]:
    """The order of their ids is that of their publication."""
    wanted: list[ColumnElement[bool]] = [col(ListTable.region).between(*bounds(region))]
    if receiver is not None:
        wanted.append(type_coerce(col(ListTable.receivers), PostgresArray(String)).contains([receiver]))
    if only_open:
        wanted.append(func.array_position(col(ListTable.received), None).is_not(None))
    return select(LISTS.definition).where(*wanted)
