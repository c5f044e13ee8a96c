"""A fresh log for each test, on a real PostgreSQL, copied from a template."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg
import pytest
from eventcore.database import Pool, connect
from eventcore.schema import lay_log
from eventcore.store import Store
from lb.local.blocking import run_apart
from lb.local.databases import MakeDatabase, fresh_databases, with_database

APP = "eventcore_app"


@dataclass(frozen=True)
class LogUrls:
    """Addresses of one log: as its owner, and as the application role."""

    owner: str
    app: str


@pytest.fixture(scope="session")
def log_template(postgres_server: str) -> Iterator[str]:
    """The name of a database that holds an empty log."""
    with fresh_databases(postgres_server) as make:
        owner = make()
        run_apart(lambda: _lay(owner))
        yield urlsplit(owner).path.lstrip("/")


async def _lay(owner: str) -> None:
    connection = await asyncpg.connect(owner, timeout=5)
    try:
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", APP):
            await connection.execute(f"create role {APP} login")
    finally:
        await connection.close()
    await lay_log(owner, APP)


@pytest.fixture
def log_urls(log_template: str, postgres_database: MakeDatabase) -> LogUrls:
    owner = postgres_database(template=log_template)
    return LogUrls(owner, with_database(owner, urlsplit(owner).path.lstrip("/"), user=APP))


@pytest.fixture
async def pool(log_urls: LogUrls) -> AsyncIterator[Pool]:
    """As the application role: it may go through the doors and not write facts."""
    pool = await connect(log_urls.app)
    yield pool
    await pool.close()


@pytest.fixture
async def owner_pool(log_urls: LogUrls) -> AsyncIterator[Pool]:
    pool = await connect(log_urls.owner)
    yield pool
    await pool.close()


@pytest.fixture
def store(pool: Pool) -> Store:
    return Store(pool)
