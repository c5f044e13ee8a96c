"""When personal data were erased, their key is destroyed: again and again until the key database has confirmed it.

A reader of the log like every other, but for its effect, which lies in the key database: there the tombstone and the
horizon (up to where erasures are carried out) are written in one transaction, before the checkpoint moves. So a horizon
that has fallen behind an erasure which the checkpoint has passed shows that the key database was restored from an older
backup, and everything since is destroyed again.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

import structlog
from eventcore.database import Pool
from eventcore.facts import Fact
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Pages
from eventcore.readers.loop import Work

from registry.privacy.events import PersonalDataErased
from registry.vault.keys import Horizon, PersonKeys
from registry.workers.worker import WORKER

READER: Final = "policy/when_personal_data_erased_destroy_key"
PAGE: Final = 500

log = structlog.get_logger()

_HEAD: Final = "select h.incarnation, l.pos from log.head h, log.last() l"
_UNDONE: Final = """
select position, stream_id, version from log.events
where type = 'personal-data-erased' and position > $1 and position <= $2 order by position limit $3
"""


class DestroyWork(Work):
    """Carries erasures out in the key database."""

    name = READER

    def __init__(
        self, pool: Pool, keys: PersonKeys, pages: Pages, beside: Callable[[], AbstractAsyncContextManager[None]]
    ) -> None:
        """`beside` runs while this process leads."""
        self.pages = pages
        self._pool = pool
        self._keys = keys
        self._beside = beside

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """May be done again: a destroyed key stays destroyed."""
        erased = {fact.event.worker: fact.id for fact in facts if isinstance(fact.event, PersonalDataErased)}
        if erased:
            horizon = None if resumed else Horizon(await incarnation(self._pool), goal)
            await self._keys.destroy(erased, horizon)
        if resumed:
            await checkpoints.resume(self._pool, self.name, resumed)
        else:
            await checkpoints.move(self._pool, self.name, expected, goal)
        return goal

    def leading(self) -> AbstractAsyncContextManager[None]:
        """Begins with what the key database has forgotten."""
        return self._leading()

    @asynccontextmanager
    async def _leading(self) -> AsyncIterator[None]:
        await self.tend()
        async with self._beside():
            yield

    async def tend(self) -> None:
        """Destroys again what the checkpoint has passed and the key database does not know, and lets the horizon follow
        the checkpoint."""
        passed = await checkpoints.position(self._pool, self.name)
        name, at = await incarnation(self._pool), await known_up_to(self._pool, self._keys)
        while undone := await self._pool.fetch(_UNDONE, at, passed, PAGE):
            at = undone[-1]["position"]
            erased = {
                row["stream_id"].removeprefix(f"{WORKER.category}-"): f"{row['stream_id']}/{row['version']}"
                for row in undone
            }
            if again := await self._keys.destroy(erased, Horizon(name, at)):
                log.warning("vault.destroyed_again", count=again)
        if (await self._keys.horizon()) != Horizon(name, passed):
            await self._keys.destroy({}, Horizon(name, passed))


async def incarnation(pool: Pool) -> str:
    """The name of this log."""
    return str(await pool.fetchval("select incarnation from log.head"))


async def known_up_to(pool: Pool, keys: PersonKeys) -> int:
    """Up to where the key database knows the erasures of this log; 0 where it knows another one, or one that was
    longer."""
    horizon = await keys.horizon()
    name, head = await pool.fetchrow(_HEAD) or ("", 0)
    return horizon.position if horizon.incarnation == name and horizon.position <= head else 0


async def undone_since(pool: Pool, position: int) -> int | None:
    """The first erasure after the position that was once confirmed."""
    rows = await pool.fetch(
        "select e.position from log.checkpoints c join log.events e on e.type = 'personal-data-erased' "
        "and e.position > $1 and e.position <= c.position where c.reader = $2 order by e.position limit 1",
        position,
        READER,
    )
    return rows[0]["position"] if rows else None
