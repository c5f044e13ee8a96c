"""From the commit of an event in the registry to the commit of the row that reporting makes of it.

The services' own processes: surveys come over HTTP at a steady rate, the relay publishes them, the inbox of another
service takes them in, its view folds them. PostgreSQL itself says when each transaction was committed. Beside it
Kafka alone: from a producer to a reader in another process, at the same rate and size.
"""

import asyncio
import itertools
import time
import uuid
from collections.abc import Iterator
from statistics import median
from typing import Final

import asyncpg
from eventcore.readers import View
from lb.deployment import Deployment
from registry.app import PROGRAM as REGISTRY
from reporting.app import PROGRAM as REPORTING
from reporting.steps.view import STEPS, StepRow

from bench import people
from bench.client import Answered, post, send
from bench.deployment import deployed, migrate, running, settings, token
from bench.load import quantile
from bench.plan import Bench
from bench.references.kafka import latencies
from bench.result import Row, within
from bench.rows.http import SURVEYS as ROUTE

RATE: Final = 500.0
CONNECTIONS: Final = 64
PATIENCE: Final = 60.0
KAFKA: Final = "Kafka alone, to a reader"
_SIZE: Final = 500
_COMMITTED: Final = """
select stream_id, pg_xact_commit_timestamp(xmin) from log.events
where type = 'survey-recorded' and position > $1
"""
_APPLIED: Final = (
    "select split_part(step, '#', 1), pg_xact_commit_timestamp(xmin) from views.\"{}\" where kind = 'SURVEYED'"
)


def rows(bench: Bench) -> list[Row]:
    """Milliseconds, half of all and 99 of 100."""
    with deployed(kafka=True, commit_times=True) as deployment:
        for program in (REGISTRY, REPORTING):
            migrate(deployment, program, topics=True)
        with running(deployment, "registry", "all"), running(deployment, "reporting", "worker", "worker"):
            return _rows(_Projected(bench, deployment))


class _Projected:
    def __init__(self, bench: Bench, deployment: Deployment) -> None:
        self.bench, self._deployment = bench, deployment
        self._token = token(deployment, "POST", ROUTE, "zhang")
        self._people: Iterator[int] = itertools.count()
        self._count = int(RATE * bench.plan.seconds)
        self.sent: Answered | None = None
        self.tails: dict[str, list[float]] = {"project": [], "kafka": []}

    def project(self, _: int) -> float:
        """The median; the tail is kept."""
        p50, p99 = self._send(self._count)
        self.tails["project"].append(p99)
        return p50

    def kafka(self, number: int) -> float:
        """The median; the tail is kept."""
        bootstrap = self._deployment.kafka().bootstrap
        p50, p99 = asyncio.run(latencies(bootstrap, f"bench.{number}", RATE, self._count, _SIZE))
        self.tails["kafka"].append(p99)
        return p50

    def warm_up(self) -> None:
        """Topics, partitions and plans are known to everybody."""
        self._send(int(RATE))

    def _send(self, count: int) -> tuple[float, float]:
        own, theirs = (
            settings(self._deployment, program).database_owner_url.get_secret_value()
            for program in (REGISTRY, REPORTING)
        )
        before = asyncio.run(_fetchval(own, "select pos from log.last()"))
        requests = [
            post(ROUTE, str(uuid.uuid4()), self._token, people.body(n)) for n in itertools.islice(self._people, count)
        ]
        port = self._deployment.ports[30]
        self.sent = send(port, requests, self._deployment.run, connections=CONNECTIONS, rate=RATE).require(201)
        waits = asyncio.run(_waits(own, theirs, before, STEPS, count))
        return quantile(waits, 0.5), quantile(waits, 0.99)


def _rows(measured: _Projected) -> list[Row]:
    bench = measured.bench
    measured.warm_up()
    medians = bench.alternate({"commit to projected, p50": measured.project, f"{KAFKA}, p50": measured.kafka})
    tails = {name: median(values) for name, values in measured.tails.items()}
    name = f"commit to projected in another service, at {RATE:.0f}/s"
    return [
        Row(name=f"{name}, p50", unit="ms", project=medians["commit to projected, p50"],
            reference=medians[f"{KAFKA}, p50"], reference_name=KAFKA, goal=within(30, 15)),
        Row(name=f"{name}, p99", unit="ms", project=tails["project"], reference=tails["kafka"],
            reference_name=KAFKA, goal=within(120, 60)),
    ]  # fmt: skip


async def _waits(own: str, theirs: str, before: int, view: View[StepRow], count: int) -> list[float]:
    """Milliseconds between the two commits of each survey after a position. TimeoutError where rows are missing."""
    committed = {row[0]: row[1] for row in await _fetch(own, _COMMITTED, before)}
    if len(committed) != count:
        raise RuntimeError(f"{len(committed)} of {count} surveys are in the log")
    deadline = time.monotonic() + PATIENCE
    while True:
        applied = {row[0]: row[1] for row in await _fetch(theirs, _APPLIED.format(view.name))}
        if committed.keys() <= applied.keys():
            return [(applied[stream] - at).total_seconds() * 1000 for stream, at in committed.items()]
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(committed.keys() - applied.keys())} surveys did not arrive")
        await asyncio.sleep(0.2)


async def _fetch(url: str, query: str, *arguments: object) -> "list[asyncpg.Record]":
    connection = await asyncpg.connect(url, timeout=10, command_timeout=60)
    try:
        return list(await connection.fetch(query, *arguments))
    finally:
        await connection.close(timeout=5)


async def _fetchval(url: str, query: str) -> int:
    return int((await _fetch(url, query))[0][0])
