"""Read model: linked workers who contradict the canonical one, until somebody has decided. By county."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Final

from contracts.region import RegionCode, bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, queries, table_name
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ARRAY, DateTime, Index, Select, String, select, tuple_
from sqlmodel import Field, SQLModel, col

from registry.workers.linking_events import DuplicateDecided, LinkConflictDecided, LinkConflictFound
from registry.workers.worker import WORKER

CODEC: Final = Codec(WORKER.events)


class LinkConflict(SQLModel):
    """What is said of both cannot be true of one, or has to be given to the canonical one. 合并人员信息冲突。"""

    pair: str = Field(primary_key=True)
    worker: str
    """The canonical one."""
    other: str
    kinds: list[str] = Field(sa_type=ARRAY(String))
    household_region: str
    since: datetime = Field(sa_type=DateTime(timezone=True))


NAME: Final = table_name("link_conflicts", __file__, CODEC)


class LinkConflictTable(LinkConflict, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "household_region", "pair"), {"schema": "views"})


def keys(fact: Fact[Any]) -> Iterable[str]:
    match fact.event:
        case LinkConflictFound() | LinkConflictDecided() | DuplicateDecided(undone=True):
            yield f"{fact.event.worker}|{fact.event.other}"


def fold(row: LinkConflict | None, fact: Fact[Any]) -> LinkConflict | None:
    """Undoing the link ends its conflict; what the undoing itself leaves open comes after it, in the same stream."""
    match fact.event:
        case LinkConflictFound() as found:
            return LinkConflict(
                pair=f"{found.worker}|{found.other}",
                worker=found.worker,
                other=found.other,
                kinds=list(found.kinds),
                household_region=found.household_region,
                since=fact.occurred_at,
            )
        case _:
            return None


LINK_CONFLICTS: Final = View(row=LinkConflict, table=LinkConflictTable, keys=keys, fold=fold, own=(CODEC,))


def open_in(region: str, after: tuple[str, str], limit: int) -> Select[Any]:
    first, last = bounds(region)
    place = tuple_(col(LinkConflictTable.household_region), col(LinkConflictTable.pair))
    return (
        select(LINK_CONFLICTS.definition)
        .where(col(LinkConflictTable.household_region).between(first, last), place > after)
        .order_by(col(LinkConflictTable.household_region), col(LinkConflictTable.pair))
        .limit(limit)
    )


class LinkConflictPage(BaseModel):
    conflicts: list[LinkConflict]
    next: str | None


link_conflicts = router()


@link_conflicts.get("/v1/link-conflicts", tags=["duplicates"])
async def list_link_conflicts(
    request: ApiRequest,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")],
    cursor: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> LinkConflictPage:
    """Conflicts of linked workers that nobody has decided, in a region and everything in it.

    某行政区划内待处理的合并人员信息冲突。
    """
    request.require_region(region)
    after = request.after(cursor, tuple[str, str]) if cursor else ("", "")
    pool = request.web.store.pool
    await until_view(pool, LINK_CONFLICTS.reader, wait_for, wait_seconds)
    rows = [LinkConflict(**row) for row in await queries.Query(open_in(region, after, limit)).fetch(pool)]
    following = request.cursor(rows[-1].household_region, rows[-1].pair) if len(rows) == limit else None
    return LinkConflictPage(conflicts=rows, next=following)
