"""Fresh logs for tests that stand outside a service."""

from dataclasses import dataclass

import asyncpg
from eventcore.schema import lay_log

APP = "eventcore_app"


@dataclass(frozen=True)
class LogUrls:
    """Addresses of one log: as its owner, and as the application role."""

    owner: str
    app: str


async def lay(owner: str) -> None:
    """A whole log in this empty database, and the role that may use it."""
    connection = await asyncpg.connect(owner, timeout=5)
    try:
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", APP):
            await connection.execute(f"create role {APP} login")
    finally:
        await connection.close()
    await lay_log(owner, APP)
