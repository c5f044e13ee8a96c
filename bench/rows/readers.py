"""Relay and inbox, each as a worker runs it, alone and with a log or topic that is already full.

Relay: pages of the log, decoded, made public, sent, acknowledged, the checkpoint moved. Beside it a producer that
only awaits lists of 500 of the same records. Inbox: the consumer's batches, through the inbox's door, offsets
committed. Beside it the same rows in plain INSERTs of 500, without a lock, a look at what is known, or Kafka.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import asyncpg
import uvloop
from eventcore.database import Pool
from eventcore.published import Packed, packed
from eventcore.readers.relay import rewind
from eventcore.server import settle_memory
from eventcore.service import Service
from eventcore.serving import opened
from eventcore.store import Store
from eventcore.worker import assemble, make_topics
from lb.deployment import Deployment
from registry.app import PROGRAM as REGISTRY
from reporting.app import PROGRAM as REPORTING

from bench.deployment import deployed, migrate, settings
from bench.fill import fill
from bench.plan import Bench
from bench.references.kafka import LIST, produce
from bench.result import Row, rate

_PAUSE: Final = 0.01
_RELAY: Final = replace(REGISTRY.service, views=(), policies=(), alarms=())
_INBOX: Final = replace(REPORTING.service, views=(), policies=(), alarms=())
PRODUCER: Final = "aiokafka producer, lists of 500"
INSERTS: Final = "plain INSERTs of 500 rows"

_TABLE: Final = """
create schema if not exists bench;
create table if not exists bench.inbox (like log.inbox including defaults including constraints including indexes);
truncate bench.inbox;
"""
_INSERT: Final = """
insert into bench.inbox
select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[],
                     $8::bytea[], $9::text[], $10::integer[], $11::bigint[], $12::timestamptz[])
"""


def rows(bench: Bench) -> list[Row]:
    """Events a second."""
    with deployed(kafka=True) as deployment, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        migrate(deployment, REGISTRY)
        migrate(deployment, REPORTING)
        return _Readers(bench, deployment, runner).rows()


class _Readers:
    def __init__(self, bench: Bench, deployment: Deployment, runner: asyncio.Runner) -> None:
        self._bench, self._runner = bench, runner
        self._registry, self._reporting = (settings(deployment, program) for program in (REGISTRY, REPORTING))
        self._bootstrap = deployment.kafka().bootstrap
        self._owner = self._reporting.database_owner_url.get_secret_value()

    def rows(self) -> list[Row]:
        count = self._bench.plan.relayed
        self._bench.say(f"filling the log with {count:,} events")
        records = self._runner.run(self._filled(count))
        settle_memory()
        medians = self._bench.alternate(
            {
                "relay": lambda n: self._runner.run(self._relay(n)),
                PRODUCER: lambda n: self._runner.run(produce(self._bootstrap, f"bench.{n}", records)),
                "inbox": lambda n: self._runner.run(self._inbox(n, len(records))),
                INSERTS: lambda _: self._runner.run(_inserts(self._owner, len(records))),
            }
        )
        return [
            Row(name=name, unit="events/s", project=medians[name], reference=medians[reference],
                reference_name=reference, goal=rate(10_000, 20_000))
            for name, reference in (("relay", PRODUCER), ("inbox", INSERTS))
        ]  # fmt: skip

    async def _filled(self, count: int) -> list[Packed]:
        """The records that the relay will make of them."""
        async with opened(REGISTRY, self._registry) as store:
            await fill(store, count)
            pages = _RELAY.pages(store.pool, _RELAY.all_codecs(), (), 5_000)
            records: list[Packed] = []
            position, full = 0, True
            while full:
                page = await pages.after(position)
                records += [self._packed(fact) for fact in page.facts]
                position, full = page.last, page.full
            return records

    def _packed(self, fact: Any) -> Packed:
        event = _RELAY.publish(fact)
        service, region = _RELAY.name, self._registry.region
        return packed(_RELAY.dialect, fact, event, region=region, service=service, incarnation="0190")

    async def _relay(self, number: int) -> float:
        """Every round to topics of its own, as those of another region."""
        given = _of_round(self._registry, number)
        await make_topics(_RELAY, given)
        async with opened(REGISTRY, given) as store:
            await rewind(store.pool)
            head = await store.pool.fetchval("select pos from log.last()")
            checkpoint = "select coalesce(max(position), 0) from log.checkpoints where reader = 'relay'"
            return await _worked(_RELAY, given, store, lambda: store.pool.fetchval(checkpoint), head)

    async def _inbox(self, number: int, count: int) -> float:
        given = _of_round(self._reporting, number)
        async with opened(REPORTING, given) as store:
            position = "select pos from log.last()"
            before = await store.pool.fetchval(position)
            return await _worked(_INBOX, given, store, lambda: store.pool.fetchval(position), before + count)


def _of_round(given: Any, number: int) -> Any:
    return given.model_copy(update={"region": f"52000{number}"})


async def _worked(
    service: Service, given: Any, store: Store, position: Callable[[], Awaitable[int]], goal: int
) -> float:
    """Events a second, from the first that is done: joining a group and the like happen once in a process' life."""
    begun = await position()
    working = asyncio.create_task(assemble(service, given, store).run())
    try:
        while (first := await position()) == begun:
            await _pause(working)
        started = time.perf_counter()
        while await position() < goal:
            await _pause(working)
        return (goal - first) / (time.perf_counter() - started)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _pause(working: "asyncio.Task[None]") -> None:
    if working.done():
        working.result()
    await asyncio.sleep(_PAUSE)


async def _inserts(owner: str, count: int) -> float:
    pool: Pool = await asyncpg.create_pool(owner, min_size=1, max_size=1)
    try:
        await pool.execute(_TABLE)
        stored = await pool.fetch("select * from log.inbox order by position limit $1", count)
        calls = [_transposed(stored[at : at + LIST]) for at in range(0, len(stored), LIST)]
        started = time.perf_counter()
        for call in calls:
            await pool.execute(_INSERT, *call)
        return len(stored) / (time.perf_counter() - started)
    finally:
        await pool.close()


def _transposed(records: Sequence[Any]) -> list[list[Any]]:
    return [list(column) for column in zip(*records, strict=True)]
