"""Commands over HTTP: the registry's own process and routes, with token, strict body, idempotency key and the door.

`surveys` has the large body and takes a guard, a key of a person and five seals; `rejections` has a small one, and
loads the stream that it writes. Both beside FastAPI's own way with the same body and no database, and beside the
service as it is usually written.
"""

import asyncio
import itertools
import json
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Final

import asyncpg
from lb.deployment import Deployment
from lb.local.databases import with_database
from lb.local.ports import free_ports

from bench import people
from bench.client import post, send
from bench.deployment import deployed, running, token
from bench.plan import CLIENTS, Bench
from bench.processes import processor_seconds, serving
from bench.registry_store import registry
from bench.result import Row, at_least, within

SURVEYS: Final = "/v1/surveys"
REJECTION: Final = "/v1/surveys/{survey}/rejection"
REASON: Final = {"reason": "NOT_ELIGIBLE"}
PLAIN: Final = "FastAPI, same body, no database"
NAIVE: Final = "FastAPI + SQLModel + outbox"
SLOWER: Final = 6
"""The naive service gets so many times fewer requests in a round, for a round of about the same length."""


@dataclass(slots=True, eq=False)
class Server:
    """A server process, and what it did so far."""

    port: int
    pid: int
    p99: dict[str, list[float]] = field(default_factory=dict)
    busy: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """Shares of a processor: the server's and the load client's."""

    def forget(self) -> None:
        """Leaves out what was only to warm up."""
        self.p99.clear()
        self.busy.clear()

    def take(self, deployment: Deployment, route: str, requests: Sequence[bytes]) -> float:
        """Answers a second at `CLIENTS` connections."""
        before = processor_seconds(self.pid)
        answered = send(self.port, requests, deployment.run, connections=CLIENTS).require(201)
        self.p99.setdefault(route, []).append(answered.p99)
        share = (processor_seconds(self.pid) - before) / answered.seconds
        self.busy.setdefault(route, []).append((share, answered.busy))
        return answered.rate


def rows(bench: Bench) -> list[Row]:
    """Answers a second, and the time within which 99 of 100 came."""
    with deployed() as deployment:
        return _Http(bench, deployment).rows()


class _Http:
    def __init__(self, bench: Bench, deployment: Deployment) -> None:
        self._bench, self._deployment = bench, deployment
        self._count = bench.plan.requests
        self._people = itertools.count(10_000_000)
        self._recorder = token(deployment, "POST", SURVEYS, "zhang")
        self._reviewer = token(deployment, "POST", REJECTION, "li")
        self._pending: Iterator[str] = iter(())
        self._naive = with_database(deployment.postgres().dsn, "naive")

    def rows(self) -> list[Row]:
        self._survey((self._bench.plan.rounds + 1) * self._count)
        with self._servers() as (project, plain, naive):
            rejections = {
                project: lambda count: list(itertools.islice(self._pending, count)),
                plain: _fresh,
                naive: self._naive_surveys,
            }
            return [
                *self._route("surveys", lambda _, count: self._surveys(count), project, plain, naive),
                *self._route(
                    "rejections",
                    lambda server, count: self._rejections(rejections[server](count)),
                    project,
                    plain,
                    naive,
                ),
            ]

    def _route(
        self, name: str, make: Callable[[Server, int], list[bytes]], project: Server, plain: Server, naive: Server
    ) -> Iterator[Row]:
        def take(server: Server, count: int) -> float:
            return server.take(self._deployment, name, make(server, count))

        for server in (project, plain, naive):
            take(server, self._count // 10)
            server.forget()
        medians = self._bench.alternate(
            {
                "registry": lambda _: take(project, self._count),
                PLAIN: lambda _: take(plain, self._count),
                NAIVE: lambda _: take(naive, self._count // SLOWER),
            }
        )
        label = f"HTTP: {name}"
        for reference, goal in ((PLAIN, at_least(0.25, 0.5)), (NAIVE, at_least(2.5, 5))):
            yield Row(name=label, unit="answers/s", project=medians["registry"], reference=medians[reference],
                      reference_name=reference, goal=goal)  # fmt: skip
        p99, theirs = (median(server.p99[name]) for server in (project, plain))
        yield Row(name=f"{label}, p99 at {CLIENTS} clients", unit="ms", project=p99, reference=theirs,
                  reference_name=PLAIN, goal=within(80, 40), note=_shares(project, name))  # fmt: skip

    def _survey(self, count: int) -> None:
        self._bench.say(f"recording {count:,} surveys to be rejected")
        with registry(self._deployment) as core:
            self._pending = iter(core.surveys(count)[0])

    def _surveys(self, count: int) -> list[bytes]:
        return [
            post(SURVEYS, str(uuid.uuid4()), self._recorder, people.body(n))
            for n in itertools.islice(self._people, count)
        ]

    def _rejections(self, keys: Sequence[str]) -> list[bytes]:
        return [post(REJECTION.format(survey=key), str(uuid.uuid4()), self._reviewer, REASON) for key in keys]

    def _naive_surveys(self, count: int) -> list[str]:
        keys = _fresh(count)
        facts = json.dumps(people.body(0), ensure_ascii=False)
        asyncio.run(_copy(self._naive, [(key, key, facts, "pending", 1) for key in keys]))
        return keys

    @contextmanager
    def _servers(self) -> Iterator[tuple[Server, Server, Server]]:
        run = self._deployment.run
        asyncio.run(_execute(self._deployment.postgres().dsn, "create database naive"))
        address = self._naive.replace("postgresql://", "postgresql+asyncpg://")
        with ExitStack() as stack:
            child = stack.enter_context(running(self._deployment, "registry", "api"))
            servers = [Server(self._deployment.ports[30], child.pid)]
            for port, name, arguments in zip(free_ports(2), ("plain", "naive"), ((), (address,)), strict=True):
                argv = (sys.executable, "-m", f"bench.references.{name}", str(port), *arguments)
                url = f"http://127.0.0.1:{port}/readyz"
                child = stack.enter_context(serving(argv, url, run / f"{name}.log", {}))
                servers.append(Server(port, child.pid))
            project, plain, naive = servers
            yield project, plain, naive


def _shares(server: Server, route: str) -> str:
    own, client = (median(each) for each in zip(*server.busy[route], strict=True))
    return f"share of a processor: registry {own:.0%}, load client {client:.0%}"


def _fresh(count: int) -> list[str]:
    return [people.new_id() for _ in range(count)]


async def _copy(dsn: str, rows: Sequence[tuple[object, ...]]) -> None:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        columns = ("id", "number", "facts", "state", "version")
        await connection.copy_records_to_table("survey", records=rows, columns=columns)
    finally:
        await connection.close(timeout=5)


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close(timeout=5)
