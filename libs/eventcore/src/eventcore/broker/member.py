"""One consumer in its group: what it reads goes to the receiver, and only then are offsets committed."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiokafka.errors import KafkaError, NoOffsetForPartitionError, OffsetOutOfRangeError

from eventcore.broker.clients import close, open_consumer
from eventcore.broker.messages import (
    Alarm,
    AlarmKind,
    BrokerLost,
    Incoming,
    Lease,
    LeaseLost,
    MemberTaken,
    Partition,
    Refused,
)
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.watchdog import Watchdog
from eventcore.database import Unavailable
from eventcore.failpoints import hit

_log = logging.getLogger(__name__)

Receive: TypeAlias = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Stores a batch, in order within each partition: durable and deduplicated when it returns; what is stored before it
raises `Refused` may come again. Raises `Refused`, or `Unavailable`: the same batch comes again, in order."""


@dataclass(eq=False)
class Role:
    """What members take over from one another: what they are connected to, and what outlives each."""

    settings: BrokerSettings
    group: str
    topics: Collection[str]
    receive: Receive
    lease: Lease
    alarm: Callable[[Alarm], None]
    refused: dict[Partition, float] = field(default_factory=dict, init=False)
    """When they are offered again."""
    start_over: bool = field(default=False, init=False)
    failures: int = field(default=0, init=False)
    disputed_since: float = field(default=0.0, init=False)
    disputed_last: float = field(default=float("-inf"), init=False)

    def __post_init__(self) -> None:
        self.limits = self.settings.limits
        self.watchdog = Watchdog(self.limits.stall)


class Member:
    """Reads until it is cancelled or another consumer is needed. One use only."""

    def __init__(self, role: Role, member: str) -> None:
        self._role, self._id = role, member
        self._consumer: Any = None
        self._known_as = ""
        self._asked_anew = False
        self.committed: dict[Partition, int] = {}
        """Offsets that this member committed; another object after it went back."""

    def assigned(self) -> set[Partition]:
        return set() if self._consumer is None else set(self._consumer.assignment())

    async def run(self) -> None:
        """Raises `BrokerLost` when another consumer is needed, `MemberTaken`, and unknown errors of the receiver."""
        settings = self._role.settings
        consumer = await open_consumer(settings, group_id=self._role.group, group_instance_id=self._id)
        try:
            self._consumer = consumer
            # A pattern for given names: waiting for a named topic that is not there yet would hold up all others.
            names = "|".join(map(re.escape, sorted(self._role.topics)))
            consumer.subscribe(pattern=rf"(?:{names})\Z")
            while True:
                await self._turn()
        except KafkaError as error:
            self._dispute(error)
            raise BrokerLost(repr(error)) from error
        finally:
            self._consumer = None
            await close(consumer, settings.limits.client_stop)

    async def back_off(self) -> None:
        role, limits = self._role, self._role.limits
        await asyncio.sleep(min(limits.backoff_first * 2**role.failures, limits.backoff_most))
        role.failures = min(role.failures + 1, 16)

    async def _turn(self) -> None:
        if self._consumer._fetcher.error_future.done():  # nothing else would tell: it would read no more, silently
            raise BrokerLost("the client has stopped fetching")
        self._notice_eviction()
        self._ask_for_present_assignment()
        self._apply_pauses()
        try:
            read = await self._consumer.getmany(timeout_ms=int(self._role.limits.poll * 1000))
        except OffsetOutOfRangeError as error:
            await self._to_beginning("offset_out_of_range", error.args[0].keys())
        except NoOffsetForPartitionError as error:
            # All that have none: a new group would otherwise ask for each of its partitions alone.
            committed = await self._consumer._coordinator.fetch_committed_offsets(self.assigned())
            await self._to_beginning("offset_unknown", {error.args[0], *self.assigned() - committed.keys()})
        else:
            if self._role.start_over:
                assigned = self.assigned()
                self._role.start_over = not (assigned and await self._go_back(assigned))
            elif read:
                hit("inbox.after_getmany")
                await self._take(read)
            else:
                self._role.failures = 0

    async def _take(self, read: Mapping[Any, Sequence[Any]]) -> None:
        stored: dict[Any, int] = {}
        try:
            await self._offer(read, stored)
        except Unavailable as error:
            _log.warning("the receiver is unavailable: %r", error.__cause__)
            self._role.watchdog.excuse()
            await self.back_off()
        for partition in (read.keys() - stored.keys()) & self._consumer.assignment():
            self._consumer.seek(partition, read[partition][0].offset)
        if stored:
            await self._commit(stored)
            hit("inbox.after_offset_commit")

    async def _offer(self, offered: Mapping[Any, Sequence[Any]], stored: dict[Any, int]) -> None:
        """All partitions go to the receiver at once; one by one where a source is refused."""
        try:
            await self._hand_over(offered, stored)
        except Refused:
            for partition, records in offered.items():
                try:
                    await self._hand_over({partition: records}, stored)
                except Refused as refused:
                    self._refuse(partition, refused.source)

    async def _hand_over(self, offered: Mapping[Any, Sequence[Any]], stored: dict[Any, int]) -> None:
        """Notes in `stored` the offset after what the receiver has stored of each partition."""
        if not self._role.lease.held():
            raise LeaseLost
        await self._role.receive([_incoming(record) for records in offered.values() for record in records])
        self._role.failures = 0
        hit("inbox.after_receive")
        for partition, records in offered.items():
            self._role.refused.pop(partition, None)
            stored[partition] = records[-1].offset + 1

    async def _commit(self, offsets: Mapping[Any, int]) -> bool:
        """A commit that fails is no loss: its batch may come again."""
        try:
            async with asyncio.timeout(self._role.limits.commit):
                await self._consumer.commit(dict(offsets))
        except (KafkaError, TimeoutError) as error:
            _log.warning("offsets not committed: %r", error)
            self._dispute(error)
            await asyncio.sleep(self._role.limits.backoff_first)
            return False
        self.committed.update(offsets)
        return True

    async def _to_beginning(self, kind: AlarmKind, partitions: Collection[Partition]) -> None:
        for topic, partition in partitions:
            self._role.alarm(Alarm(kind=kind, topic=topic, partition=partition, detail="reads from the beginning"))
        await self._go_back(partitions)

    async def _go_back(self, partitions: Collection[Partition]) -> bool:
        # Committed at once: an empty partition would raise its alarm again at every start.
        self.committed = {p: at for p, at in self.committed.items() if p not in partitions}
        begins = await self._consumer.beginning_offsets(partitions)
        for partition, offset in begins.items():
            self._consumer.seek(partition, offset)
        return await self._commit(begins)

    def _refuse(self, partition: Partition, source: str) -> None:
        if partition not in self._role.refused:
            self._role.alarm(Alarm(kind="source_refused", topic=partition[0], partition=partition[1], detail=source))
        self._role.refused[partition] = time.monotonic() + self._role.limits.refused_again

    def _apply_pauses(self) -> None:
        """Each time: a rebalance forgets what was paused."""
        refused, now = self._role.refused, time.monotonic()
        for partition in [each for each in self._consumer.assignment() if each in refused]:
            if refused[partition] > now:
                self._consumer.pause(partition)
            else:
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
        role, now, session = self._role, time.monotonic(), self._role.settings.consumer.session_timeout_ms / 1000
        if now - role.disputed_last > session:
            role.disputed_since = now
        role.disputed_last = now
        if now - role.disputed_since > session:
            raise MemberTaken(f"{self._id}: disputed for {now - role.disputed_since:.0f} s") from error


def _incoming(record: Any) -> Incoming:
    return Incoming(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key or b"",
        value=record.value or b"",
        headers=tuple((str(name), bytes(value or b"")) for name, value in record.headers),
    )
