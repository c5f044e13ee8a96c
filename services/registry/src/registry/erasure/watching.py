"""What every process does about once a second: keys of erased persons go from its memory, new lines of key files come
in, and the vault closes where the key database does not fit the log."""

import asyncio
from collections.abc import Sequence
from typing import Final

import asyncpg
import structlog
from eventcore.database import GONE
from eventcore.store import Store

from registry.erasure.standing import incomplete, older
from registry.vault import KeyFile, KeyFileUnusable, PersonKeys
from registry.workers.worker import WORKER

EVERY: Final = 1.0
SELDOM: Final = 30
"""Looks after which it asks again whether keys are missing: that costs more, and a restore takes a restart."""
_ERASED: Final = """
select position, stream_id from log.events where type = 'personal-data-erased' and position > $1 order by position
"""

log = structlog.get_logger()


class Watch:
    """What this process has seen."""

    def __init__(self, store: Store, keys: PersonKeys, files: Sequence[KeyFile] = ()) -> None:
        self._store = store
        self._keys = keys
        self._files = files
        self._position: int | None = None
        self._looks = 0

    async def look(self) -> None:
        """Once."""
        for file in self._files:
            self._reload(file)
        await self._evict()
        found = await older(self._store.pool, self._keys)
        if not found and (self._keys.closed or self._looks % SELDOM == 0):
            found = await incomplete(self._store.pool, self._keys)
        self._looks += 1
        if found != self._keys.closed:
            (log.error if found else log.info)("vault.closed" if found else "vault.opened", reason=found or "")
        self._keys.closed = found

    async def keep(self, every: float = EVERY) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.look()
            except (*GONE, asyncpg.PostgresError) as error:
                log.warning("vault.not_watched", error=type(error).__name__)

    def _reload(self, file: KeyFile) -> None:
        try:
            if file.reload():
                log.info("vault.keys_reloaded", name=file.name, count=len(file))
        except KeyFileUnusable as unusable:
            log.error("vault.keys_unusable", reason=str(unusable))

    async def _evict(self) -> None:
        """What was erased before this process began was never in its memory."""
        if self._position is None:
            self._position = int(await self._store.pool.fetchval("select pos from log.last()"))
        for row in await self._store.pool.fetch(_ERASED, self._position):
            self._keys.forget(row["stream_id"].removeprefix(f"{WORKER.category}-"))
            self._store.forget([row["stream_id"]])
            self._position = row["position"]
