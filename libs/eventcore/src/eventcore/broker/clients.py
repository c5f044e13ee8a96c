"""Opening aiokafka's clients, and closing them whatever state they are in.

Its own `stop` waits for a flush, or for the broker's answer, for as long as the broker is away; here every client is
closed within a bound, and none of its tasks goes on: a forgotten heartbeat would keep a dead member in its group.
"""

import asyncio
import traceback
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import KafkaError, ProducerClosed

from eventcore.broker.messages import BrokerLost
from eventcore.broker.settings import BrokerSettings


async def open_producer(settings: BrokerSettings) -> Any:
    return await _start(AIOKafkaProducer(**settings.arguments(settings.producer)), settings)


async def open_consumer(settings: BrokerSettings, **extra: object) -> Any:
    return await _start(AIOKafkaConsumer(**settings.arguments(settings.consumer), **extra), settings)


@asynccontextmanager
async def asking(kind: type[AIOKafkaAdminClient | AIOKafkaConsumer], settings: BrokerSettings) -> AsyncIterator[Any]:
    """A client for the block, without a group. Errors of the block are `BrokerLost`, as is taking too long."""
    try:
        async with asyncio.timeout(settings.limits.admin):
            client = await _start(kind(**settings.arguments(settings.admin)), settings)
            try:
                yield client
            finally:
                await close(client, settings.limits.client_stop)
    except (KafkaError, OSError, TimeoutError) as error:
        raise BrokerLost(f"no answer from {settings.bootstrap}: {error!r}") from error


async def _start(client: Any, settings: BrokerSettings) -> Any:
    try:
        async with asyncio.timeout(settings.limits.client_start):
            await client.start()
    except BaseException as error:
        _close_abandoned(error)
        await close(client, settings.limits.client_stop)
        if isinstance(error, KafkaError | OSError | TimeoutError):
            raise BrokerLost(f"no client at {settings.bootstrap}: {error!r}") from error
        raise
    return client


def _close_abandoned(error: BaseException | None) -> None:
    """A start that is given up in the middle leaves its first connection open, and only its stack knows it."""
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            connection = frame.f_locals.get("bootstrap_conn")
            if isinstance(connection, AIOKafkaConnection):
                connection.close()
        error = error.__cause__ or error.__context__


async def close(client: Any, seconds: float) -> None:
    """Bounded. A producer drops what it has not sent; a static consumer stays in its group until its session ends."""
    match client:
        case AIOKafkaAdminClient():
            await _finish(client.close(), seconds)
        case AIOKafkaProducer():
            await _drop_unsent(client, seconds)
            await _finish(client.stop(), seconds)
            await _finish(client.client.close(), seconds)
        case AIOKafkaConsumer():
            await _finish(client.stop(), seconds)
            await _end([*_tasks(client._coordinator), *_tasks(client._fetcher)], seconds)
            await _finish(client._client.close(), seconds)


def fence(producer: Any, error: BaseException) -> None:
    """Nothing that this producer has not sent yet will be sent: it fails with the error. Cannot be undone."""
    if producer._sender.sender_task is not None:
        producer._sender.sender_task.cancel()
    queues = producer._message_accumulator._batches
    _fail([batch for queue in queues.values() for batch in queue], error)
    queues.clear()
    producer._message_accumulator._exception = error


def _fail(batches: Sequence[Any], error: BaseException) -> None:
    for batch in batches:
        batch.failure(error)
        if batch._drain_waiter.done():
            batch._drain_waiter.exception()  # else asyncio reports it as never retrieved


async def _drop_unsent(producer: Any, seconds: float) -> None:
    """Also what a sender that ended late has put back."""
    closed = ProducerClosed()
    fence(producer, closed)
    await _end(_tasks(producer._sender), seconds, patience=seconds)
    fence(producer, closed)
    _fail(list(producer._message_accumulator._pending_batches), closed)


async def _finish(closing: Coroutine[Any, Any, None], seconds: float) -> None:
    # In a task of its own: aiokafka's close can raise the CancelledError of one of its tasks, which is not ours.
    await _end([asyncio.ensure_future(closing)], seconds, patience=seconds)


def _tasks(part: Any) -> list["asyncio.Task[Any]"]:
    """The tasks that a part of a client holds in its attributes; none where it was never made."""
    held = [*vars(part).values(), *getattr(part, "_pending_tasks", ())] if part else []
    return [task for task in held if isinstance(task, asyncio.Task)]


async def _end(tasks: Sequence["asyncio.Task[Any]"], seconds: float, patience: float = 0.0) -> None:
    if not tasks:
        return
    await asyncio.wait(tasks, timeout=patience)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=seconds)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()
