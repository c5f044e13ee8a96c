"""Everything in a broker's topics, from the beginning, without a group."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import AIOKafkaConsumer
from lb.local.blocking import run_apart

PATIENCE: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A record as it lies in its topic."""

    topic: str
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]

    def header(self, name: str) -> str:
        """The text of a header. KeyError."""
        return dict(self.headers)[name].decode()


def messages(bootstrap: str, prefix: str = "", *, tls: ssl.SSLContext | None = None) -> list[Message]:
    """Of all topics whose name begins so, in order within each partition."""
    return run_apart(lambda: _read(bootstrap, prefix, tls))


async def _read(bootstrap: str, prefix: str, tls: ssl.SSLContext | None) -> list[Message]:
    way: dict[str, Any] = {"bootstrap_servers": bootstrap}
    if tls:
        way |= {"security_protocol": "SSL", "ssl_context": tls}
    async with asyncio.timeout(PATIENCE):
        async with _consumer(way) as listing:
            names = [name for name in await listing.topics() if name.startswith(prefix)]
        async with _consumer(way, *names) as reading:
            ends = await reading.end_offsets(list(reading.assignment()))
            found: list[Message] = []
            while any([await reading.position(place) < end for place, end in ends.items()]):
                for batch in (await reading.getmany(timeout_ms=200)).values():
                    found += [_message(record) for record in batch]
            return found


@asynccontextmanager
async def _consumer(way: Mapping[str, Any], *topics: str) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(*topics, enable_auto_commit=False, auto_offset_reset="earliest", **way)
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


def _message(record: object) -> Message:
    topic, key, value, headers = (getattr(record, name) for name in ("topic", "key", "value", "headers"))
    return Message(topic=topic, key=key or b"", value=value or b"", headers=tuple((k, v or b"") for k, v in headers))
