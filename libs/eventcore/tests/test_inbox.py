"""The inbox keeps bytes as they came, once, in the log's own line of positions."""

from typing import Any, cast

import pytest
import toy_dialect
from eventcore.broker.messages import Incoming, Refused
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.inbox import Inbox
from eventcore.readers import Pages
from eventcore.signal import Signal
from eventcore.store import Order, Store, handle
from shop import COUNTER, Count

pytestmark = pytest.mark.postgres


def message(n: int, *, offset: int = 0, value: bytes = b"{}", source: str = "/cn/440000/registry") -> Incoming:
    headers = (
        ("ce_source", source.encode()),
        ("ce_id", f"survey-{n}/1/t.v1".encode()),
        ("ce_type", b"t.v1"),
        ("ce_time", b"2026-11-01T00:00:00Z"),
    )
    return Incoming(
        topic="440000.registry.survey.1",
        partition=0,
        offset=offset or n,
        key=f"survey-{n}".encode(),
        value=value,
        headers=headers,
    )


@pytest.fixture
def inbox(pool: Pool) -> Inbox:
    return Inbox(pool, Signal())


async def test_a_message_is_stored_once_however_often_and_wherever_it_comes(inbox: Inbox, pool: Pool) -> None:
    await inbox.receive([message(1), message(2), message(1, offset=7)])
    await inbox.receive([message(2, offset=9), message(3), message(1, offset=11)])
    rows = await pool.fetch("select id, position, data from log.inbox order by position")
    assert [row["id"] for row in rows] == [f"survey-{n}/1/t.v1" for n in (1, 2, 3)]
    assert [row["position"] for row in rows] == [1, 2, 3]


async def test_the_same_id_of_two_sources_is_two_messages(inbox: Inbox, pool: Pool) -> None:
    await inbox.receive([message(1), message(1, source="/cn/520000/registry")])
    assert await pool.fetchval("select count(*) from log.inbox") == 2


@pytest.mark.parametrize("at_once", [True, False])
async def test_other_bytes_under_a_known_id_stop_their_source_and_no_other(
    inbox: Inbox, pool: Pool, at_once: bool
) -> None:
    first, other = message(1), message(1, value=b'{"n":1}')
    if not at_once:
        await inbox.receive([first])
    with pytest.raises(Refused) as refused:
        await inbox.receive([first, other] if at_once else [other])
    assert refused.value.source == "/cn/440000/registry"
    with pytest.raises(Refused):
        await inbox.receive([message(5)])
    await inbox.receive([message(6, source="/cn/520000/registry")])
    stored = await pool.fetch("select source, data from log.inbox where id = 'survey-1/1/t.v1'")
    assert [row["data"] for row in stored] == ([] if at_once else [b"{}"])
    assert await pool.fetchval("select count(*) from log.frozen_sources") == 1


async def test_what_has_no_identity_is_kept_apart_and_does_not_stop_the_others(inbox: Inbox, pool: Pool) -> None:
    nameless = Incoming(topic="t", partition=0, offset=4, key=b"\xff", value=b"?", headers=())
    await inbox.receive([nameless, message(1)])
    assert await pool.fetchval("select count(*) from log.inbox") == 1
    assert await pool.fetchval("select data from log.unreadable") == b"?"


class Busy:
    """A connection beside which others write: after each statement an own and a foreign fact are there."""

    def __init__(self, pool: Pool, inbox: Inbox) -> None:
        self._pool, self._inbox, self.written = pool, inbox, 0

    async def fetch(self, statement: str, *arguments: Any) -> Any:
        return await self._write_after(await self._pool.fetch(statement, *arguments))

    async def fetchval(self, statement: str, *arguments: Any) -> Any:
        return await self._write_after(await self._pool.fetchval(statement, *arguments))

    async def _write_after(self, found: Any) -> Any:
        if self.written < 6:
            self.written += 1
            await handle(Store(self._pool), COUNTER, f"c{self.written}", Count(), Order(id=f"count {self.written}"))
            await self._inbox.receive([message(self.written)])
        return found


async def test_a_page_of_both_logs_misses_nothing_that_is_written_meanwhile(inbox: Inbox, pool: Pool) -> None:
    pages = Pages(cast(Any, Busy(pool, inbox)), [Codec(COUNTER.events)], toy_dialect, {"t.v1"})
    seen, at = list[int](), 0
    for _ in range(12):
        page = await pages.after(at)
        seen += [fact.position for fact in page.facts]
        at = page.last
    assert seen == list(range(1, 13))
