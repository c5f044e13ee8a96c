"""Subsidy on a real PostgreSQL, migrated as in production, fed with other services' messages, asked over HTTP."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from lb.local.databases import FreshDatabases, MakeDatabase
from served import Served, migrated, serving
from subsidy.app import PROGRAM


@pytest.fixture(scope="session")
def subsidy_template(fresh_databases: FreshDatabases) -> Iterator[str]:
    """The name of a database as `migrate` leaves it."""
    with migrated(PROGRAM, fresh_databases) as template:
        yield template


@pytest.fixture
async def subsidy(subsidy_template: str, postgres_database: MakeDatabase, tmp_path: Path) -> AsyncIterator[Served]:
    """The service: ask it over HTTP, tell it other services' facts, let its readers catch up."""
    async with serving(PROGRAM, postgres_database(template=subsidy_template), tmp_path) as served:
        yield served
