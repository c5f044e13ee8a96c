"""What all readers of a process want to know of the database, asked once for all of them.

The newest rows of the log: whom none of them concerns passes over them, whom some concern share them, each fetched and
decoded once. And, about once a second, where every reader stands and what is parked.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from eventcore.database import BUSY, GONE, Pool, Unavailable
from eventcore.grouped import Grouped
from eventcore.readers import checkpoints
from eventcore.readers.facts import END, PAGE, Line, Page, Pages, following
from eventcore.signal import Signal

SHORTEST: Final = 0.005
LONGEST: Final = 0.25
PAUSE: Final = 1.0
BREATH: Final = 0.01
"""Between two steps: what is appended meanwhile comes in one page to every reader, instead of in many."""
HELD: Final = 1_000
"""Rows at the end of the log that are kept for readers that come a little later."""


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
        self._held: list[Line] = []
        self._passing = Grouped(partial(checkpoints.pass_over, pool), lambda _: 1, PAGE)

    async def page(self, pages: Pages, since: int) -> Page:
        """A reader's next page: of the rows that are held for all, or by a query of its own where they do not go back
        so far."""
        behind = self.end - since
        if behind > len(self._held):
            return await pages.after(since, self.end)
        return pages.among(self._held[-behind:], self.end)

    async def keep(self) -> None:
        """Looks until it is cancelled: at once when this process appends, soon when another does."""
        idle = SHORTEST
        while True:
            before = self.woken.count
            with suppress(*GONE, *BUSY, Unavailable):
                now = asyncio.get_running_loop().time()
                if now - self.look.began >= PAUSE:
                    standings, parked = await checkpoints.standings(self._pool), await checkpoints.parked(self._pool)
                    self.look = Look(now, standings, parked)
                if await self._step():
                    idle = SHORTEST
                    self.woken.notify()
                    before += 1  # its own call does not wake it
                    await asyncio.sleep(BREATH)
                else:
                    idle = min(idle * 2, LONGEST)
            await self.woken.wait(idle, before)

    async def pass_over(self, reader: str, expected: int, goal: int) -> None:
        """Brings the checkpoint along where nothing was to be done: those of all readers together. Errors as `move`."""
        if not await self._passing.ask((reader, expected, goal)):
            raise checkpoints.CheckpointMoved(reader)

    async def _step(self) -> bool:
        """Whether there was anything. Positions have no gaps: what is held are the last so many."""
        if self.end == 0:
            self.end = await self._pool.fetchval(END)
            return self.end > 0
        lines = await following(self._pool, self.end)
        self._held = [*self._held, *lines][-HELD:]
        self.end += len(lines)
        return bool(lines)
