"""Readers at work on a log of the small domain, and waiting for what they do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from eventcore.call import Outcome
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import Work
from eventcore.readers.lease import Leases
from eventcore.readers.loop import follow
from eventcore.readers.tail import Tail
from eventcore.store import Order, Store, handle
from logs import LogUrls
from shop import CLASS, SEAT, OpenClass, TakeSeat

CODECS = [Codec(CLASS.events), Codec(SEAT.events)]
OF_SEATS = [Codec(SEAT.events)]


@asynccontextmanager
async def running(pool: Pool, urls: LogUrls, work: Work, store: Store | None = None) -> AsyncIterator[None]:
    leases, tail = Leases(urls.app), Tail(pool, (store or Store(pool)).appended)
    tasks = [asyncio.create_task(each) for each in (follow(pool, work, leases, tail), tail.keep())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        await leases.close()


async def soon(check: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not await check():  # noqa: ASYNC110 what is awaited is in the database
            await asyncio.sleep(0.01)


async def do(store: Store, decider: Any, key: str, command: Any, id: str) -> Outcome:
    return (await handle(store, decider, key, command, Order(id=id))).outcome


async def seats(store: Store, *numbers: str) -> None:
    await do(store, CLASS, "weld", OpenClass(place="x"), "open")
    for number in numbers:
        await do(store, SEAT, number, TakeSeat(class_key="weld", number=number), f"take {number}")


async def reached(pool: Pool, reader: str) -> bool:
    return bool(
        await pool.fetchval(
            "select c.position >= l.pos from log.checkpoints c, log.last() l where c.reader = $1", reader
        )
    )
