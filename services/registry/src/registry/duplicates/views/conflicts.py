"""Read model: linked workers who contradict the canonical one, until somebody has decided. By county."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Final

from contracts.region import RegionCode, bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ARRAY, DateTime, Index, String, select
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


class LinkConflictPage(BaseModel):
    conflicts: list[LinkConflict]
    next: str | None


link_conflicts = router()


@link_conflicts.get("/v1/link-conflicts", tags=["duplicates"])
async def list_link_conflicts(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")],
) -> LinkConflictPage:
    """Conflicts of linked workers that nobody has decided, in a region and everything in it.

    某行政区划内待处理的合并人员信息冲突。
    """
    request.require_region(region)
    there = col(LinkConflictTable.household_region)
    wanted = select(LINK_CONFLICTS.definition).where(there.between(*bounds(region)))
    rows, following = await page.rows(LINK_CONFLICTS, wanted, there, LinkConflictTable.pair)
    return LinkConflictPage(conflicts=rows, next=following)
