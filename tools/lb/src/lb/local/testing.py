"""Where tests get their PostgreSQL and Kafka from, decided in one place.

An address in the environment wins (`LB_TEST_POSTGRES`, `LB_TEST_KAFKA`); else containers where an engine answers; else
local processes with their data in `.run/test`. Nothing is started before somebody asks for it.
"""

import enum
import os
from collections.abc import Mapping
from contextlib import ExitStack

from lb.local.containers import engine_answers, kafka_container, postgres_container
from lb.local.downloads import hides_system
from lb.local.kafka import KafkaServer
from lb.local.ports import free_ports
from lb.local.postgres import PostgresServer
from lb.local.sessions import Session, open_session
from lb.paths import Project, find_project

POSTGRES = "LB_TEST_POSTGRES"
KAFKA = "LB_TEST_KAFKA"


class Source(enum.Enum):
    """Where a server comes from."""

    ENVIRONMENT = "the environment"
    CONTAINERS = "containers"
    LOCAL = "local processes"


def choose(variable: str, environment: Mapping[str, str]) -> Source:
    """The source of the server whose address `variable` may hold."""
    if environment.get(variable):
        return Source.ENVIRONMENT
    return Source.CONTAINERS if not hides_system() and engine_answers() else Source.LOCAL


class SharedServers:
    """One test session's servers: started on first use, shared by all tests, ended by `close`."""

    def __init__(self, *, project: Project | None = None, environment: Mapping[str, str] = os.environ) -> None:
        self._project = project or find_project()
        self._environment = environment
        self._addresses: dict[str, str] = {}
        self._session: Session | None = None
        self._ends = ExitStack()

    def postgres(self) -> str:
        """The administrator's address of a server where databases and roles may be made."""
        if POSTGRES not in self._addresses:
            self._addresses[POSTGRES] = self._find_postgres()
        return self._addresses[POSTGRES]

    def kafka(self) -> str:
        """A bootstrap address."""
        if KAFKA not in self._addresses:
            self._addresses[KAFKA] = self._find_kafka()
        return self._addresses[KAFKA]

    def close(self) -> None:
        """End what was started, last first, and remove its data."""
        self._addresses.clear()
        self._ends.close()
        self._session = None

    def _find_postgres(self) -> str:
        match choose(POSTGRES, self._environment):
            case Source.ENVIRONMENT:
                return self._environment[POSTGRES]
            case Source.CONTAINERS:
                return self._ends.enter_context(postgres_container())
            case Source.LOCAL:
                return self._start_postgres()

    def _find_kafka(self) -> str:
        match choose(KAFKA, self._environment):
            case Source.ENVIRONMENT:
                return self._environment[KAFKA]
            case Source.CONTAINERS:
                return self._ends.enter_context(kafka_container())
            case Source.LOCAL:
                return self._start_kafka()

    def _start_postgres(self) -> str:
        session = self._local_session()
        (port,) = free_ports(1)
        server = PostgresServer(
            self._project, session.folder / "postgres", port=port, log=session.folder / "pg.log", fleeting=True
        )
        self._ends.callback(server.remove)
        server.start()
        self._ends.callback(server.stop)
        session.remember(server.pid)
        return server.dsn

    def _start_kafka(self) -> str:
        session = self._local_session()
        port, controller_port = free_ports(2)
        server = KafkaServer(
            self._project,
            session.folder / "kafka",
            port=port,
            controller_port=controller_port,
            log=session.folder / "kafka.log",
        )
        server.start()
        self._ends.callback(server.stop)
        session.remember(server.pid)
        return server.bootstrap

    def _local_session(self) -> Session:
        if self._session is None:
            self._session = open_session(self._project.runs / "test")
            self._ends.callback(self._session.close)
        return self._session
