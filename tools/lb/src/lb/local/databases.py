"""Databases on a server: a service's with its roles, and throw-away ones for tests.

Run as `python -m lb.local.databases ADMIN_DSN DATABASE [ADMIN_DSN DATABASE …]`.
"""

import asyncio
import sys
import uuid
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

T = TypeVar("T")


class MakeDatabase(Protocol):
    """Makes an empty database, or a copy of `template`, and gives its address."""

    def __call__(self, template: str = "template1") -> str: ...


FreshDatabases: TypeAlias = Callable[[], AbstractContextManager[MakeDatabase]]


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
def administration(admin_dsn: str) -> Iterator[FreshDatabases]:
    """A function that gives `make(template="template1") -> dsn` of new databases and drops them afterwards. One
    connection is kept, by a thread of its own, so that it may be called where a loop runs."""
    with _statements(admin_dsn) as execute:

        @contextmanager
        def fresh_databases() -> Iterator[MakeDatabase]:
            made: list[str] = []

            def make(template: str = "template1") -> str:
                name = f"test_{uuid.uuid4().hex[:12]}"
                execute(f'create database "{name}" template "{template}" strategy file_copy')
                made.append(name)
                return with_database(admin_dsn, name)

            try:
                yield make
            finally:
                for name in made:
                    execute(f'drop database if exists "{name}" with (force)')

        yield fresh_databases


@contextmanager
def _statements(dsn: str) -> Iterator[Callable[[str], object]]:
    runner = asyncio.Runner()
    with ThreadPoolExecutor(max_workers=1) as thread:

        def wait_for(make: Callable[[], Coroutine[object, object, T]]) -> T:
            return thread.submit(lambda: runner.run(make())).result()

        connection = wait_for(lambda: asyncpg.connect(dsn, timeout=10, command_timeout=60))
        try:
            yield lambda statement: wait_for(lambda: connection.execute(statement))
        finally:
            wait_for(lambda: connection.close(timeout=10))
            thread.submit(runner.close).result()


if __name__ == "__main__":
    asyncio.run(provide_databases(zip(sys.argv[1::2], sys.argv[2::2], strict=True)))
