"""Builds a view from the beginning of the log beside the one that serves, and swaps when it has caught up.

Rows are folded in memory and written by COPY; what comes meanwhile follows by upserts. The swap happens with the live
checkpoint locked, so no fact is between the two.
"""

import asyncio
import gc
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from sqlmodel import SQLModel

from eventcore.database import Pool
from eventcore.facts import Fact
from eventcore.readers import checkpoints
from eventcore.readers.facts import Page, Pages, decoded
from eventcore.readers.view import SCHEMA, Rows, View, ddl

R = TypeVar("R", bound=SQLModel)

IN_MEMORY: Final = 1_000_000
"""Rows that a build keeps in memory before it writes them and goes on with upserts."""

LONGEST: Final = 3600
"""Seconds that the COPY and its key may take."""

CLOSE: Final = 2_000
"""Facts behind the live view at which the swap is tried."""

_LIVE: Final = "select position from log.checkpoints where reader = $1 for update"
_RIGHTS: Final = """
select grantee, privilege_type from information_schema.role_table_grants where table_schema = $1 and table_name = $2
"""

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
    gc.disable()  # facts and rows are in no circles: a collection would walk through all and find nothing
    try:
        await build.copy()
    finally:
        gc.enable()
    while not await build.swap():
        await build.catch_up()
    return build.position


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
        coming = asyncio.create_task(self._pages.after(0, self._head))
        page = Page((), 0, True)
        try:
            while page.full and len(rows) < IN_MEMORY:
                page = await coming
                coming = asyncio.create_task(self._pages.after(page.last, self._head))
                await asyncio.sleep(0)  # it is sent before the fold, which lets nobody else run
                self._fold(rows, page)
                self._progress(self.position, self._head)
        finally:
            coming.cancel()
        into: dict[str, Any] = {"schema_name": SCHEMA, "columns": self._rows.columns, "timeout": LONGEST}
        records = ([row.__dict__[c] for c in into["columns"]] for row in rows.values() if row is not None)
        async with self._pool.acquire(timeout=5) as connection, connection.transaction():
            await connection.execute(f"set local statement_timeout = '{LONGEST}s'")
            await connection.copy_records_to_table(self._new, records=records, **into)
            key = f'alter table {SCHEMA}."{self._new}" add primary key ("{self._view.key}")'
            await connection.execute(key, timeout=LONGEST)

    def _fold(self, rows: dict[str, R | None], page: Page) -> None:
        for fact in page.facts:
            try:
                self._rows.fold(rows, decoded(fact))
            except Exception as error:
                raise Poisoned(f"position {fact.position} of {fact.stream}: {type(error).__name__}") from error
        self.position = page.last

    async def catch_up(self, until: int | None = None) -> None:
        page = Page((), 0, True)
        while page.full:
            page = await self._pages.after(self.position, until)
            facts = [fact for fact in page.facts if isinstance(fact, Fact)]
            _, rows = await self._rows.load(self._pool, (key for fact in facts for key in self._view.keys(fact)))
            self._fold(rows, page)
            await self._rows.save(self._pool, rows)
            self._progress(self.position, self._head)

    async def swap(self) -> bool:
        """With the live checkpoint locked: the rest is folded, and the tables change names. False: too far behind."""
        reader = self._view.reader
        async with self._pool.acquire(timeout=5) as connection, connection.transaction():
            # in the order of the live view's statement: it would wait for us with the table that we wait for
            await connection.execute(f'lock table {SCHEMA}."{self._view.name}" in exclusive mode')
            live = await connection.fetchval(_LIVE, reader)
            if live is None:
                raise NotCaughtUp(f"{reader} has no checkpoint: was `migrate` run?")
            if live - self.position > CLOSE:
                return False
            await self.catch_up(live)
            await self._exchange(connection)
            await checkpoints.move(connection, reader, live, self.position)
            await connection.execute("delete from log.parked where reader = $1", reader)
        return True

    async def _exchange(self, connection: Any) -> None:
        live, new = self._view.name, self._new
        rights = await connection.fetch(_RIGHTS, SCHEMA, live)
        await connection.execute(f'drop table {SCHEMA}."{live}"')
        await connection.execute(f'alter table {SCHEMA}."{new}" rename to "{live}"')
        await connection.execute(ddl(self._view))
        for grantee, privilege in rights:
            await connection.execute(f'grant {privilege} on {SCHEMA}."{live}" to "{grantee}"')
