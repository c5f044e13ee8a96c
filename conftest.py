"""Fixtures of every member's tests: real servers shared by the session, fresh databases and topic names on them."""

import uuid
from collections.abc import Iterator

import pytest
from lb.local.databases import MakeDatabase, fresh_databases
from lb.local.testing import SharedServers


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


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[MakeDatabase]:
    """`postgres_database()` makes an empty database, or a copy of `template=`, and drops it after the test."""
    with fresh_databases(postgres_server) as make:
        yield make


@pytest.fixture
def kafka_prefix() -> str:
    """A word that no other test's topics and groups begin with, e.g. `t3f9a0c21b7`."""
    return f"t{uuid.uuid4().hex[:10]}"
