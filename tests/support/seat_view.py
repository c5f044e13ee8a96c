"""A view of the small domain: which seats are taken, and how often each number was used."""

from collections.abc import Iterable

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from shop import SeatEvent, SeatTaken
from sqlalchemy import ARRAY, String
from sqlmodel import Field, SQLModel

POISON = "poison"
broken = {POISON}
"""Numbers that the fold cannot stand, until a test mends it."""


class SeatRow(SQLModel):
    seat: str = Field(primary_key=True)
    number: str
    changes: list[str] = Field(default_factory=list, sa_type=ARRAY(String))
    free: bool = False


class SeatTable(SeatRow, table=True):
    __tablename__ = table_name("seat", __file__, Codec(SeatEvent))
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[SeatEvent]) -> Iterable[str]:
    yield fact.stream


def fold(row: SeatRow | None, fact: Fact[SeatEvent]) -> SeatRow | None:
    before = list(row.changes) if row else []
    match fact.event:
        case SeatTaken(number=number):
            if number in broken:
                raise ValueError(number)
            return SeatRow(seat=fact.stream, number=number, changes=[*before, fact.id])
        case _:
            number = row.number if row else ""
            return SeatRow(seat=fact.stream, number=number, changes=[*before, fact.id], free=True)


SEATS = View(row=SeatRow, table=SeatTable, keys=keys, fold=fold)
