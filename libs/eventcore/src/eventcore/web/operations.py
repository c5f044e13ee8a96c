"""`GET /v1/operations` and `GET /v1/events`: how this service stands, and its public events without Kafka."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile
from typing import Annotated, Any, Final, cast

from fastapi import APIRouter, Query
from starlette.responses import Response

from eventcore.clock import monotonic
from eventcore.database import reading
from eventcore.facts import Fact
from eventcore.readers.facts import Pages
from eventcore.web.problems import Problem
from eventcore.web.requests import ApiRequest
from eventcore.web.routes import router as new_router

SHOWN: Final = 200
POLL: Final = 0.25
MEDIA_TYPE: Final = "application/cloudevents-batch+json"
_SQL: Final = files("eventcore.web").joinpath("operations.sql").read_text("utf-8")

_BATCH: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "array"}}}}}

Publish = Callable[[Fact[Any]], bytes | None]
"""The public event of a fact as CloudEvents JSON; None where it stays at home."""


async def operations(request: ApiRequest) -> Response:
    """How far every reader is, what is parked, which timers are due, what could not be read.

    各读者的进度、被搁置的流、到期的定时器，以及无法读取的消息。
    """
    with reading():
        document = await request.web.store.pool.fetchval(_SQL, SHOWN)
    return Response(document, media_type="application/json")


@dataclass(frozen=True, slots=True)
class Feed:
    """The public events of this service in the order of its log, from any point of its history."""

    pages: Pages
    publish: Publish

    async def events(
        self,
        request: ApiRequest,
        after: Annotated[str, Query(max_length=100, description="Next-Cursor of the last answer. 上次的游标。")] = "",
        limit: Annotated[int, Query(ge=1, le=200, description="At most so many facts. 最多条数。")] = 100,
        wait: Annotated[float, Query(ge=0, le=30, description="Seconds to wait for news. 等待秒数。")] = 0,
    ) -> Response:
        """A batch of public events (CloudEvents 1.0) after a cursor; the header Next-Cursor continues it.

        游标之后的一批公共事件（CloudEvents 1.0）；用响应头 Next-Cursor 继续读取。
        """
        store, until = request.web.store, monotonic() + wait
        with reading():
            incarnation = await store.pool.fetchval("select incarnation from log.head")
            position = _position(after, incarnation)
            while True:
                events, position, more = await self._batch(position, limit)
                if events or (not more and monotonic() >= until):
                    break
                if not more:
                    await store.appended.wait(min(POLL, until - monotonic()))
        body = b"[" + b",".join(events) + b"]"
        return Response(body, headers={"Next-Cursor": f"{incarnation}:{position}"}, media_type=MEDIA_TYPE)

    async def _batch(self, position: int, limit: int) -> tuple[list[bytes], int, bool]:
        page = await self.pages.after(position)
        facts = cast(list[Fact[Any]], [*takewhile(lambda fact: isinstance(fact, Fact), page.facts)][:limit])
        if page.facts and not facts:  # nothing is skipped: followers wait here until it can be read
            raise Problem("feed_blocked", headers={"Retry-After": "60"})
        events = [event for fact in facts if (event := self.publish(fact)) is not None]
        if len(facts) < len(page.facts):
            return events, facts[-1].position, True
        return events, page.last, page.full


def _position(cursor: str, incarnation: str) -> int:
    named, _, position = cursor.rpartition(":")
    if not cursor:
        return 0
    if not (position.isascii() and position.isdecimal() and len(position) < 19):
        raise Problem("cursor_invalid")
    if named != incarnation:
        raise Problem("incarnation_changed")
    return int(position)


def routes(feed: Feed | None) -> APIRouter:
    """The routes of operators and followers."""
    found = new_router()
    found.get("/v1/operations", tags=["operations"])(operations)
    if feed:
        found.get("/v1/events", tags=["events"], responses=_BATCH, response_class=Response)(feed.events)
    return found
