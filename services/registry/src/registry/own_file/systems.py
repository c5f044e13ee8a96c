"""What other offices' systems say of a person, as far as it is here: rows of the newest kept snapshots, conflicts."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import msgspec
from eventcore.clock import legal_day
from eventcore.database import Pool
from eventcore.readers import queries
from eventcore.store import Store
from pydantic import BaseModel

from registry.matching.conflicts.query import about
from registry.matching.snapshots.keeping import people_in
from registry.matching.snapshots.view import newest
from registry.sources.system import systems
from registry.vault import KeyGone, Vault


class SystemRow(BaseModel):
    """A person in the newest snapshot of a system. 信息系统中的本人记录。"""

    source: str
    as_of: date
    region: str
    fields: dict[str, str]
    records: list[str]


class SystemConflict(BaseModel):
    """Systems that contradict one another about a person, and what was decided. 关于本人的比对差异。"""

    conflict: str
    comparison: str
    rule: str
    state: str
    sides: list[dict[str, Any]]
    opened_at: datetime
    ended_at: datetime | None
    right: str | None
    follow_up: str | None
    reason: str | None
    organisation: str | None


async def rows_of(store: Store, vault: Vault, numbers: Collection[str]) -> list[SystemRow]:
    """By blind indexes of the person's numbers. Systems that are read from ourselves keep no snapshots. Unavailable."""
    found: list[SystemRow] = []
    for source in systems():
        kept = await newest(store.pool, source, legal_day())
        if kept is None:
            continue
        try:
            people = await people_in(store, vault, kept.snapshot)
        except KeyGone:  # its term has just ended
            continue
        found += [
            SystemRow(source=source, as_of=kept.as_of, region=each.region, fields=each.fields, records=[*each.records])
            for each in people
            if not set(each.indexes).isdisjoint(numbers)
        ]
    return found


async def conflicts_of(pool: Pool, workers: Collection[str]) -> list[SystemConflict]:
    """The oldest first. Unavailable."""
    rows = await queries.Query(about(workers)).fetch(pool)
    return [SystemConflict.model_validate({**row, "sides": msgspec.json.decode(row["sides"])}) for row in rows]
