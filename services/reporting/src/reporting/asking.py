"""How reporting asks its database for what takes long."""

from typing import Final

import asyncpg
from eventcore.database import Pool
from eventcore.readers.queries import Query, reading
from sqlalchemy import BigInteger, String, TableClause, column, table

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


async def report(pool: Pool, query: Query, **given: object) -> list[asyncpg.Record]:
    """The rows, with the memory and the 20 s that a report may take. Unavailable."""
    with reading():
        async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=True):
            await connection.execute(_ROOM)
            return list(await connection.fetch(query.text, *query.arguments(given), timeout=_SECONDS))


async def incarnation(pool: Pool) -> str:
    """The name of the log that positions belong to; a restore gives it a new one."""
    with reading():
        name: str = await pool.fetchval("select incarnation from log.head")
    return name
