"""One run: who is started when, what disturbs it, and when it is over."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

from tests.order import journal
from tests.order.crew import Crew, Worker
from tests.order.group import Group, Place
from tests.order.plan import WRITERS, ReaderTold, WriterTold

TICK: Final = 0.1
AHEAD: Final = 0.05
"""Of all events: so far are writers ahead of an inbox, so that both logs grow at the same time."""

_LAST = "select greatest((select max(position) from log.events), (select max(position) from log.inbox))"


@dataclass(slots=True, kw_only=True)
class Run:
    """So many own events by writers and so many foreign facts by a group of two, beside one reader of them."""

    place: Place
    seed: int
    own: int = 0
    foreign: int = 0
    failures: list[str] = field(default_factory=list)
    """Processes that died, errors that callers of the door met."""
    ends: int = 0
    """How often the reader stood at the end of the log while others wrote."""
    members: int = 0
    allowed: int = 0
    tenths: int = 0

    async def carry_out(self) -> None:
        """Returns when all that could be stored is stored and was read twice, and every process has ended."""
        limit = 120 + (self.own + self.foreign) / 300
        async with asyncio.timeout(limit), Crew(self.place.folder) as crew, self._database() as database:
            reader = await crew.start("reader", self._reader())
            writers = [await crew.start("writer", self._writer(n)) for n in range(WRITERS) if self.own]
            if self.foreign:
                await self._fill_inbox(Group(crew, self.place), database, writers)
            # a reader that comes late never stands where the writers write
            await self._watch(database, until=self.place.file("live").exists)
            self._allow(writers, self.own)
            await self._watch(database, until=lambda: all(writer.ended for writer in writers))
            reader.tell(str(await database.fetchval(_LAST)))
            await crew.finish(reader, *writers)
            self.failures += crew.failures()
            self.ends = 0 if self.failures else int(reader.last_line())

    def seen(self) -> tuple[list[journal.Seen], list[journal.Seen]]:
        """By the reader: beside the writers, and again from position 0."""
        return journal.seen(self.place.file("live")), journal.seen(self.place.file("again"))

    def answered(self) -> list[journal.Appended]:
        """What the writers were told."""
        return [line for n in range(WRITERS) for line in journal.appended(self.place.file(f"writer-{n}"))]

    def received(self) -> list[list[journal.Received]]:
        """What each process that was a member stored."""
        return [journal.received(self.place.file(f"member-{n}")) for n in range(self.members)]

    def forget(self) -> None:
        """Removes the journals of a run that was right."""
        for file in self.place.folder.glob("*.tsv"):
            file.unlink()

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[Any]:
        connection = await asyncpg.connect(self.place.urls.owner, timeout=10, command_timeout=60)
        try:
            yield connection
        finally:
            await connection.close()

    def _reader(self) -> ReaderTold:
        file = self.place.file
        return ReaderTold(
            url=self.place.urls.app,
            own=self.own > 0,
            foreign=self.foreign > 0,
            live=str(file("live")),
            again=str(file("again")),
        )

    def _writer(self, number: int) -> WriterTold:
        return WriterTold(
            url=self.place.urls.app,
            seed=self.seed,
            number=number,
            events=self.own // WRITERS,
            journal=str(self.place.file(f"writer-{number}")),
        )

    async def _fill_inbox(self, group: Group, database: Any, writers: Sequence[Worker]) -> None:
        """The producer goes on with each disturbance, so that every assignment of partitions has something to read.
        Ends when every message is stored, or nobody is left to do it."""
        turns, turn, stored = max(2, self.foreign // 50_000), 0, 0
        await group.start(self.seed, self.foreign, self.foreign // (turns + 1))
        while stored < self.foreign and group.alive():
            await self._tell(database)
            stored = await database.fetchval("select count(*) from log.inbox")
            if stored:
                self._allow(writers, int(self.own * (stored / self.foreign + AHEAD)))
            if turn < turns and stored > self.foreign * (turn + 0.5) / (turns + 1):
                turn += 1
                group.produce(self.foreign * (turn + 1) // (turns + 1))
                await group.disturb(turn)
            await asyncio.sleep(TICK)
        await group.leave()
        self.members = group.started

    def _allow(self, writers: Sequence[Worker], events: int) -> None:
        """So many own events may have begun."""
        events = min(events, self.own)
        if events > self.allowed:
            self.allowed = events
            for writer in writers:
                writer.tell(str(events // WRITERS))

    async def _watch(self, database: Any, until: Callable[[], bool]) -> None:
        while not until():
            await self._tell(database)
            await asyncio.sleep(TICK)

    async def _tell(self, database: Any) -> None:
        """A line for every tenth of the way."""
        total = self.own + self.foreign
        there = await database.fetchval(_LAST) or 0
        if there * 10 // total > self.tenths:
            self.tenths = there * 10 // total
            print(
                f"seed {self.seed}, {self.own:,} own and {self.foreign:,} foreign facts: {there:,} stored", flush=True
            )
