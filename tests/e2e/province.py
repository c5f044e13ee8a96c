"""A province of a test's own: real processes under `.run/`, and what one may ask them."""

import os
import random
import subprocess
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from importlib import import_module
from itertools import islice
from typing import Final, TypeVar

import asyncpg
import httpx
from eventcore.clock import LEGAL
from lb.access import scopes_of
from lb.deployment import Deployment
from lb.exchange import FOLDER, Exchange
from lb.local.ports import is_free
from lb.local.sessions import Session, open_session
from lb.paths import find_project
from lb.running import Runnable, bring_down, bring_up
from lb.tokens import Bearer, sign_token
from lb.topology import PORTS_A_REGION, SERVICES, Database, Ports, Service
from lb.units import read_state

from tests.e2e.collector import Collector, collecting
from tests.e2e.databases import PATIENCE, Databases, connected

REGION: Final = "520000"
_PORTS: Final = range(25_000, 32_000, PORTS_A_REGION)
"""Below the ports that the system gives to clients."""
CALM: Final = ("--refused", "0", "--late-executed", "0", "--late-not-executed", "0")
"""A bank that spoils the first three return files, each another way, and pays what it is told: sums are certain."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A running deployment, and clients of its services."""

    deployment: Deployment
    collector: Collector
    clients: dict[str, httpx.Client]
    """By service."""
    _connections: Databases
    _tokens: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def registry(self) -> httpx.Client:
        return self.clients["registry"]

    @property
    def reporting(self) -> httpx.Client:
        return self.clients["reporting"]

    def token(self, office: str, region: str, *, subject: str = "", organisation: str = "") -> str:
        """What `lb token` gives an office of this region."""
        who = office, region, subject, organisation
        if who not in self._tokens:
            bearer = self.bearer(office, region, subject=subject, organisation=organisation)
            self._tokens[who] = sign_token(self.deployment, bearer)
        return self._tokens[who]

    def bearer(self, office: str, region: str, *, subject: str = "", organisation: str = "") -> Bearer:
        """Who the token speaks for, with every scope that the access table knows for this kind of office."""
        return Bearer(
            office=office,
            region=region,
            scopes=tuple(scopes_of(self.deployment.access_table, office)),
            subject=subject or f"{office}-{region}-li",
            client=f"{office}-{region}",
            organisation=organisation or f"office-{region}",
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
        return self._connections.fetch(self.deployment.database_url(named, owner=True), statement, arguments)

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
        """Returns when everything that was accepted is stored, published, taken in and applied: service by service, in
        the order in which they follow each other."""
        for service in self.deployment.services:
            until(partial(self._taken_in, service.name), f"{service.name} has taken in everything")
            self.read_up(service)

    def read_up(self, *services: Service) -> None:
        """Returns when the readers of these, or of all, are at the end of their logs: whatever was sent from elsewhere,
        or twice, which `settle` would wait for."""
        for service in services or self.deployment.services:
            until(partial(self._read, service.name), f"the readers of {service.name} are at the end")

    def _taken_in(self, service: str) -> bool:
        """As many facts of each topic as its publisher's relay has had acknowledged."""
        follows: Mapping[str, list[str]] = defaultdict(list)
        for topic in import_module(f"{service}.app").SERVICE.follows:
            follows[topic.partition(".")[0]].append(f"{self.deployment.region}.{topic}")
        own = f"/cn/{self.deployment.region}/%"  # what other provinces say does not come by these topics
        (inbox,) = self.fetch(service, "select count(*) as rows from log.inbox where source like $1", own)
        here = [each.name for each in self.deployment.services]
        sent = sum(self._acknowledged(name, topics) for name, topics in follows.items() if name in here)
        return bool(sent == inbox["rows"])

    def _acknowledged(self, service: str, topics: list[str]) -> int:
        statement = "select coalesce(sum(kafka_offset + 1), 0) as sent from log.relay_marks where topic = any($1)"
        (found,) = self.fetch(service, statement, topics)
        return int(found["sent"])

    def _read(self, service: str) -> bool:
        end = self.position(service)
        behind = self.fetch(service, "select reader from log.checkpoints where position < $1", end)
        return not behind and end == self.position(service)


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
def province_of(name: str, *, spans: str = "", services: tuple[Service, ...] = SERVICES) -> Iterator[Province]:
    """A deployment of its own below `.run/<name>`, up; ended and removed afterwards. Spans come to the collector, and
    into files of the folder `spans` below the run folder."""
    project = find_project()
    with ExitStack() as ends:
        session = ends.enter_context(closing(open_session(project.runs / name)))
        collector = ends.enter_context(_collecting(session, spans))
        deployment = Deployment(
            project=project, region=REGION, run=session.folder, ports=_ports(1)[0], viewer=False,
            otlp_endpoint=collector.endpoint, services=services, bank_options=CALM,
        )  # fmt: skip
        (province,) = ends.enter_context(_up(session, collector, [deployment]))
        yield province


@contextmanager
def provinces_of(
    name: str, *regions: str, spans: str = "", services: tuple[Service, ...] = SERVICES
) -> Iterator[list[Province]]:
    """Several, each service in one process, with the exchange between them; else as `province_of`."""
    project = find_project()
    with ExitStack() as ends:
        session = ends.enter_context(closing(open_session(project.runs / name)))
        collector = ends.enter_context(_collecting(session, spans))
        first, *others = _ports(1 + len(regions))
        exchange = Exchange(project=project, run=session.folder / FOLDER, ports=first, provinces=regions)
        deployments = [
            Deployment(
                project=project, region=region, run=session.folder / region, ports=ports, viewer=False, as_one=True,
                otlp_endpoint=collector.endpoint, services=services, bank_options=CALM, exchange=exchange,
            )
            for region, ports in zip(regions, others, strict=True)
        ]  # fmt: skip
        yield ends.enter_context(_up(session, collector, deployments, exchange))


@contextmanager
def _collecting(session: Session, spans: str) -> Iterator[Collector]:
    folder = session.folder / spans if spans else None
    if folder:
        folder.mkdir()
    with collecting(folder) as collector:
        yield collector


@contextmanager
def _up(
    session: Session, collector: Collector, deployments: Sequence[Deployment], *exchanges: Exchange
) -> Iterator[list[Province]]:
    """Started, and ended last first."""
    with ExitStack() as ends:
        wanted: list[Runnable] = [*exchanges, *deployments]
        for each in wanted:
            ends.callback(bring_down, each, tell=_quiet)
        bring_up(*wanted, tell=_quiet, watch=_quiet)
        for each in wanted:
            state = read_state(each.run)
            for process in (state.supervisor, *state.alive()) if state else ():
                session.remember(process.pid)
        yield [_province(ends, each, collector) for each in deployments]


def _province(ends: ExitStack, deployment: Deployment, collector: Collector) -> Province:
    clients = {
        service.name: ends.enter_context(httpx.Client(base_url=deployment.url(service), timeout=PATIENCE))
        for service in deployment.services
    }
    databases = ends.enter_context(connected())
    return Province(deployment=deployment, collector=collector, clients=clients, _connections=databases)


def _ports(count: int) -> list[Ports]:
    """So many ranges that nobody uses."""
    firsts = (first for first in random.sample(_PORTS, len(_PORTS))
              if all(is_free(port) for port in range(first, first + PORTS_A_REGION // 2)))  # fmt: skip
    found = [Ports(first=first) for first in islice(firsts, count)]
    if len(found) < count:
        raise LookupError("no free ports")
    return found


def _quiet(_: object) -> None: ...
