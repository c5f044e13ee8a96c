"""The relay: own facts after the checkpoint become public events in Kafka; acknowledged, then the checkpoint moves.

Sending again is harmless: the bytes are the same and consumers deduplicate. A topic that lost its end is filled again
from the beginning of the log.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

import structlog

from eventcore import tracing
from eventcore.broker.messages import BrokerLost, Marks, TopicTruncated
from eventcore.broker.producer import Publisher
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec
from eventcore.database import Pool, Unavailable
from eventcore.facts import Fact
from eventcore.failpoints import hit
from eventcore.published import Packed
from eventcore.readers import checkpoints
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.facts import Facts, Pages
from eventcore.readers.loop import Retreat, Work

log = structlog.get_logger()

NAME: Final = "relay"

_ACKNOWLEDGED: Final = """
with moved as (update log.checkpoints set position = $3, updated_at = clock_timestamp()
    where reader = $1 and position = $2 returning set_config('synchronous_commit', 'off', true)),
marked as (insert into log.relay_marks as m
    select t.*, $7 from moved, unnest($4::text[], $5::integer[], $6::bigint[]) t
    on conflict (topic, kafka_partition) do update set kafka_offset = excluded.kafka_offset, cluster = excluded.cluster
    where (m.kafka_offset, m.cluster) is distinct from (excluded.kafka_offset, excluded.cluster))
select true from moved"""
"""The disk is not waited for: after a crash the same is sent again."""


async def stored_marks(pool: Pool) -> Marks:
    """What was acknowledged up to the relay's checkpoint."""
    records = await pool.fetch("select topic, kafka_partition, kafka_offset, cluster from log.relay_marks")
    return Marks(cluster=records[0]["cluster"] if records else None, offsets={(t, p): at for t, p, at, _ in records})


@dataclass(eq=False)
class RelayWork(Work):
    """Publishes a page of facts. Facts may be applied again. `record` makes a message of a fact, for the log's
    incarnation, or none."""

    pool: Pool
    pages: Pages
    record: Callable[[Fact[Any], str], Packed | None]
    broker: BrokerSettings
    topics: Sequence[TopicSpec]
    name = NAME

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[None]:
        """A producer of its own, that knows what was acknowledged up to the checkpoint."""
        self._incarnation = await self.pool.fetchval("select incarnation from log.head")
        self._publisher = Publisher(self.broker, self.topics, await stored_marks(self.pool))
        try:
            yield
        finally:
            await self._publisher.close()

    async def tend(self) -> None:
        """Do the topics still end where they ended?"""
        try:
            with suppress(BrokerLost):
                await self._publisher.check()
        except TopicTruncated as cut:
            await self._begin_again(cut)

    async def apply(self, facts: Facts, expected: int, goal: int, resumed: Resumed | None = None) -> int | None:
        """Acknowledgements first, the checkpoint after them."""
        messages = [message for fact in facts if (message := self.record(fact, self._incarnation))]
        try:
            if messages:
                with tracing.span("send", kind="producer", links=[fact.meta.trace for fact in facts]):
                    await self._publisher.publish(messages)
        except BrokerLost as lost:
            raise Unavailable from lost
        except TopicTruncated as cut:
            await self._begin_again(cut)
        await self._move(expected, goal, resumed)
        hit("relay.after_checkpoint")
        return goal

    async def _move(self, expected: int, goal: int, resumed: Resumed | None) -> None:
        marks = self._publisher.marks()
        columns = *([place[n] for place in marks.offsets] for n in (0, 1)), list(marks.offsets.values())
        if not await self.pool.fetchval(_ACKNOWLEDGED, self.name, expected, goal, *columns, marks.cluster or ""):
            raise checkpoints.CheckpointMoved(self.name)
        if resumed:
            await checkpoints.resume(self.pool, self.name, resumed)

    async def _begin_again(self, cut: TopicTruncated) -> None:
        log.error("relay.topic_truncated", topic=cut.topic, partition=cut.partition, reason=cut.detail)
        await rewind(self.pool)
        raise Retreat from cut


async def rewind(pool: Pool) -> None:
    """Everything is published again from the beginning of the log (`lb replay`)."""
    async with pool.acquire(timeout=5) as connection, connection.transaction():
        await connection.execute("update log.checkpoints set position = 0 where reader = $1", NAME)
        await connection.execute("delete from log.relay_marks")
