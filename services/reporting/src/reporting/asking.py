"""How reporting asks its database: statements of SQLAlchemy on the service's own pool, and reads that wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import asyncpg
from eventcore.database import BUSY, GONE, Pool, Unavailable
from eventcore.readers import View
from eventcore.web.waiting import until_visible
from sqlalchemy import BigInteger, Select, String, TableClause, column, table
from sqlalchemy.dialects.postgresql.asyncpg import dialect

CHECKPOINTS: Final[TableClause] = table(
    "checkpoints", column("reader", String), column("position", BigInteger), schema="log"
)
PARKED: Final[TableClause] = table("parked", column("reader", String), column("position", BigInteger), schema="log")


_SECONDS: Final = 20
_ROOM: Final = f"""
select set_config('statement_timeout', '{_SECONDS}s', true), set_config('work_mem', '32MB', true),
       set_config('enable_hashjoin', 'on', true), set_config('enable_seqscan', 'on', true)
"""
"""A report reads a good part of its view: what keeps short statements fast would make it slow."""


class Query:
    """A statement, compiled once. One statement has one snapshot: a view that is swapped meanwhile is seen whole."""

    def __init__(self, statement: Select[Any]) -> None:
        compiled = statement.compile(dialect=dialect())  # type: ignore[no-untyped-call]
        self._text = str(compiled)
        self._fixed = compiled.params
        self._order = tuple(compiled.positiontup or ())

    async def fetch(self, pool: Pool, **given: object) -> list[asyncpg.Record]:
        """The rows for these parameters. Unavailable where the database does not answer in time."""
        with reading():
            records: list[asyncpg.Record] = await pool.fetch(self._text, *self._arguments(given))
        return records

    async def report(self, pool: Pool, **given: object) -> list[asyncpg.Record]:
        """The same with the memory and the 20 s that a report may take."""
        with reading():
            async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=True):
                await connection.execute(_ROOM)
                records: list[asyncpg.Record] = await connection.fetch(
                    self._text, *self._arguments(given), timeout=_SECONDS
                )
        return records

    def _arguments(self, given: dict[str, object]) -> list[object]:
        values = self._fixed | given
        return [values[name] for name in self._order]


@contextmanager
def reading() -> Iterator[None]:
    """Unavailable where the database is away or busy."""
    try:
        yield
    except (*GONE, *BUSY) as error:
        raise Unavailable from error


async def wait(pool: Pool, view: View[Any], wanted: str | None, seconds: float) -> None:
    """Until the view knows what the caller names: a position, or a public event that has to arrive first."""

    async def standing() -> int:
        return await pool.fetchval("select position from log.checkpoints where reader = $1", view.reader) or 0

    async def arrived(id: str) -> int | None:
        position: int | None = await pool.fetchval("select min(position) from log.inbox where id = $1", id)
        return position

    with reading():
        await until_visible(wanted, seconds, view=standing, foreign=arrived)


async def incarnation(pool: Pool) -> str:
    """The name of the log that positions belong to; a restore gives it a new one."""
    with reading():
        name: str = await pool.fetchval("select incarnation from log.head")
    return name
