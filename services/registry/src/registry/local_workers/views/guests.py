"""Read model: workers of another home, whom this province is responsible for, and by what their record is here; nobody
has to have surveyed them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import View, queries, table_name
from sqlalchemy import ARRAY, Index, String, cast, select
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel, col

from registry.privacy.events import PersonalDataErased
from registry.records.events import RecordReceived
from registry.records.record import RECORD
from registry.workers.acting_events import ActingResumed, ActingYielded, GuestPlaced
from registry.workers.worker import WORKER

CODECS: Final = (Codec(WORKER.events), Codec(RECORD.events))


class Guest(SQLModel):
    worker: str = Field(primary_key=True)
    household_region: str | None = None
    county: str | None = None
    """Of the newest job here."""
    held: bool = False
    """This province is responsible."""
    record: str | None = None
    """The transfer, or the grant, by which the newest record came."""
    groups: list[str] = Field(default=[], sa_type=ARRAY(String))
    """As it says."""


NAME: Final = table_name("guests", __file__, *CODECS)


class GuestTable(Guest, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "county", "worker"), {"schema": "views"})


def keys(fact: Fact[Any]) -> Iterable[str]:
    match fact.event:
        case GuestPlaced() | ActingResumed() | ActingYielded() | RecordReceived() | PersonalDataErased():
            yield fact.event.worker
        case _:
            return


def fold(row: Guest | None, fact: Fact[Any]) -> Guest | None:
    """The record may come before the job. Who is no guest has no row."""
    match fact.event:
        case GuestPlaced(worker=worker) as placed:
            place = {"household_region": placed.household_region, "county": placed.county}
            return (row or Guest(worker=worker)).model_copy(update=place)
        case RecordReceived(worker=worker) as came:
            record = {"record": came.transfer, "groups": list(came.groups or ())}
            return (row or Guest(worker=worker)).model_copy(update=record)
        case ActingResumed() | ActingYielded() as event:
            return row and row.model_copy(update={"held": isinstance(event, ActingResumed)})
        case _:
            return None


GUESTS: Final = View(row=Guest, table=GuestTable, keys=keys, fold=fold, own=CODECS, commutes=False)


async def guest(pool: Pool, worker: str) -> Guest | None:
    """What is known of one. Unavailable."""
    rows = await queries.Query(select(GUESTS.definition).where(col(GuestTable.worker) == worker)).fetch(pool)
    return Guest(**rows[0]) if rows else None


async def guests_in(pool: Pool, region: str, groups: Sequence[str], after: str, limit: int) -> list[Guest]:
    """Guests who work in the region, and whose record is here, by id; in one of the groups where some are named.
    Unavailable."""
    first, last = bounds(region)
    found = select(GUESTS.definition).where(
        col(GuestTable.county).between(first, last),
        col(GuestTable.worker) > after,
        col(GuestTable.held),
        col(GuestTable.record).is_not(None),
    )
    if groups:
        found = found.where(col(GuestTable.groups).op("&&")(cast(list(groups), postgresql.ARRAY(String))))
    rows = await queries.Query(found.order_by(col(GuestTable.worker)).limit(limit)).fetch(pool)
    return [Guest(**row) for row in rows]
