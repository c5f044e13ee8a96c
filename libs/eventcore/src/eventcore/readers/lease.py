"""Leases by session advisory locks: who holds one leads, everybody else stands by.

They only save double work: a checkpoint that is compared when it moves makes a second leader harmless.
"""

import asyncio
from typing import Final

import asyncpg

from eventcore.database import GONE

PAUSE: Final = 0.5

_HOLD: Final = "select pg_try_advisory_lock(hashtextextended($1, 77))"


class Leases:
    """All leases of one process, on a connection of their own. When it goes, every lease is gone."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection | None = None
        self._lock = asyncio.Lock()

    async def try_hold(self, name: str) -> bool:
        """Whether this process now holds the lease."""
        async with self._lock:
            try:
                if self._connection is None or self._connection.is_closed():
                    self._connection = await asyncpg.connect(self._url, timeout=5, command_timeout=5)
                return bool(await self._connection.fetchval(_HOLD, name))
            except GONE:
                return False

    async def hold(self, name: str) -> None:
        """Waits until this process holds the lease."""
        while not await self.try_hold(name):  # noqa: ASYNC110 the lock is in the database
            await asyncio.sleep(PAUSE)

    def held(self) -> bool:
        """Whether the leases are still there."""
        return self._connection is not None and not self._connection.is_closed()

    async def close(self) -> None:
        """Gives all leases back."""
        if self._connection is not None:
            await self._connection.close(timeout=2)
