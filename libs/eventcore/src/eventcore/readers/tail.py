"""What all readers of a process want to know of the database, asked once for all of them.

How far the log goes, and which types lie at its end: a reader that none of them concerns passes over the stretch
without a query of its own. And, about once a second, where every reader stands and what is parked.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from eventcore.database import BUSY, GONE, Pool, Unavailable
from eventcore.readers import checkpoints
from eventcore.readers.facts import Pages
from eventcore.signal import Signal

SHORTEST: Final = 0.005
LONGEST: Final = 0.1
PAUSE: Final = 1.0
BREATH: Final = 0.01
"""Between two steps: what is appended meanwhile comes in one page to every reader, instead of in many."""
SPAN: Final = 5_000
"""Positions that are looked at in one step."""

_LAST: Final = "select pos from log.last()"
_TYPES: Final = """
select true as own, type, max(position) as newest from log.events where position > $1 and position <= $2 group by type
union all
select false, type, max(position) from log.inbox where position > $1 and position <= $2 group by type
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Where the readers stood and what was parked, no earlier than `began` (time of the event loop)."""

    began: float = float("-inf")
    standings: dict[str, tuple[int, int, float]] = field(default_factory=dict)
    parked: dict[str, dict[str, tuple[int, bool]]] = field(default_factory=dict)


class Tail:
    """`end` is the last position that was seen, `look` the last of the looks at all readers; `woken` wakes whoever
    waits for the log to go on."""

    def __init__(self, pool: Pool, woken: Signal) -> None:
        self.end = 0
        self.look = Look()
        self.woken = woken
        self._pool = pool
        self._begin: int | None = None
        self._newest: dict[tuple[bool, str], int] = {}

    def concerns(self, pages: Pages, since: int) -> bool:
        """Whether something between `since` and the end may be wanted. Of what lies before its first look it knows
        nothing."""
        if self._begin is None or since < self._begin:
            return True
        return any(newest > since and pages.wants(*kind) for kind, newest in self._newest.items())

    async def keep(self) -> None:
        """Looks until it is cancelled: at once when this process appends, soon when another does."""
        idle = SHORTEST
        while True:
            before = self.woken.count
            with suppress(*GONE, *BUSY, Unavailable):
                if asyncio.get_running_loop().time() - self.look.began >= PAUSE:
                    await self._look()
                if await self._step():
                    idle = SHORTEST
                    self.woken.notify()
                    before += 1  # its own call does not wake it
                    await asyncio.sleep(BREATH)
                else:
                    idle = min(idle * 2, LONGEST)
            await self.woken.wait(idle, before)

    async def _look(self) -> None:
        began = asyncio.get_running_loop().time()
        self.look = Look(began, await checkpoints.standings(self._pool), await checkpoints.parked(self._pool))

    async def _step(self) -> bool:
        """Whether there was anything. Positions have no gaps, so a step with nothing in it is at the end."""
        before = self.end
        if self._begin is None:
            self._begin = self.end = await self._pool.fetchval(_LAST)
        else:
            for own, kind, newest in await self._pool.fetch(_TYPES, self.end, self.end + SPAN):
                self._newest[own, kind] = newest
                self.end = max(self.end, newest)
        return self.end > before
