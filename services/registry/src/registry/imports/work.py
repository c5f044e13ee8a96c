"""The reader that runs imports: started ones are judged row by row, expired ones destroyed.

It follows the log as every reader does, by one process at a time. What was judged lies on the shelf in pieces, so that
who takes over goes on; and should two run the same import, the ids of the rows' commands keep it right.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, Final, TypeVar

import structlog
from eventcore import tracing
from eventcore.clock import monotonic
from eventcore.database import Unavailable
from eventcore.exchange.roll_call import may_act
from eventcore.facts import Fact
from eventcore.readers import Pages, checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.loop import Work
from eventcore.store import Order, Store, handle

from registry.imports.commands import CompleteImport, FailImport
from registry.imports.events import ImportCompleted, ImportExpired, ImportFailed, ImportStarted
from registry.imports.roster_import import IMPORT, Running
from registry.imports.rows import Rows
from registry.imports.shelf import Contents, Counts, Shelf
from registry.rosters import Roster, Row, Unreadable, Verdict
from registry.vault import PersonKeys

READER: Final = "imports"
PIECE: Final = 500
"""Rows whose verdicts are put on the shelf together."""
PIECES_AT_ONCE: Final = 4
"""While the rows of some wait for their keys, or at the door for the disk, those of another are decided."""
ROWS_A_CALL: Final = 63
"""Commands of a piece that go together: as many as a call of the door takes, in equal parts."""
SIDE_BY_SIDE: Final = 2
"""Imports that run at the same time, so that a small one need not wait for a large one; each is held in memory."""
TIDY_EVERY: Final = 600.0

Read = Callable[[ImportStarted, bytes], Roster]
"""The file's bytes to its rows. Unreadable."""

T = TypeVar("T")

log = structlog.get_logger()


class ImportWork(Work):
    """Does what imports ask for. Facts may be applied again."""

    name = READER

    def __init__(self, store: Store, keys: PersonKeys, shelf: Shelf, rows: Rows, pages: Pages, read: Read) -> None:
        self.pages = pages
        self._store = store
        self._keys = keys
        self._shelf = shelf
        self._rows = rows
        self._read = read
        self._runs = asyncio.Semaphore(SIDE_BY_SIDE)
        self._tidied = float("-inf")

    async def apply(
        self, facts: Sequence[Fact[Any]], expected: int, goal: int, resumed: Resumed | None = None
    ) -> int | None:
        """All of these imports to their ends, then the checkpoint. Rows are surveys: after a restore they wait."""
        if not await may_act(self._store.pool):
            raise Unavailable
        await _together(self._run(fact) for fact in facts if isinstance(fact.event, ImportStarted))
        for fact in facts:
            if isinstance(fact.event, ImportExpired):
                await self._destroy(fact)
        async with self._store.pool.acquire(timeout=5) as connection, connection.transaction():
            await checkpoints.move(connection, self.name, expected, goal)
            if resumed:
                await checkpoints.resume(connection, self.name, resumed)
        return goal

    async def tend(self) -> None:
        """Clears away now and then what no import was made of."""
        if monotonic() - self._tidied > TIDY_EVERY:
            self._tidied = monotonic()
            await self._shelf.clear_orphans()

    async def _run(self, fact: Fact[ImportStarted]) -> None:
        async with self._runs:
            state, _ = await self._store.state(IMPORT, fact.event.key)
            if not isinstance(state, Running):
                return
            with tracing.span("import", parent=fact.meta.trace):
                data = await self._shelf.file(fact.event.key, fact.event.pieces)
                try:
                    roster = await asyncio.to_thread(self._read, fact.event, data)
                except Unreadable as unreadable:
                    await self._end(fact, FailImport(ImportFailed(code=unreadable.code)))
                else:
                    await self._judge(fact, roster)

    async def _judge(self, fact: Fact[ImportStarted], roster: Roster) -> None:
        """Piece by piece; those that are on the shelf are done."""
        key, rows, began = fact.event.key, roster.rows, monotonic()
        sheets = tuple(sheet.name for sheet in roster.sheets if sheet.status == "read")
        await self._shelf.put_contents(key, len(rows), Contents(sheets=sheets, ignored_columns=roster.ignored_columns))
        done = (await self._shelf.counts(key)).pieces
        pieces = [rows[at : at + PIECE] for at in range(0, len(rows), PIECE)]
        places = asyncio.Semaphore(PIECES_AT_ONCE)

        async def judged(n: int, piece: Sequence[Row]) -> None:
            async with places:
                await self._shelf.put_verdicts(key, n, await self._verdicts(piece, fact))

        await _together(judged(n, piece) for n, piece in enumerate(pieces) if n not in done)
        counts = await self._shelf.counts(key)
        await self._end(fact, CompleteImport(_result(counts)))
        log.info("import.completed", count=counts.judged, seconds=round(monotonic() - began, 3))

    async def _verdicts(self, piece: Sequence[Row], fact: Fact[ImportStarted]) -> list[Verdict]:
        calls = [piece[at : at + ROWS_A_CALL] for at in range(0, len(piece), ROWS_A_CALL)]
        return [verdict for rows in calls for verdict in await self._rows.judge(rows, fact)]

    async def _end(self, fact: Fact[ImportStarted], command: CompleteImport | FailImport) -> None:
        order = Order(id=f"{self.name}/{fact.id}/end", meta=fact.answered_by(self.name))
        await handle(self._store, IMPORT, fact.event.key, command, order)

    async def _destroy(self, fact: Fact[ImportExpired]) -> None:
        """The key first: what is on the shelf, and in its backups, is nothing without it."""
        await self._keys.destroy({fact.stream: fact.id})
        await self._shelf.clear(fact.stream.removeprefix(IMPORT.stream("")))


def _result(counts: Counts) -> ImportCompleted:
    return ImportCompleted(
        rows=counts.judged,
        recorded=counts.recorded,
        again=counts.again,
        unchanged=counts.unchanged,
        refused=dict(counts.refused),
    )


async def _together(jobs: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What all of them came to, in order. The first that fails ends the others, and its error is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(job) for job in jobs]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
