"""One look at the end of the log for all readers: who is concerned reads, who is not passes over, nobody misses any."""

from collections.abc import Iterable
from typing import Any

import pytest
from eventcore import Do, Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import Pages, Policy
from eventcore.readers.facts import Page
from eventcore.readers.policy import PolicyWork
from eventcore.store import Store
from following import CODECS, do, reached, running, seats, soon
from logs import LogUrls
from shop import CLASS, SEAT, ClassClosed, CloseClass, GiveSeatBack, TakeSeat

pytestmark = pytest.mark.postgres

OF_CLASSES = [Codec(CLASS.events)]


def when_class_closed_give_back_seat(fact: Fact[Any]) -> Iterable[Do[Any]]:
    if isinstance(fact.event, ClassClosed):
        yield Do(SEAT, "n1", GiveSeatBack())


CLOSING = Policy("when_class_closed_give_back_seat", when_class_closed_give_back_seat)


class CountedPages(Pages):
    read = 0

    async def after(self, *args: Any, **kwargs: Any) -> Page:
        self.read += 1
        return await super().after(*args, **kwargs)


async def taken(pool: Pool) -> int:
    return int(await pool.fetchval("select count(*) from log.events where type = 'seat-given-back'"))


async def test_what_is_new_is_fetched_once_for_all_and_passed_over_by_whom_it_does_not_concern(
    pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    pages = CountedPages(pool, OF_CLASSES)
    work = PolicyWork(store, CLOSING, pages)
    await seats(store, "n1")
    async with running(pool, log_urls, work, store):
        await soon(lambda: reached(pool, work.name))
        before = pages.read
        for n in range(20):
            await do(store, SEAT, f"m{n}", TakeSeat(class_key="weld", number=f"m{n}"), f"take m{n}")
        await soon(lambda: reached(pool, work.name))
        assert pages.read == before
        await do(store, CLASS, "weld", CloseClass(), "close")
        await soon(lambda: _returned(pool))
        assert pages.read == before


async def test_a_reader_that_was_behind_before_the_first_look_reads_it_all(
    pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    await seats(store, "n1")
    await do(store, CLASS, "weld", CloseClass(), "close")
    work = PolicyWork(store, CLOSING, Pages(pool, OF_CLASSES, size=1))
    async with running(pool, log_urls, work, store):
        await soon(lambda: reached(pool, work.name))
    assert await taken(pool) == 1


async def test_what_newer_code_wrote_concerns_every_reader(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    work = PolicyWork(store, CLOSING, Pages(pool, OF_CLASSES, known=OF_CLASSES[0].types()))
    async with running(pool, log_urls, work, store):
        await seats(store, "n1")
        await soon(lambda: reached(pool, work.name))
    assert await pool.fetchval("select reason from log.parked") == "UnknownEvent"


async def test_another_process_appends_and_is_seen(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    work = PolicyWork(store, CLOSING, Pages(pool, CODECS))
    async with running(pool, log_urls, work, store):
        await seats(Store(pool), "n1")
        await do(Store(pool), CLASS, "weld", CloseClass(), "close")
        await soon(lambda: reached(pool, work.name))
        await soon(lambda: _returned(pool))


async def _returned(pool: Pool) -> bool:
    return await taken(pool) == 1
