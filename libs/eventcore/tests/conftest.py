"""A fresh log for each test, on a real PostgreSQL, copied from a template."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest
from eventcore.database import Pool, connect
from eventcore.store import Store
from lb.local.blocking import run_apart
from lb.local.databases import FreshDatabases, MakeDatabase, with_database
from logs import APP, LogUrls, lay


@pytest.fixture(scope="session")
def log_template(fresh_databases: FreshDatabases) -> Iterator[str]:
    """The name of a database that holds an empty log."""
    with fresh_databases() as make:
        owner = make()
        run_apart(lambda: lay(owner))
        yield urlsplit(owner).path.lstrip("/")


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
