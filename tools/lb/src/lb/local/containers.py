"""The same servers from a container engine, for tests, where one answers."""

import contextlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from lb.local import kafka, postgres
from lb.local.blocking import run_apart, until
from lb.local.child import Check
from lb.local.ports import free_ports
from lb.problems import Problem

POSTGRES_IMAGE = "postgres:18"
KAFKA_IMAGE = "apache/kafka:4.3.1"
_API_VERSION = "1.44"


def engine_answers() -> bool:
    """Whether a container engine answers at `DOCKER_HOST` or at the usual socket."""
    from docker import APIClient  # type: ignore[import-untyped]
    from docker.errors import DockerException  # type: ignore[import-untyped]
    from docker.utils import kwargs_from_env  # type: ignore[import-untyped]

    if not _is_there(os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"):
        return False
    # A named version: else the constructor asks the engine for its own, and leaks its socket where none answers.
    with contextlib.closing(APIClient(version=_API_VERSION, timeout=3, **kwargs_from_env())) as client:
        try:
            return bool(client.ping())
        except (DockerException, OSError):
            return False


def _is_there(address: str) -> bool:
    """Whether the socket accepts a connection; docker's own client leaks one where it does not."""
    if not address.startswith("unix://"):
        return True
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        return probe.connect_ex(address.removeprefix("unix://")) == 0


@contextmanager
def postgres_container() -> Iterator[str]:
    """An administrator's address, as long as the block runs."""
    from testcontainers.community.postgres import PostgresContainer

    container = PostgresContainer(POSTGRES_IMAGE, username="postgres", password="postgres", dbname="postgres")  # noqa: S106
    container.with_command(["postgres", "-c", "max_connections=200", "-c", "fsync=off"])
    with container:
        dsn = container.get_connection_url(driver=None)
        _await_ready(POSTGRES_IMAGE, lambda: postgres.answers(dsn))
        yield dsn


@contextmanager
def kafka_container() -> Iterator[str]:
    """A bootstrap address, as long as the block runs."""
    from testcontainers.core.container import DockerContainer

    (port,) = free_ports(1)
    container = DockerContainer(KAFKA_IMAGE).with_bind_ports(port, port)
    host = container.get_container_host_ip()
    for name, value in _kafka_environment(host, port).items():
        container.with_env(name, value)
    with container:
        _await_ready(KAFKA_IMAGE, lambda: kafka.answers(f"{host}:{port}"))
        yield f"{host}:{port}"


def _kafka_environment(host: str, port: int) -> dict[str, str]:
    """Settings of the image: the port is the same inside and outside, so that the advertised address is right."""
    return {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:29093",
        "KAFKA_LISTENERS": f"PLAINTEXT://:{port},CONTROLLER://:29093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://{host}:{port}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS": "1000",
    }


def _await_ready(name: str, check: Check) -> None:
    if not run_apart(lambda: until(check, alive=lambda: True, seconds=90)):
        raise Problem(f"The container {name} was not ready after 90 s.", do="Look at its log.")
