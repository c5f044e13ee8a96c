"""Two provinces in two databases of one server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from crossing import HOME, HOST, Keys, Side
from lb.local.databases import MakeDatabase


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    keys = Keys(tmp_path)
    keys.add(HOME)
    keys.add(HOST)
    return keys


@pytest.fixture
async def home(log_template: str, postgres_database: MakeDatabase, keys: Keys) -> AsyncIterator[Side]:
    async with Side.of(HOME, keys, postgres_database, log_template) as side:
        yield side


@pytest.fixture
async def host(log_template: str, postgres_database: MakeDatabase, keys: Keys) -> AsyncIterator[Side]:
    async with Side.of(HOST, keys, postgres_database, log_template) as side:
        yield side
