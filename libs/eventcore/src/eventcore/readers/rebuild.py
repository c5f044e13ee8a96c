"""Builds a view from the beginning of the log beside the one that serves, and swaps when it has caught up.

Rows are folded in memory and written by COPY; what comes meanwhile follows by upserts. The swap happens with the live
checkpoint locked, so no fact is between the two.
"""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from sqlmodel import SQLModel

from eventcore.database import Pool
from eventcore.facts import Fact
from eventcore.readers import checkpoints
from eventcore.readers.facts import Page, Pages, Unread
from eventcore.readers.view import SCHEMA, Rows, View, ddl

R = TypeVar("R", bound=SQLModel)

IN_MEMORY: Final = 1_000_000
"""Rows that a build keeps in memory before it writes them and goes on with upserts."""

LONGEST: Final = 3600
"""Seconds that the COPY and its key may take."""

CLOSE: Final = 2_000
"""Facts behind the live view at which the swap is tried."""

Progress = Callable[[int, int], None]
"""(position, of)."""


class Poisoned(Exception):
    """A fact cannot be folded: the rebuild stops, the live view stays. Position and stream are in the message."""


class NotCaughtUp(Exception):
    """The new rows are behind the live ones: they are not swapped in."""


async def rebuild(pool: Pool, view: View[Any], pages: Pages, progress: Progress = lambda *_: None) -> int:
    """Rebuilds the view's own version, while it serves. Returns the position that it reached. Needs the owner role."""
    build = _Build(pool, view, pages, progress)
    await build.prepare()
    with _uncollected():
        await build.copy()
    while not await build.swap():
        await build.catch_up()
    return build.position


@contextmanager
def _uncollected() -> Iterator[None]:
    """Facts and rows are in no circles, and there are many: a collection would walk through all and find nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Build(Generic[R]):
    def __init__(self, pool: Pool, view: View[R], pages: Pages, progress: Progress) -> None:
        self.position = 0
        self._pool, self._view, self._pages, self._progress = pool, view, pages, progress
        self._new = f"{view.name}_new"
        self._rows = Rows(view, self._new)
        self._head = 0

    async def prepare(self) -> None:
        async with self._pool.acquire(timeout=5) as connection:
            await connection.execute(f'drop table if exists {SCHEMA}."{self._new}"')
            await connection.execute(f'create table {SCHEMA}."{self._new}" (like {SCHEMA}."{self._view.name}")')
            self._head = await connection.fetchval("select pos from log.last()")

    async def copy(self) -> None:
        """Folds in memory, then one COPY; the key and indexes come after it. The next page is read meanwhile."""
        rows: dict[str, R | None] = {}
        coming = asyncio.create_task(self._pages.after(0))
        page = Page((), 0, True)
        try:
            while page.full and len(rows) < IN_MEMORY:
                page = await coming
                coming = asyncio.create_task(self._pages.after(page.last))
                await asyncio.sleep(0)  # it is sent before the fold, which lets nobody else run
                self._fold(rows, page)
                self._progress(self.position, self._head)
        finally:
            coming.cancel()
        columns = self._rows.columns
        records = ([row.__dict__[c] for c in columns] for row in rows.values() if row is not None)
        async with self._pool.acquire(timeout=5) as connection, connection.transaction():
            await connection.execute(f"set local statement_timeout = '{LONGEST}s'")
            await connection.copy_records_to_table(
                self._new, schema_name=SCHEMA, columns=columns, records=records, timeout=LONGEST
            )
            key = f'alter table {SCHEMA}."{self._new}" add primary key ("{self._view.key}")'
            await connection.execute(key, timeout=LONGEST)

    def _fold(self, rows: dict[str, R | None], page: Page) -> None:
        for fact in page.facts:
            if isinstance(fact, Unread):
                raise Poisoned(f"position {fact.position} of {fact.stream}: {type(fact.error).__name__}")
            try:
                self._rows.fold(rows, fact)
            except Exception as error:
                raise Poisoned(f"position {fact.position} of {fact.stream}: {type(error).__name__}") from error
        self.position = page.last

    async def catch_up(self) -> None:
        page = Page((), 0, True)
        while page.full:
            page = await self._pages.after(self.position)
            async with self._pool.acquire(timeout=5) as connection, connection.transaction():
                await self._apply(connection, page)
            self._progress(self.position, self._head)

    async def _apply(self, connection: Any, page: Page) -> None:
        facts = [fact for fact in page.facts if isinstance(fact, Fact)]
        rows = await self._rows.load(connection, (key for fact in facts for key in self._view.keys(fact)))
        self._fold(rows, page)
        await self._rows.save(connection, rows)

    async def swap(self) -> bool:
        """With the live checkpoint locked: the rest is folded, and the tables change names. False: too far behind."""
        reader = self._view.reader
        async with self._pool.acquire(timeout=5) as connection, connection.transaction():
            live = await connection.fetchval(
                "select position from log.checkpoints where reader = $1 for update", reader
            )
            if live is None:
                raise NotCaughtUp(f"{reader} has no checkpoint: was `migrate` run?")
            if live - self.position > CLOSE:
                return False
            while self.position < live:
                await self._apply(connection, await self._pages.after(self.position, live, connection))
            await self._exchange(connection)
            await checkpoints.move(connection, reader, live, self.position)
            await connection.execute("delete from log.parked where reader = $1", reader)
        return True

    async def _exchange(self, connection: Any) -> None:
        live, new = self._view.name, self._new
        rights = await connection.fetch(
            "select grantee, privilege_type from information_schema.role_table_grants "
            "where table_schema = $1 and table_name = $2",
            SCHEMA,
            live,
        )
        await connection.execute(f'drop table {SCHEMA}."{live}"')
        await connection.execute(f'alter table {SCHEMA}."{new}" rename to "{live}"')
        await connection.execute(ddl(self._view))
        for grantee, privilege in rights:
            await connection.execute(f'grant {privilege} on {SCHEMA}."{live}" to "{grantee}"')
