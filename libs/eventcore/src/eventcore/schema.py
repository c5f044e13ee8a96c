"""Makes and upgrades the log's tables, functions and rights in a service's database. Run by the owner role.

Tables change by numbered steps (a service's Alembic migrations call them); functions and rights are laid anew each
time. Everything happens under the log's lock, so no append is half on the old and half on the new side.
"""

from importlib.resources import files
from typing import Final

import asyncpg
import uuid_utils

from eventcore.database import Connection

STEPS: Final = ("log", "exchange")
"""Table steps in order; the name of their file in `sql/`."""

_FUNCTIONS: Final = ("door", "inbox", "envelopes")

_RIGHTS: Final = """
grant usage on schema log to {role};
grant select on all tables in schema log to {role};
grant insert, update, delete on log.checkpoints, log.parked, log.relay_marks to {role};
grant insert on log.unreadable to {role};
grant insert, update on log.pairs to {role};
grant delete on log.frozen_sources to {role};
revoke all on all functions in schema log from public;
revoke all on all procedures in schema log from public;
grant execute on all functions in schema log to {role};
grant execute on all procedures in schema log to {role};
create schema if not exists views;
grant usage on schema views to {role};
"""


def sql(name: str) -> str:
    """The text of one file of `sql/`."""
    return files("eventcore").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


async def lay_functions(connection: Connection, role: str) -> None:
    """Replaces the doors and gives the application role its rights: it may go through the doors, not write facts."""
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(7310579611871042311)")
        for name in _FUNCTIONS:
            await connection.execute(sql(name))
        quoted = await connection.fetchval("select quote_ident($1)", role)
        await connection.execute(_RIGHTS.format(role=quoted))
        await connection.execute(
            "insert into log.head (incarnation) values ($1) on conflict do nothing", new_incarnation()
        )


async def lay_log(url: str, role: str) -> None:
    """A whole log in an empty database, without Alembic: for tests and benchmarks."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        for step in STEPS:
            await connection.execute(sql(step))
        await lay_functions(connection, role)
    finally:
        await connection.close()


async def renew(url: str) -> str:
    """A new incarnation, once after a backup was restored. Until every other province's receipts agree with what is
    left, `exchange.pairs.pairs_agree` is false."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        name = new_incarnation()
        await connection.execute("update log.head set incarnation = $1, restored_at = clock_timestamp()", name)
        return name
    finally:
        await connection.close()


def new_incarnation() -> str:
    """A random name for the log; a restore gives it a new one."""
    return str(uuid_utils.uuid7())
