"""Fixtures of every member's tests: real servers shared by the session, fresh databases and topic names on them."""

import uuid
from collections.abc import Iterator

import pytest
from eventcore.server import settle_memory
from hypothesis import HealthCheck, settings
from lb.local.databases import FreshDatabases, MakeDatabase, administration
from lb.local.testing import SharedServers

# examples may take long where other tests run beside: how long is no property of what is tested
settings.register_profile("beside others", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("beside others")

SERVERS = {"postgres_server": "postgres", "kafka_server": "kafka"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whoever asks for a shared server is marked with it; other marks stand at tests that start their own."""
    for fixture in SERVERS.keys() & set(getattr(item, "fixturenames", ())):
        item.add_marker(SERVERS[fixture])


def pytest_collection_finish() -> None:
    """Looking at what was imported and collected, as garbage, would take a fifth of the time of the tests."""
    settle_memory()


@pytest.fixture(scope="session")
def shared_servers() -> Iterator[SharedServers]:
    """PostgreSQL and Kafka of this session, started by the first test that asks for them."""
    servers = SharedServers()
    yield servers
    servers.close()


@pytest.fixture(scope="session")
def postgres_server(shared_servers: SharedServers) -> str:
    """The administrator's address of a real PostgreSQL: databases and roles may be made there."""
    return shared_servers.postgres()


@pytest.fixture(scope="session")
def kafka_server(shared_servers: SharedServers) -> str:
    """The bootstrap address of a real Kafka, shared by all tests: take topic names from `kafka_prefix`."""
    return shared_servers.kafka()


@pytest.fixture(scope="session")
def fresh_databases(postgres_server: str) -> Iterator[FreshDatabases]:
    """`with fresh_databases() as make:` for templates; tests take `postgres_database`."""
    with administration(postgres_server) as fresh:
        yield fresh


@pytest.fixture
def postgres_database(fresh_databases: FreshDatabases) -> Iterator[MakeDatabase]:
    """`postgres_database()` makes an empty database, or a copy of `template=`, and drops it after the test."""
    with fresh_databases() as make:
        yield make


@pytest.fixture
def kafka_prefix() -> str:
    """A word that no other test's topics and groups begin with, e.g. `t3f9a0c21b7`."""
    return f"t{uuid.uuid4().hex[:10]}"
