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
async def admin(settings: BrokerSettings) -> AsyncIterator[Any]:
    """An administrator's client for the block. Errors of the block are `BrokerLost`, as is taking too long."""
    async with _bounded(settings), _closing(AIOKafkaAdminClient(**settings.arguments(settings.admin)), settings) as it:
        yield it


@asynccontextmanager
async def reader(settings: BrokerSettings) -> AsyncIterator[Any]:
    """A consumer without a group, for the block; otherwise like `admin`."""
    async with _bounded(settings), _closing(AIOKafkaConsumer(**settings.arguments(settings.admin)), settings) as it:
        yield it


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


@asynccontextmanager
async def _closing(client: Any, settings: BrokerSettings) -> AsyncIterator[Any]:
    await _start(client, settings)
    try:
        yield client
    finally:
        await close(client, settings.limits.client_stop)


@asynccontextmanager
async def _bounded(settings: BrokerSettings) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(settings.limits.admin):
            yield
    except (KafkaError, OSError, TimeoutError) as error:
        raise BrokerLost(f"no answer from {settings.bootstrap}: {error!r}") from error


async def close(client: Any, seconds: float) -> None:
    """Bounded. A producer drops what it has not sent; a static consumer stays in its group until its session ends."""
    match client:
        case AIOKafkaProducer():
            await _close_producer(client, seconds)
        case AIOKafkaConsumer():
            await _close_consumer(client, seconds)
        case _:
            await _finish(client.close(), seconds)


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


async def _close_producer(producer: Any, seconds: float) -> None:
    closed, accumulator = ProducerClosed(), producer._message_accumulator
    fence(producer, closed)
    await _end(_tasks(producer._sender), seconds, patience=seconds)
    _fail([*accumulator._pending_batches, *(b for queue in accumulator._batches.values() for b in queue)], closed)
    await _finish(producer.stop(), seconds)
    await _finish(producer.client.close(), seconds)


async def _close_consumer(consumer: Any, seconds: float) -> None:
    await _finish(consumer.stop(), seconds)
    tasks = [task for part in (consumer._coordinator, consumer._fetcher) if part for task in _tasks(part)]
    await _end(tasks, seconds)
    await _finish(consumer._client.close(), seconds)


async def _finish(closing: Coroutine[Any, Any, None], seconds: float) -> None:
    # In a task of its own: aiokafka's close can raise the CancelledError of one of its tasks, which is not ours.
    await _end([asyncio.ensure_future(closing)], seconds, patience=seconds)


def _tasks(part: Any) -> list["asyncio.Task[Any]"]:
    """The tasks that a part of a client holds in its attributes."""
    held = [*vars(part).values(), *getattr(part, "_pending_tasks", ())]
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
