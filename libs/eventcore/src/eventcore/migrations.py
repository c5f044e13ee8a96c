"""Alembic for every database of the project: one history a database, under the log's lock, functions laid anew."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import asyncpg
from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from eventcore.readers.view import View, ddl
from eventcore.schema import lay_functions

LOCK: Final = "select pg_advisory_xact_lock(log_key) from (values (7310579611871042311)) v(log_key)"


def upgrade(url: str, history: Path) -> None:
    """Brings a database to the newest step of this history. Run by the owner role; again is harmless."""
    config = Config()
    config.set_main_option("script_location", str(history))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    command.upgrade(config, "head")


def run_history() -> None:
    """What the `env.py` of every history does: all steps in one transaction, after the log's lock."""
    asyncio.run(_run(context.config.attributes["url"]))


async def _run(url: str) -> None:
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(address, poolclass=pool.NullPool, hide_parameters=True)
    async with engine.connect() as connection:
        await connection.run_sync(_steps)
    await engine.dispose()


def _steps(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=None, version_table="schema_history")
    with context.begin_transaction():
        connection.execute(text(LOCK))
        context.run_migrations()


def execute_script(connection: Any, script: str) -> None:
    """Runs a whole SQL file, which a prepared statement cannot."""
    connection.connection.dbapi_connection.run_async(lambda driver: driver.execute(script))


async def lay(url: str, role: str, views: Sequence[View[Any]]) -> None:
    """The doors, the rights of the application role, and a table for each view's present version."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        await lay_functions(connection, role)
        quoted = await connection.fetchval("select quote_ident($1)", role)
        for view in views:
            await connection.execute(ddl(view))
            await connection.execute(f'grant select, insert, update, delete on views."{view.name}" to {quoted}')
            await connection.execute(
                "insert into log.checkpoints (reader, position) values ($1, 0) on conflict do nothing", view.reader
            )
    finally:
        await connection.close(timeout=5)
