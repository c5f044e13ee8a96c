"""One consumer in its group: what it reads goes to the receiver, and only then are offsets committed."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError, NoOffsetForPartitionError, OffsetOutOfRangeError

from eventcore.broker import points
from eventcore.broker.clients import close, open_consumer
from eventcore.broker.messages import (
    Alarm,
    BrokerLost,
    Incoming,
    LeaseLost,
    MemberTaken,
    Partition,
    Refused,
    Unavailable,
)
from eventcore.broker.settings import BrokerSettings, Limits
from eventcore.broker.topics import Topics
from eventcore.broker.watchdog import Watchdog

_log = logging.getLogger(__name__)

Receive: TypeAlias = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Stores a batch, in order within each partition: durable and deduplicated when it returns; what is stored before it
raises `Refused` may come again. Raises `Refused`, `Unavailable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What a member is connected to."""

    settings: BrokerSettings
    group: str
    pattern: str
    receive: Receive
    held: Callable[[], bool]
    alarm: Callable[[Alarm], None]
    hit: points.Hit

    @property
    def limits(self) -> Limits:
        return self.settings.limits


@dataclass(slots=True, kw_only=True)
class Memory:
    """What outlives a consumer."""

    watchdog: Watchdog
    refused: dict[Partition, tuple[str, float]] = field(default_factory=dict)
    """The source, and when it is offered again."""
    start_over: bool = False
    failures: int = 0
    disputed_since: float = 0.0
    disputed_last: float = float("-inf")


class Member:
    """Reads until it is cancelled or another consumer is needed. One use only."""

    def __init__(self, wiring: Wiring, memory: Memory, member: str) -> None:
        self._w, self._memory, self._id = wiring, memory, member
        self._topics = Topics(wiring.settings)
        self._consumer: Any = None
        self._known_as = ""
        self._asked_anew = False
        self.committed: dict[Partition, int] = {}
        """Offsets that this member committed; another object after it went back."""

    def assigned(self) -> set[Partition]:
        return set() if self._consumer is None else {tuple(p) for p in self._consumer.assignment()}

    async def run(self) -> None:
        """Raises `BrokerLost` when another consumer is needed, `MemberTaken`, and unknown errors of the receiver."""
        settings = self._w.settings
        consumer = await open_consumer(settings, group_id=self._w.group, group_instance_id=self._id)
        try:
            self._consumer = consumer
            consumer.subscribe(pattern=self._w.pattern)
            while True:
                await self._turn()
        except KafkaError as error:
            self._dispute(error)
            raise BrokerLost(repr(error)) from error
        finally:
            self._consumer = None
            await close(consumer, settings.limits.client_stop)

    async def back_off(self) -> None:
        limits, memory = self._w.limits, self._memory
        await asyncio.sleep(min(limits.backoff_first * 2**memory.failures, limits.backoff_most))
        memory.failures = min(memory.failures + 1, 16)

    async def _turn(self) -> None:
        if self._consumer._fetcher.error_future.done():  # nothing else would tell: it would read no more, silently
            raise BrokerLost("the client has stopped fetching")
        self._notice_eviction()
        self._ask_for_present_assignment()
        self._apply_pauses()
        try:
            read = await self._consumer.getmany(timeout_ms=int(self._w.limits.poll * 1000))
        except OffsetOutOfRangeError as error:
            await self._to_beginning("offset_out_of_range", error.args[0].keys())
        except NoOffsetForPartitionError as error:
            await self._to_beginning("offset_unknown", {error.args[0], *await self._uncommitted()})
        else:
            if self._memory.start_over:
                await self._start_over()
            elif read:
                self._w.hit(points.AFTER_GETMANY)
                await self._take(read)
            else:
                self._memory.failures = 0

    async def _take(self, read: Mapping[Any, Sequence[Any]]) -> None:
        held_back, stored = self._held_back(), dict[Any, int]()
        offered = {partition: records for partition, records in read.items() if partition not in held_back}
        unavailable: Unavailable | None = None
        try:
            async for partition in self._stored(offered):
                stored[partition] = offered[partition][-1].offset + 1
        except Unavailable as error:
            unavailable = error
        self._seek_back({partition: records for partition, records in read.items() if partition not in stored})
        if stored:
            await self._commit(stored)
            self._w.hit(points.AFTER_COMMIT)
        if unavailable is not None:
            _log.warning("the receiver is unavailable: %s", unavailable)
            self._memory.watchdog.excuse()
            await self.back_off()

    async def _stored(self, offered: Mapping[Any, Sequence[Any]]) -> AsyncIterator[Any]:
        """Partitions whose records are stored. All go to the receiver at once; one by one where a source is refused."""
        try:
            await self._hand_over([record for records in offered.values() for record in records])
        except Refused:
            for partition, records in offered.items():
                try:
                    await self._hand_over(records)
                except Refused as refused:
                    self._refuse((partition[0], partition[1]), refused.source)
                else:
                    self._memory.refused.pop(partition, None)
                    yield partition
        else:
            for partition in offered:
                self._memory.refused.pop(partition, None)
                yield partition

    async def _hand_over(self, records: Sequence[Any]) -> None:
        if not self._w.held():
            raise LeaseLost
        if records:
            await self._w.receive([_incoming(record) for record in records])
            self._memory.failures = 0
            self._w.hit(points.AFTER_RECEIVE)

    async def _commit(self, offsets: Mapping[Any, int]) -> bool:
        """A commit that fails is no loss: its batch may come again."""
        try:
            async with asyncio.timeout(self._w.limits.commit):
                await self._consumer.commit(dict(offsets))
        except (KafkaError, TimeoutError) as error:
            _log.warning("offsets not committed: %r", error)
            self._dispute(error)
            await asyncio.sleep(self._w.limits.backoff_first)
            return False
        self.committed.update({tuple(p): at for p, at in offsets.items()})
        return True

    async def _uncommitted(self) -> set[Partition]:
        """All at once: a new group would otherwise ask for each of its partitions alone."""
        assigned = self.assigned()
        return assigned - (await self._topics.snapshot(assigned, self._w.group)).committed.keys()

    async def _to_beginning(
        self, kind: Literal["offset_unknown", "offset_out_of_range"], partitions: Collection[Partition]
    ) -> None:
        for topic, partition in partitions:
            self._w.alarm(Alarm(kind=kind, topic=topic, partition=partition, detail="reads from the beginning"))
        await self._go_back(partitions)

    async def _start_over(self) -> None:
        assigned = self.assigned()
        if assigned and await self._go_back(assigned):
            self._memory.start_over = False

    async def _go_back(self, partitions: Collection[Partition]) -> bool:
        # Committed at once: an empty partition would raise its alarm again at every start.
        self.committed = {p: at for p, at in self.committed.items() if p not in partitions}
        begins = await self._topics.begins(partitions)
        for partition, offset in begins.items():
            self._consumer.seek(TopicPartition(*partition), offset)
        return await self._commit({TopicPartition(*p): at for p, at in begins.items()})

    def _seek_back(self, read: Mapping[Any, Sequence[Any]]) -> None:
        for partition in read.keys() & self._consumer.assignment():
            self._consumer.seek(partition, read[partition][0].offset)

    def _refuse(self, partition: Partition, source: str) -> None:
        if partition not in self._memory.refused:
            self._w.alarm(Alarm(kind="source_refused", topic=partition[0], partition=partition[1], detail=source))
        self._memory.refused[partition] = (source, time.monotonic() + self._w.limits.refused_again)

    def _held_back(self) -> set[Partition]:
        now = time.monotonic()
        return {partition for partition, (_, again_at) in self._memory.refused.items() if again_at > now}

    def _apply_pauses(self) -> None:
        """Each time: a rebalance forgets what was paused."""
        held_back = self._held_back()
        for partition in self._consumer.assignment():
            if partition in held_back:
                self._consumer.pause(partition)
            elif partition in self._memory.refused:
                self._consumer.resume(partition)

    def _notice_eviction(self) -> None:
        """The group knows us under another id: the old one had expired, or another process took it."""
        known = self._consumer._coordinator.member_id
        if known and self._known_as and known != self._known_as:
            self._dispute()
        self._known_as = known or self._known_as

    def _ask_for_present_assignment(self) -> None:
        """A static member that is back within its session gets what was stored for it, made of the topics of then, and
        is not told that it leads: nobody would ever notice. Where it does lead, joining again divides them anew."""
        joined = self._consumer._subscription.subscription
        if self._asked_anew or joined is None or joined.assignment is None:
            return
        self._asked_anew = True
        coordinator = self._consumer._coordinator
        if coordinator._group_subscription is None:  # it did not divide them itself
            coordinator.request_rejoin()

    def _dispute(self, error: BaseException | None = None) -> None:
        """Another process with our id shows in evictions and unknown errors that do not end."""
        if error is not None and "UnknownError" not in repr(error):
            return
        memory, now, session = self._memory, time.monotonic(), self._w.settings.consumer.session_timeout_ms / 1000
        if now - memory.disputed_last > session:
            memory.disputed_since = now
        memory.disputed_last = now
        if now - memory.disputed_since > session:
            raise MemberTaken(f"{self._id}: disputed for {now - memory.disputed_since:.0f} s") from error


def _incoming(record: Any) -> Incoming:
    return Incoming(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key or b"",
        value=record.value or b"",
        headers=tuple((str(name), bytes(value or b"")) for name, value in record.headers),
        timestamp=record.timestamp,
    )
