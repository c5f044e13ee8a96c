"""A view is built anew from the whole log, alone and while commands are carried out.

Beside it the same columns of the same events in one COPY to this process, decoded by nobody. The command's p99 is
measured at a steady rate, with the rebuild in a process of its own, as an operator runs it.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import asyncpg
from lb.deployment import Deployment
from registry.app import PROGRAM

from bench.deployment import deployed, settings
from bench.fill import fill
from bench.load import Load, steady
from bench.plan import Bench
from bench.processes import ROOT, lent
from bench.rebuilder import speed
from bench.registry_store import Registry, registry
from bench.result import Row, at_least, within

COMMANDS: Final = 200.0
"""Commands a second while the view is rebuilt."""
COPY: Final = "COPY out, binary, asyncpg"
_EVENTS: Final = """
select position, stream_id, version, type, schema_version, data, metadata, occurred_at, recorded_at
from log.events order by position
"""


def rows(bench: Bench) -> list[Row]:
    """Events a second, and a command's p99 meanwhile."""
    with deployed() as deployment, registry(deployment) as core:
        bench.say(f"filling the log with {bench.plan.rebuilt:,} events")
        core.runner.run(fill(core.store, bench.plan.rebuilt))
        return [_speed(bench, deployment, core), _meanwhile(bench, deployment, core)]


def _speed(bench: Bench, deployment: Deployment, core: Registry) -> Row:
    owner = _owner(deployment)
    medians = bench.alternate(
        {
            "rebuild": lambda _: core.runner.run(speed(owner)),
            COPY: lambda _: core.runner.run(_copied_out(owner)),
        }
    )
    return Row(name=f"rebuild of a view from {bench.plan.rebuilt:,} events", unit="events/s",
               project=medians["rebuild"], reference=medians[COPY], reference_name=COPY,
               goal=at_least(0.25, 0.5))  # fmt: skip


async def _copied_out(owner: str) -> float:
    connection = await asyncpg.connect(owner)
    try:
        started = time.perf_counter()
        done = await connection.copy_from_query(_EVENTS, output=_forget, format="binary")
        return int(done.rpartition(" ")[2]) / (time.perf_counter() - started)
    finally:
        await connection.close(timeout=5)


async def _forget(data: bytes) -> None:
    """Goes nowhere."""


def _meanwhile(bench: Bench, deployment: Deployment, core: Registry) -> Row:
    count = int(COMMANDS * bench.plan.seconds / 2)

    def during(_: int) -> float:
        with _rebuilding(_owner(deployment)):
            return _steady(core, count).quantile(0.99)

    _steady(core, count // 4)
    medians = bench.alternate(
        {"p99 while a view is rebuilt": during, "p99 alone": lambda _: _steady(core, count).quantile(0.99)}
    )
    return Row(name=f"command while a view is rebuilt, p99 at {COMMANDS:.0f}/s", unit="ms",
               project=medians["p99 while a view is rebuilt"], reference=medians["p99 alone"],
               reference_name="the same without a rebuild", goal=within(4, 2, of="ratio"))  # fmt: skip


def _steady(core: Registry, count: int) -> Load:
    return core.runner.run(steady(core.strangers(count), partial(core.carry_out, core.store), COMMANDS))


@contextmanager
def _rebuilding(owner_url: str) -> Iterator[None]:
    """Another process rebuilds the view, again and again."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bench.rebuilder", owner_url], cwd=ROOT, env=lent(), stdout=subprocess.PIPE
    )
    try:
        if not process.stdout or not process.stdout.readline():
            raise RuntimeError("the rebuild did not begin")
        yield
        if process.poll() is not None:
            raise RuntimeError("the rebuild failed while commands ran")
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _owner(deployment: Deployment) -> str:
    address: str = settings(deployment, PROGRAM).database_owner_url.get_secret_value()
    return address
