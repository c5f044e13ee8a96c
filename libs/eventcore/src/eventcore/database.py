"""Connections to the service's PostgreSQL: bounded, with time limits on everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias, Union

import asyncpg

Pool: TypeAlias = Union["asyncpg.Pool[asyncpg.Record]"]
Connection: TypeAlias = Union["asyncpg.Connection[asyncpg.Record]", "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"]

LIMITS: Final = {
    "statement_timeout": "5s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "30s",
    "timezone": "UTC",
    # on growing tables without statistics the planner prefers scans and hash joins, and is wrong
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
}

GONE: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
)
"""The connection or the server went away: what was sent may or may not have been done."""

BUSY: Final = (
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.QueryCanceledError,
)
"""The server answers that it cannot now: nothing was done."""


class Unavailable(Exception):
    """The database does not answer in time. Send the same command again, with the same id."""


@contextmanager
def reading() -> Iterator[None]:
    """Unavailable where the database is away or busy."""
    try:
        yield
    except (*GONE, *BUSY) as error:
        raise Unavailable from error


async def _keep(_: Connection) -> None:
    """Nothing here changes a session: resetting it at every release would cost a round trip each time."""


async def connect(url: str, *, size: int = 8, name: str = "labourbridge") -> Pool:
    """A pool of at most `size` connections. OSError or PostgresError where the server is not there."""
    pool: Pool = await asyncpg.create_pool(
        url,
        reset=_keep,
        min_size=1,
        max_size=size,
        command_timeout=10,
        timeout=5,
        server_settings={**LIMITS, "application_name": name},
    )
    return pool
