"""The reader that destroys the keys of snapshots whose term has ended."""

from collections.abc import Sequence
from typing import Any, Final

from eventcore.facts import Fact
from eventcore.readers import Pages, checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.loop import Work
from eventcore.store import Store

from registry.matching.snapshots.events import SnapshotTermEnded
from registry.vault import PersonKeys

READER: Final = "snapshot-terms"


class TermWork(Work):
    """Facts may be applied again: a destroyed key stays destroyed."""

    name = READER

    def __init__(self, store: Store, keys: PersonKeys, pages: Pages) -> None:
        self.pages = pages
        self._store = store
        self._keys = keys

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """The keys first, then the checkpoint."""
        ended = {fact.stream: fact.id for fact in facts if isinstance(fact.event, SnapshotTermEnded)}
        if ended:
            await self._keys.destroy(ended)
        async with self._store.pool.acquire(timeout=5) as connection, connection.transaction():
            await checkpoints.move(connection, self.name, expected, goal)
            if resumed:
                await checkpoints.resume(connection, self.name, resumed)
        return goal
