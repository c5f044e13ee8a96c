"""Read model: which snapshots there are of a system."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import View, queries, table_name
from sqlalchemy import DateTime, Index, Select, select
from sqlmodel import Field, SQLModel, col

from registry.matching.snapshots.events import (
    SnapshotBegun,
    SnapshotCompleted,
    SnapshotEvent,
    SnapshotPartKept,
    SnapshotTermEnded,
)
from registry.matching.snapshots.snapshot import SNAPSHOT

CODEC: Final = Codec(SNAPSHOT.events)
NAME: Final = table_name("snapshots", __file__, CODEC)


class KeptSnapshot(SQLModel):
    snapshot: str = Field(primary_key=True)
    source: str
    as_of: date
    state: str
    """`coming`, `kept`, `ended`"""
    people: int
    elsewhere: int
    refused: int
    digest: str
    official: str
    organisation: str
    kept_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    kept_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class SnapshotsTable(KeptSnapshot, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_source", "source", "as_of"), {"schema": "views"})


def keys(fact: Fact[SnapshotEvent]) -> Iterable[str]:
    if not isinstance(fact.event, SnapshotPartKept):
        yield fact.event.snapshot


def fold(row: KeptSnapshot | None, fact: Fact[SnapshotEvent]) -> KeptSnapshot | None:
    match fact.event:
        case SnapshotBegun() as begun:
            return _row(begun)
        case SnapshotCompleted(kept_until=until):
            return row and row.model_copy(update={"state": "kept", "kept_at": fact.occurred_at, "kept_until": until})
        case SnapshotTermEnded():
            return row and row.model_copy(update={"state": "ended"})
        case SnapshotPartKept():
            return row
        case _:
            assert_never(fact.event)


def _row(begun: SnapshotBegun) -> KeptSnapshot:
    return KeptSnapshot(
        snapshot=begun.snapshot,
        source=begun.source,
        as_of=begun.as_of,
        state="coming",
        people=begun.people,
        elsewhere=begun.elsewhere,
        refused=begun.refused,
        digest=begun.digest,
        official=begun.official,
        organisation=begun.organisation,
    )


SNAPSHOTS: Final = View(row=KeptSnapshot, table=SnapshotsTable, keys=keys, fold=fold, own=(CODEC,))


def of_source(source: str) -> Select[Any]:
    """All that there are of a system."""
    return select(SNAPSHOTS.definition).where(col(SnapshotsTable.source) == source)


async def newest(pool: Pool, source: str, on: date) -> KeptSnapshot | None:
    """The last kept one that was as of that day or before; of two of one day the one that was kept later."""
    statement = (
        select(SNAPSHOTS.definition)
        .where(
            col(SnapshotsTable.source) == source,
            col(SnapshotsTable.state) == "kept",
            col(SnapshotsTable.as_of) <= on,
        )
        .order_by(col(SnapshotsTable.as_of).desc(), col(SnapshotsTable.kept_at).desc())
        .limit(1)
    )
    rows = await queries.Query(statement).fetch(pool)
    return KeptSnapshot(**rows[0]) if rows else None
