"""Read model: hand-overs of responsibility that are not done, whom they wait for, since when; and which of them were
refused, so that a person has to look."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from eventcore import Fact
from eventcore.clock import Clock
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from eventcore.web import Paged, router
from eventcore.web.waiting import Paging
from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import ColumnElement, DateTime, select
from sqlmodel import Field, SQLModel, col

from registry.stewardship.events import (
    LedgerEvent,
    RecallRefusalNoted,
    StewardshipGranted,
    StewardshipRecalled,
    StewardshipRecovered,
)
from registry.stewardship.tenure_events import (
    RequestDenialNoted,
    TenureEnding,
    TenureEvent,
    TenureHeld,
    TenureReleased,
    TenureRequested,
)

CODECS: Final = (Codec(LedgerEvent), Codec(TenureEvent))
Kind: TypeAlias = Literal["RELEASE", "GRANT", "SERVICES"]
"""Home waits for the holder, a province for home's grant, a holder for its own services."""


class Wait(SQLModel):
    stream: str = Field(primary_key=True)
    worker: str
    kind: str
    province: str
    """Who has to answer."""
    ground: str
    since: datetime = Field(sa_type=DateTime(timezone=True), index=True)
    refused: str | None = None


class WaitTable(Wait, table=True):
    __tablename__ = table_name("stewardship_waits", __file__, *CODECS)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[LedgerEvent | TenureEvent]) -> Iterable[str]:
    yield fact.stream


def fold(row: Wait | None, fact: Fact[LedgerEvent | TenureEvent]) -> Wait | None:
    """A stream waits for one thing at a time. What says nothing of that leaves the row as it is."""
    match fact.event:
        case StewardshipRecalled(region=holder) as event:
            return _wait(fact, "RELEASE", holder, event.ground)
        case TenureRequested(home=home) as event:
            return _wait(fact, "GRANT", home, event.ground)
        case TenureEnding(ground=ground, home=home):
            return _wait(fact, "SERVICES", home, ground)
        case RecallRefusalNoted(reason=reason) | RequestDenialNoted(reason=reason):
            return row and row.model_copy(update={"refused": reason})
        case StewardshipGranted() | StewardshipRecovered() | TenureHeld() | TenureReleased():
            return None
        case _:
            return row


def _wait(fact: Fact[Any], kind: Kind, province: str, ground: str) -> Wait:
    return Wait(
        stream=fact.stream,
        worker=fact.event.worker,
        kind=kind,
        province=province,
        ground=ground,
        since=fact.occurred_at,
    )


WAITS: Final = View(row=Wait, table=WaitTable, keys=keys, fold=fold, own=CODECS)


class WaitOut(BaseModel):
    """A hand-over that is not done. 未完成的管辖移交。"""

    worker: str
    kind: Kind
    province: str
    ground: str
    since: datetime
    age_seconds: int
    refused: str | None


class WaitsPage(BaseModel):
    """The oldest first, and the cursor of the next page where there may be one. 等待最久者在前。"""

    waits: list[WaitOut]
    next: str | None


def routes(clock: Clock) -> APIRouter:
    """Waits and cases."""
    found = router()

    async def answer(page: Paging, *wanted: ColumnElement[bool]) -> WaitsPage:
        page.request.require_region(page.request.web.region)
        waiting = select(WAITS.definition).where(*wanted)
        rows, following = await page.rows(WAITS, waiting, WaitTable.since, WaitTable.stream)
        now = clock.now()
        waits = [WaitOut(**row.model_dump(), age_seconds=int((now - row.since).total_seconds())) for row in rows]
        return WaitsPage(waits=waits, next=following)

    @found.get("/v1/stewardship-waits", tags=["stewardship"])
    async def list_waits(page: Paged) -> WaitsPage:
        """Hand-overs of responsibility that wait: for whom, since when. 未完成的管辖移交：等待对象与时长。"""
        return await answer(page)

    @found.get("/v1/stewardship-cases", tags=["stewardship"])
    async def list_cases(page: Paged) -> WaitsPage:
        """Hand-overs that somebody refused, with the reason: a person has to look. 被拒绝的管辖移交，须人工处理。"""
        return await answer(page, col(WaitTable.refused).is_not(None))

    return found
