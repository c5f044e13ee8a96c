"""A process that appends: tasks that send calls of 1–64 commands through the door, in pairs that share one.

Run as `python -m tests.order.writer TOLD`; each line of its standard input says how many events it may have begun.
"""

import asyncio
import json
import random
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import asyncpg
from eventcore.call import Answer, Entry, Outcome, Submission
from eventcore.database import Pool, Unavailable, connect
from eventcore.door import Door

from tests.order import journal
from tests.order.domain import CODEC, Counted
from tests.order.plan import CALL, TASKS, WriterTold
from tests.order.stdin import lines

SHARED = [f"shared-{n}" for n in range(60)]
ERRORS = 25
"""A task that met so many ends: the run has failed."""
TICK = 0.005


class Writer:
    def __init__(self, told: WriterTold, pool: Pool, file: TextIO) -> None:
        self._told, self._pool, self._file = told, pool, file
        self._begun, self._allowed = 0, 0
        self._numbers = iter(range(sys.maxsize))
        self._versions: dict[str, int] = {}

    async def run(self) -> None:
        doors = [Door(self._pool) for _ in range(TASKS // 2)]
        async with asyncio.TaskGroup() as group:
            group.create_task(self._obey())
            for n in range(TASKS):
                group.create_task(self._work(n, doors[n // 2]))

    async def _obey(self) -> None:
        orders = await lines()
        while self._allowed < self._told.events:
            self._allowed = int(await orders.readline())

    async def _work(self, task: int, door: Door) -> None:
        dice = random.Random(f"writer {self._told.seed} {self._told.number} {task}")
        streams, errors = [f"task-{self._told.number}-{task}-{n}" for n in range(300)], 0
        while self._begun < self._told.events and errors < ERRORS:
            if self._begun == self._allowed:
                await asyncio.sleep(TICK)
                continue
            entries = self._call(dice, streams)
            events = sum(len(entry.events) for entry in entries)
            self._begun += events
            try:
                results = await _submit(door, Submission(entries))
            except asyncpg.PostgresError as error:
                errors += 1
                self._begun -= events
                print(f"{type(error).__name__}: {error}", flush=True)
            else:
                await self._note(entries, results)

    def _call(self, dice: random.Random, streams: Sequence[str]) -> list[Entry]:
        """Half of the calls write each stream once, by one event; the others meet streams again."""
        left = self._allowed - self._begun
        size = min(dice.randint(1, CALL), left)
        if apart := dice.random() < 0.5:
            chosen = dice.sample(streams, size)
        else:
            chosen = [dice.choice(SHARED if dice.random() < 0.2 else streams) for _ in range(size)]
        entries, versions = [], {stream: self._versions.get(stream, 0) for stream in chosen}
        for stream in chosen:
            events = min(1 if apart else dice.choice((1, 1, 1, 2, 3)), left)
            if events > 0:
                entries.append(self._entry(stream, versions[stream], events))
                versions[stream] += events
                left -= events
        return entries

    def _entry(self, stream: str, version: int, events: int) -> Entry:
        number = next(self._numbers)
        event = Counted(writer=self._told.number, number=number)
        return Entry(
            id=f"{self._told.number}/{number}",
            fingerprint=b"",
            outcome=Outcome.ACCEPTED,
            answer=b"",
            stream=stream,
            expected=version,
            events=[CODEC.encode(event, f"{stream}/{version + n}") for n in range(1, events + 1)],
        )

    async def _note(self, entries: Sequence[Entry], results: Sequence[Answer]) -> None:
        stale = set()
        for entry, result in zip(entries, results, strict=True):
            count = len(entry.events)
            if result.settled:
                self._versions[entry.stream] = max(self._versions.get(entry.stream, 0), result.version)
                first, version = result.position - count + 1, result.version - count + 1
                journal.write(self._file, ((first + n, entry.stream, version + n) for n in range(count)))
            else:
                self._begun -= count
                stale.add(entry.stream)
        if stale:
            await self._look_again(stale)

    async def _look_again(self, streams: set[str]) -> None:
        rows: list[Any] = await self._pool.fetch(
            "select stream_id, max(version) as version from log.events where stream_id = any($1) group by stream_id",
            list(streams),
        )
        self._versions.update({row["stream_id"]: row["version"] for row in rows})


async def _submit(door: Door, submission: Submission) -> Sequence[Answer]:
    """Unavailable: the same once more, with the same ids."""
    while True:
        try:
            return (await door.submit(submission)).results
        except Unavailable:
            await asyncio.sleep(0.1)


async def main() -> None:
    told = WriterTold(**json.loads(sys.argv[1]))
    pool = await connect(told.url, size=TASKS)
    with journal.opened(told.journal) as file:
        await Writer(told, pool, file).run()
    await pool.close()


if __name__ == "__main__":
    asyncio.run(main())
