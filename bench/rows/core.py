"""The command core in this process: the registry's rules, through `handle` and the door, everything on.

Approvals write one event to a stream that is there. Their states are known to the process, or every stream is loaded
first; with a guard, every event takes one too. Surveys (a guard that is read and taken, a key of a person that is
committed to the key instance, five fields sealed) are the way in.
"""

from collections.abc import Sequence
from typing import Final

import asyncpg
from eventcore.database import Pool
from lb.deployment import Deployment
from lb.local.databases import with_database
from registry.app import PROGRAM

from bench import peer
from bench.deployment import deployed, settings
from bench.load import Load
from bench.plan import Bench
from bench.references.inserts import insert
from bench.registry_store import GUARDED, Registry, registry
from bench.result import Goal, Row, at_least

_SIZES: Final = """
select type, avg(octet_length(data) + octet_length(metadata))::int from log.events group by type
"""
INSERTS: Final = "one INSERT a commit, asyncpg, 32 clients"


def rows(bench: Bench) -> list[Row]:
    """Commands a second from 128 clients."""
    with deployed() as deployment, registry(deployment) as core:
        return _Core(bench, deployment, core).rows()


class _Core:
    def __init__(self, bench: Bench, deployment: Deployment, core: Registry) -> None:
        self._bench, self._core, self._count = bench, core, bench.plan.commands
        self._owner = settings(deployment, PROGRAM).database_owner_url.get_secret_value()
        self._surveyed: list[str] = []
        self._slowest: dict[str, float] = {}
        core.approvals(core.surveys(self._count // 10)[0])
        sizes = core.runner.run(_sizes(core.store.pool))
        self._peer = peer.Peer(_peer_database(core, deployment), sizes["survey-recorded"], sizes["survey-approved"])

    def rows(self) -> list[Row]:
        self._bench.say("looking for the peer's fastest modes")
        few = max(300, self._count // 20)
        cached, loaded = (self._peer.best(reading, few) for reading in ("cached", "loaded"))
        medians = self._bench.alternate(
            {
                "surveys": self._surveys,
                "approvals": self._approvals,
                INSERTS: lambda _: self._core.runner.run(insert(self._owner, self._count)).rate,
                f"{peer.NAME}, {loaded}": lambda _: self._peer.rate(loaded, few * 4),
                "approvals with a guard": self._guarded,
                "approvals, streams loaded": self._loaded,
                f"{peer.NAME}, {cached}": lambda _: self._peer.rate(cached, few * 4),
            }
        )

        def row(name: str, reference: str, goal: Goal | None = None) -> Row:
            return Row(name=f"command core: {name}", unit="commands/s", project=medians[name],
                       reference=medians[reference], reference_name=reference, goal=goal,
                       note=f"p99 {self._slowest[name]:.1f} ms")  # fmt: skip

        return [
            row("approvals", f"{peer.NAME}, {loaded}", at_least(8, 12)),
            row("approvals", f"{peer.NAME}, {cached}"),
            row("approvals", INSERTS, at_least(1, 1.5)),
            row("approvals with a guard", INSERTS, at_least(0.6, 1.2)),
            row("approvals, streams loaded", f"{peer.NAME}, {loaded}"),
            row("approvals, streams loaded", INSERTS),
            row("surveys", INSERTS),
        ]

    def _surveys(self, _: int) -> float:
        self._surveyed, load = self._core.surveys(self._count)
        return self._noted("surveys", load)

    def _approvals(self, _: int) -> float:
        return self._noted("approvals", self._core.approvals(self._surveyed))

    def _guarded(self, _: int) -> float:
        return self._noted("approvals with a guard", self._core.approvals(self._fresh(), GUARDED))

    def _loaded(self, _: int) -> float:
        return self._noted("approvals, streams loaded", self._core.approvals(self._fresh(), cached=False))

    def _fresh(self) -> Sequence[str]:
        return self._core.surveys(self._count)[0]

    def _noted(self, name: str, load: Load) -> float:
        self._slowest[name] = load.quantile(0.99)
        return load.rate


async def _sizes(pool: Pool) -> dict[str, int]:
    return dict(await pool.fetch(_SIZES))


def _peer_database(core: Registry, deployment: Deployment) -> str:
    dsn = deployment.postgres().dsn

    async def make() -> None:
        connection = await asyncpg.connect(dsn, timeout=10)
        await connection.execute("create database peer")
        await connection.close(timeout=5)

    core.runner.run(make())
    return with_database(dsn, "peer")
