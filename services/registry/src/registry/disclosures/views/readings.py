"""Read model: who read a person's data, when, what for, and which fields. The person's own file shows it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import View, queries, table_name
from sqlalchemy import ARRAY, DateTime, Index, String, select
from sqlmodel import Field, SQLModel, col

from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.events import PersonalDataDisclosed

CODEC: Final = Codec(DISCLOSURE.events)
MOST: Final = 1_000
"""Readings that a file lists, the newest."""


class Reading(SQLModel):
    disclosure: str = Field(primary_key=True)
    worker: str
    at: datetime = Field(sa_type=DateTime(timezone=True))
    purpose: str
    reader: str
    organisation: str
    office: str
    in_full: list[str] = Field(sa_type=ARRAY(String))
    masked: list[str] = Field(sa_type=ARRAY(String))
    reference: str | None


NAME: Final = table_name("readings", __file__, CODEC)


class ReadingTable(Reading, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_worker", "worker", "at"), {"schema": "views"})


def keys(fact: Fact[PersonalDataDisclosed]) -> Iterable[str]:
    yield fact.stream.removeprefix(f"{DISCLOSURE.category}-")


def fold(row: Reading | None, fact: Fact[PersonalDataDisclosed]) -> Reading | None:
    event = fact.event
    return Reading(
        disclosure=fact.stream.removeprefix(f"{DISCLOSURE.category}-"),
        worker=event.worker,
        at=fact.occurred_at,
        purpose=event.purpose,
        reader=event.reader,
        organisation=event.organisation,
        office=event.office,
        in_full=list(event.in_full),
        masked=list(event.masked),
        reference=event.reference,
    )


READINGS: Final = View(row=Reading, table=ReadingTable, keys=keys, fold=fold, own=(CODEC,))


async def readings_of(pool: Pool, worker: str) -> list[Reading]:
    """The newest first. Unavailable."""
    found = select(READINGS.definition).where(col(ReadingTable.worker) == worker)
    query = queries.Query(found.order_by(col(ReadingTable.at).desc(), col(ReadingTable.disclosure).desc()).limit(MOST))
    return [Reading(**row) for row in await query.fetch(pool)]
