"""Databases on a server: a service's with its roles, and throw-away ones for tests.

Run as `python -m lb.local.databases ADMIN_DSN DATABASE [ADMIN_DSN DATABASE …]`.
"""

import asyncio
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from lb.local.blocking import run_apart


class MakeDatabase(Protocol):
    """Makes an empty database, or a copy of `template`, and gives its address."""

    def __call__(self, template: str = "template1") -> str: ...


def with_database(dsn: str, database: str, *, user: str | None = None) -> str:
    """The same server's address for another database, and another user without a password."""
    parts = urlsplit(dsn)
    place = parts.netloc if user is None else f"{user}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, place, f"/{database}", parts.query, ""))


async def provide_database(admin_dsn: str, database: str) -> None:
    """`<database>` with its roles `<database>_owner` and `<database>_app`, as far as they are missing.

    The owner migrates; the application's role may only connect, and gets its rights from the migrations.
    """
    connection = await asyncpg.connect(admin_dsn, timeout=10, command_timeout=60)
    try:
        for role in (f"{database}_owner", f"{database}_app"):
            if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
                await connection.execute(f'create role "{role}" login')
        if not await connection.fetchval("select 1 from pg_database where datname = $1", database):
            await connection.execute(f'create database "{database}" owner "{database}_owner"')
        await connection.execute(f'revoke all on database "{database}" from public')
        await connection.execute(f'grant connect on database "{database}" to "{database}_app"')
    finally:
        await connection.close(timeout=10)


async def provide_databases(pairs: Iterable[tuple[str, str]]) -> None:
    """Every (administrator's address, database) of them."""
    for admin_dsn, database in pairs:
        await provide_database(admin_dsn, database)


@contextmanager
def fresh_databases(admin_dsn: str) -> Iterator[MakeDatabase]:
    """A function `make(template="template1") -> dsn` of new databases; all are dropped at the end."""
    made: list[str] = []

    def make(template: str = "template1") -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        _execute(admin_dsn, f'create database "{name}" template "{template}" strategy file_copy')
        made.append(name)
        return with_database(admin_dsn, name)

    try:
        yield make
    finally:
        if made:
            _execute(admin_dsn, *(f'drop database if exists "{name}" with (force)' for name in made))


def _execute(dsn: str, *statements: str) -> None:
    async def once() -> None:
        connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close(timeout=10)

    run_apart(once)


if __name__ == "__main__":
    asyncio.run(provide_databases(zip(sys.argv[1::2], sys.argv[2::2], strict=True)))
