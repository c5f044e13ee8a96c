"""A province of a test's own: real processes under `.run/`, and what one may ask them."""

import os
import random
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar

import asyncpg
import httpx
from contracts.catalogue import topics_of
from eventcore.clock import LEGAL
from lb.access import scopes_of
from lb.deployment import Deployment
from lb.local.blocking import run_apart
from lb.local.ports import is_free
from lb.local.sessions import open_session
from lb.paths import find_project
from lb.running import bring_down, bring_up
from lb.tokens import Bearer, sign_token
from lb.topology import PORTS_A_REGION, Database, Ports, Service
from lb.units import read_state

from tests.e2e.collector import Collector, collecting

REGION: Final = "520000"
_PORTS: Final = range(25_000, 32_000, PORTS_A_REGION)
"""Below the ports that the system gives to clients."""
PATIENCE: Final = 30.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A running deployment, and clients of its services."""

    deployment: Deployment
    collector: Collector
    registry: httpx.Client
    reporting: httpx.Client
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def clients(self) -> dict[str, httpx.Client]:
        """By service."""
        return {"registry": self.registry, "reporting": self.reporting}

    def token(self, office: str, region: str) -> str:
        """What `lb token` gives an office of this region."""
        if (office, region) not in self._tokens:
            self._tokens[office, region] = sign_token(self.deployment, self.bearer(office, region))
        return self._tokens[office, region]

    def bearer(self, office: str, region: str) -> Bearer:
        """Who the token speaks for, with every scope that the access table knows for this kind of office."""
        scopes = scopes_of(self.deployment.project.root / "docs" / "access.csv", office)
        return Bearer(
            office=office,
            region=region,
            scopes=tuple(scopes),
            subject=f"{office}-{region}-li",
            client=f"{office}-{region}",
            organisation=f"office-{region}",
        )

    def headers(self, office: str, region: str, key: str = "") -> dict[str, str]:
        """A token, and an Idempotency-Key: a new one where none is given."""
        return {"Authorization": f"Bearer {self.token(office, region)}", "Idempotency-Key": key or str(uuid.uuid4())}

    def service(self, name: str) -> Service:
        """A service of the deployment."""
        return next(each for each in self.deployment.services if each.name == name)

    def databases(self) -> Iterator[Database]:
        """All of them, those of keys too."""
        for service in self.deployment.services:
            yield from service.databases

    def fetch(self, database: Database | str, statement: str, *arguments: object) -> list[asyncpg.Record]:
        """The rows, as the database's owner sees them."""
        named = next(each for each in self.databases() if database in (each, each.name))

        async def rows() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(self.deployment.database_url(named, owner=True), timeout=10)
            try:
                return list(await connection.fetch(statement, *arguments, timeout=PATIENCE))
            finally:
                await connection.close(timeout=10)

        return run_apart(rows)

    def run(self, service: str, *command: str) -> "subprocess.CompletedProcess[str]":
        """`python -m <service> <command>`, to its end."""
        found = self.service(service)
        environment = os.environ | self.deployment.environment(found, command[0]) | {"PYTHONUNBUFFERED": "1"}
        arguments = [*self.deployment.command(found, command[0]), *command[1:]]
        return subprocess.run(  # noqa: S603
            arguments, env=environment, capture_output=True, text=True, timeout=120, check=False,
            cwd=self.deployment.project.root,
        )  # fmt: skip

    def position(self, service: str) -> int:
        """Where the service's log ends."""
        (row,) = self.fetch(service, "select pos from log.last()")
        return int(row["pos"])

    def settle(self) -> None:
        """Returns when everything that was accepted is stored, published, taken in and applied."""
        until(lambda: self._read("registry"), "the registry's policies, views and relay are at the end")
        until(self._taken_in, "reporting has taken in everything")
        until(lambda: self._read("reporting"), "reporting's views are at the end")

    def _taken_in(self) -> bool:
        (own,) = self.fetch("registry", "select count(*) from log.events where type = any($1)", PUBLIC)
        (foreign,) = self.fetch("reporting", "select count(*) from log.inbox where source = $1", SOURCE)
        return bool(own["count"] == foreign["count"])

    def _read(self, service: str) -> bool:
        end = self.position(service)
        behind = self.fetch(service, "select reader from log.checkpoints where position < $1", end)
        return not behind and end == self.position(service)


SOURCE: Final = f"/cn/{REGION}/registry"
PUBLIC: Final = [
    type.removeprefix("cn.labourbridge.registry.").removesuffix(".v1")
    for topic in topics_of("registry")
    for type in topic.types
]
"""Stored types of the registry that are published, under the same name; the others stay at home."""


def until(holds: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """What `holds` answers, as soon as it is something; AssertionError when the time is up."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, f"after {seconds:.0f} s it is still not so that {what}"
        time.sleep(0.05)
    return found


def today() -> date:
    """The legal day."""
    return datetime.now(LEGAL).date()


@contextmanager
def province_of(name: str, *, spans: str = "") -> Iterator[Province]:
    """A deployment of its own below `.run/<name>`, up; ended and removed afterwards. Spans come to the collector, and
    into files of the folder `spans` below the run folder."""
    project = find_project()
    with ExitStack() as ends:
        session = open_session(project.runs / name)
        ends.callback(session.close)
        folder = session.folder / spans if spans else None
        if folder:
            folder.mkdir()
        collector = ends.enter_context(collecting(folder))
        deployment = Deployment(
            project=project, region=REGION, run=session.folder, ports=_ports(), viewer=False,
            otlp_endpoint=collector.endpoint,
        )  # fmt: skip
        ends.callback(bring_down, deployment, tell=_quiet)
        bring_up(deployment, tell=_quiet, watch=_quiet)
        state = read_state(deployment.run)
        for process in (state.supervisor, *state.alive()) if state else ():
            session.remember(process.pid)
        registry, reporting = (
            ends.enter_context(httpx.Client(base_url=deployment.url(service), timeout=PATIENCE))
            for service in deployment.services
        )
        yield Province(deployment=deployment, collector=collector, registry=registry, reporting=reporting)


def _ports() -> Ports:
    for first in random.sample(_PORTS, len(_PORTS)):
        if all(is_free(port) for port in range(first, first + PORTS_A_REGION // 2)):
            return Ports(first=first)
    raise LookupError("no free ports")


def _quiet(_: object) -> None: ...
