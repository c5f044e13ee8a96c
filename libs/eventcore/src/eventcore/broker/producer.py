"""The relay's side: batches in order, acknowledged by the cluster that acknowledged those before."""

import asyncio
import time
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, Final

from eventcore.broker.clients import close, fence, open_producer
from eventcore.broker.messages import BrokerLost, Marks, MessageTooLarge, TopicTruncated
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec, compare, ensure, snapshot
from eventcore.failpoints import hit
from eventcore.published import Packed

_NO_MARKS: Final = Marks()


class Publisher:
    """Publishes to declared topics. One task uses it at a time.

    `marks` are those stored with the checkpoint that the caller resumes from.
    """

    def __init__(self, settings: BrokerSettings, topics: Collection[TopicSpec], marks: Marks = _NO_MARKS) -> None:
        self._settings, self._specs = settings, topics
        self._cluster, self._offsets = marks.cluster, dict(marks.offsets)
        self._producer: Any = None
        self._failure: asyncio.Future[BaseException]
        self._checked = 0.0

    def marks(self) -> Marks:
        """To be stored together with the checkpoint; after `TopicTruncated` empty, together with checkpoint 0."""
        return Marks(cluster=self._cluster, offsets=dict(self._offsets))

    async def publish(self, batch: Sequence[Packed]) -> None:
        """Sends in order and returns when everything is acknowledged.

        Waits while the broker is away. Raises `BrokerLost`, `TopicTruncated`, `MessageTooLarge`. After an error, or
        where it was cancelled, the next call builds another producer.
        """
        self._check_sizes(batch)
        await self.check()
        hit("relay.before_send")
        try:
            for record in await self._deliver(batch):
                self._accept(record)
        except BaseException as error:
            await self.close(error)
            if isinstance(error, BrokerLost | TopicTruncated) or not isinstance(error, Exception):
                raise
            raise BrokerLost(f"not acknowledged: {error!r}") from error
        hit("relay.after_acks")

    async def check(self) -> None:
        """Builds a producer if there is none, and compares the cluster with the marks, at most every `check_every`.

        `publish` calls it; an idle caller does so itself. Raises `BrokerLost`, `TopicTruncated`.
        """
        if self._producer is not None and time.monotonic() - self._checked < self._settings.limits.check_every:
            return
        try:
            await self._verify()
        except TopicTruncated as cut:
            await self.close(cut)
            raise
        if self._producer is None:
            await ensure(self._settings, self._specs)
            self._producer = await open_producer(self._settings)
            self._failure = asyncio.get_running_loop().create_future()

    async def close(self, error: BaseException | None = None) -> None:
        """What is not acknowledged is dropped. After `TopicTruncated` the marks are of no use either."""
        if isinstance(error, TopicTruncated):
            self._cluster, self._offsets = None, {}
        producer, self._producer = self._producer, None
        if producer is not None:
            await close(producer, self._settings.limits.client_stop)

    def _check_sizes(self, batch: Sequence[Packed]) -> None:
        for index, message in enumerate(batch):
            size = len(message.key) + len(message.value) + sum(len(k) + len(v) for k, v in message.headers)
            if size > self._settings.limits.message_bytes:
                raise MessageTooLarge(f"message {index} of the batch has {size} bytes")

    async def _deliver(self, batch: Sequence[Packed]) -> list[Any]:
        futures = [await self._send(message) for message in batch]
        hit("relay.after_send")
        # One after another, not all at once: those of one request are done together, so that few waits are needed.
        for future in futures:
            if not future.done():
                await self._settle(future)
        return [future.result() for future in futures]

    async def _send(self, message: Packed) -> "asyncio.Future[Any]":
        future: asyncio.Future[Any] = await self._producer.send(
            message.topic, message.value, key=message.key, headers=list(message.headers)
        )
        future.add_done_callback(partial(_notice_failure, self._producer, self._failure))
        return future

    async def _settle(self, future: "asyncio.Future[Any]") -> None:
        """Futures of an idempotent producer never fail while the broker is away: the deadline is ours."""
        deadline = self._settings.limits.ack_deadline
        waited = {future, self._failure}
        done, _ = await asyncio.wait(waited, timeout=deadline, return_when=asyncio.FIRST_COMPLETED)
        if self._failure.done():
            raise self._failure.result()
        if not done:
            await self._verify()
            raise BrokerLost(f"no acknowledgement in {deadline:.0f} s")

    def _accept(self, record: Any) -> None:
        partition, offset = (str(record.topic), int(record.partition)), int(record.offset)
        if offset < 0:
            raise BrokerLost(f"{partition} acknowledged without an offset")
        if offset <= self._offsets.get(partition, -1):
            raise TopicTruncated(*partition, f"acknowledged {offset} after {self._offsets[partition]}")
        self._offsets[partition] = offset

    async def _verify(self) -> None:
        seen = await snapshot(self._settings, self._offsets.keys())
        self._checked = time.monotonic()
        compare(seen, self._cluster, seen.ends, {p: offset + 1 for p, offset in self._offsets.items()})
        self._cluster = seen.cluster


def _notice_failure(producer: Any, failure: "asyncio.Future[BaseException]", future: "asyncio.Future[Any]") -> None:
    # What waits behind a failed batch must not go out: the broker takes any first sequence number of a producer that
    # it does not know, and the messages would be there out of order.
    error = BrokerLost("a message was dropped") if future.cancelled() else future.exception()
    if error is not None and not failure.done():
        failure.set_result(error)
        fence(producer, error)
