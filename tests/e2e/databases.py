"""The databases of a province, asked by plain code over connections that stay."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Final, TypeVar

import asyncpg

PATIENCE: Final = 30.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Databases:
    """Their owner's connections, one a database, on a loop in a thread of its own."""

    _loop: asyncio.AbstractEventLoop
    _pools: dict[str, asyncpg.Pool] = field(default_factory=dict)

    def fetch(self, address: str, statement: str, arguments: tuple[object, ...]) -> list[asyncpg.Record]:
        """The rows. A connection that somebody ended is made anew."""
        return self.wait(self._fetch(address, statement, arguments))

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(2 * PATIENCE)

    async def _fetch(self, address: str, statement: str, arguments: tuple[object, ...]) -> list[asyncpg.Record]:
        if address not in self._pools:
            self._pools[address] = await asyncpg.create_pool(
                address, min_size=0, max_size=1, timeout=PATIENCE, statement_cache_size=0
            )
        return list(await self._pools[address].fetch(statement, *arguments, timeout=PATIENCE))

    async def close(self) -> None:
        for pool in self._pools.values():
            await pool.close()


@contextmanager
def connected() -> Iterator[Databases]:
    """Within the block."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    databases = Databases(loop)
    try:
        yield databases
    finally:
        databases.wait(databases.close())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
