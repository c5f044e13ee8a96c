"""Kafka alone, through aiokafka, with the settings of the project's own clients."""

import asyncio
import json
import struct
import sys
import time
from collections.abc import Sequence
from typing import Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec, ensure
from eventcore.published import Packed

from bench.load import quantile

LIST: Final = 500
_DUE: Final = struct.Struct("d")


async def produce(bootstrap: str, topic: str, records: Sequence[Packed]) -> float:
    """Records a second: idempotent, all acknowledgements, awaited in lists of 500."""
    settings = BrokerSettings(bootstrap=bootstrap, client_id="bench")
    await ensure(settings, [TopicSpec(name=topic)])
    async with AIOKafkaProducer(**settings.arguments(settings.producer)) as producer:
        started = time.perf_counter()
        for at in range(0, len(records), LIST):
            sent = [
                await producer.send(topic, record.value, key=record.key, headers=list(record.headers))
                for record in records[at : at + LIST]
            ]
            await asyncio.gather(*sent)
        return len(records) / (time.perf_counter() - started)


async def latencies(bootstrap: str, topic: str, rate: float, count: int, size: int) -> tuple[float, float]:
    """Milliseconds (p50, p99) from when a message is due to when its reader, another process, has it."""
    settings = BrokerSettings(bootstrap=bootstrap, client_id="bench")
    await ensure(settings, [TopicSpec(name=topic)])
    reader = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.references.kafka", bootstrap, topic, str(count), stdout=asyncio.subprocess.PIPE
    )
    assert reader.stdout
    async with AIOKafkaProducer(**settings.arguments(settings.producer)) as producer:
        await reader.stdout.readline()
        started = time.time()
        for n in range(count):
            due = started + n / rate
            if (early := due - time.time()) > 0:
                await asyncio.sleep(early)
            await producer.send(topic, _DUE.pack(due) + bytes(size - _DUE.size), key=str(n).encode())
        await producer.flush()
        p50, p99 = json.loads(await reader.stdout.readline())
    await reader.wait()
    return p50, p99


async def _read(bootstrap: str, topic: str, count: int) -> None:
    settings = BrokerSettings(bootstrap=bootstrap, client_id="bench-reader")
    given = settings.arguments(settings.consumer) | {"auto_offset_reset": "earliest"}
    async with AIOKafkaConsumer(topic, **given) as consumer:
        await consumer.seek_to_beginning()
        print("ready", flush=True)
        seen: list[float] = []
        while len(seen) < count:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                now = time.time()
                seen += [now - _DUE.unpack_from(record.value)[0] for record in records]
    print(json.dumps([quantile(seen, 0.5) * 1000, quantile(seen, 0.99) * 1000]), flush=True)


if __name__ == "__main__":
    asyncio.run(_read(sys.argv[1], sys.argv[2], int(sys.argv[3])))
