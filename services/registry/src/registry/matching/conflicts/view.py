"""Read model: conflicts between source systems, by county; what is open, since when, and what was decided."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, assert_never

import msgspec
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import DateTime, Index
from sqlmodel import Field, SQLModel

from registry.matching.conflicts.conflict import CONFLICT
from registry.matching.conflicts.events import (
    ConflictEvent,
    MatchConflictDecided,
    MatchConflictOpened,
    MatchConflictVanished,
)

CODEC: Final = Codec(CONFLICT.events)
NAME: Final = table_name("conflicts", __file__, CODEC)


class ListedConflict(SQLModel):
    conflict: str = Field(primary_key=True)
    comparison: str
    rule: str
    county: str
    state: str
    """`open`, `decided`, `vanished`"""
    worker: str | None
    sides: str
    """JSON array of `sides.Side`."""
    run: str
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    right: str | None = None
    follow_up: str | None = None
    reason: str | None = None
    official: str | None = None
    organisation: str | None = None


class ConflictsTable(ListedConflict, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_place", "state", "county", "opened_at"),
        Index(f"{NAME}_comparison", "comparison", "state"),
        Index(f"{NAME}_worker", "worker"),
        {"schema": "views"},
    )


def keys(fact: Fact[ConflictEvent]) -> Iterable[str]:
    yield fact.event.conflict


def fold(row: ListedConflict | None, fact: Fact[ConflictEvent]) -> ListedConflict | None:
    match fact.event:
        case MatchConflictOpened() as opened:
            return _open(row, opened, fact.occurred_at)
        case MatchConflictDecided() as decided:
            return row and row.model_copy(update=_decision(decided, fact.occurred_at))
        case MatchConflictVanished():
            return row and row.model_copy(update={"state": "vanished", "ended_at": fact.occurred_at})
        case _:
            assert_never(fact.event)


def _open(row: ListedConflict | None, event: MatchConflictOpened, at: datetime) -> ListedConflict:
    """Open since the first time that it was found and not ended meanwhile."""
    return ListedConflict(
        conflict=event.conflict,
        comparison=event.comparison,
        rule=event.rule,
        county=event.county,
        state="open",
        worker=event.worker,
        sides=msgspec.json.encode(event.sides).decode(),
        run=event.run,
        opened_at=row.opened_at if row and row.state == "open" else at,
    )


def _decision(event: MatchConflictDecided, at: datetime) -> dict[str, object]:
    return {
        "state": "decided",
        "ended_at": at,
        "right": event.right,
        "follow_up": event.follow_up,
        "reason": event.reason,
        "official": event.official,
        "organisation": event.organisation,
    }


CONFLICTS: Final = View(row=ListedConflict, table=ConflictsTable, keys=keys, fold=fold, own=(CODEC,))
