"""The inbox: messages of other services become rows of this service's log, through the inbox's door.

Bytes and their hash are kept without parsing; only what names a message is read. What cannot be read is a matter for
the reader that wants it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import structlog

from eventcore import tracing
from eventcore.broker.messages import Incoming, Refused
from eventcore.database import BUSY, GONE, Connection, Pool, Unavailable
from eventcore.readers.facts import encode_headers
from eventcore.signal import Signal

log = structlog.get_logger()

_CALL: Final = "call log.inbox_door($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null)"
_UNREADABLE: Final = """
insert into log.unreadable (topic, kafka_partition, kafka_offset, hash, reason, headers, data)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
"""
_OTHER_BYTES: Final = 2

Identity: TypeAlias = tuple[str, str, str]
"""(source, id, type)."""


class Inbox:
    """Receives batches: durable and deduplicated when `receive` returns."""

    def __init__(self, pool: Pool, stored: Signal) -> None:
        self._pool = pool
        self._stored = stored

    async def receive(self, batch: Sequence[Incoming]) -> None:
        """Refused: a source says something else under a known id. Unavailable: the same batch again."""
        try:
            with tracing.span("receive", kind="consumer", links=_causes(batch)):
                await self._take_in(batch)
        except (*GONE, *BUSY) as error:
            raise Unavailable from error

    async def _take_in(self, batch: Sequence[Incoming]) -> None:
        named: list[tuple[Incoming, Identity]] = []
        async with self._pool.acquire(timeout=2) as connection:
            for message in batch:
                if name := identity(message):
                    named.append((message, name))
                else:
                    await keep_apart(connection, message, "no identity")
            if not named:
                return
            statuses = await connection.fetchval(_CALL, *columns(named))
        self._stored.notify()
        for (_, (source, _, _)), status in zip(named, statuses, strict=True):
            if status == _OTHER_BYTES:
                raise Refused(source)


async def keep_apart(connection: Connection, message: Incoming, reason: str) -> None:
    """A message that is nothing for the inbox is kept as it came, for operators."""
    digest_of = hashlib.sha256(message.value).digest()
    await connection.execute(_UNREADABLE, *_place(message), digest_of, reason, *_bytes(message))
    log.error("inbox.unreadable", topic=message.topic, partition=message.partition, offset=message.offset)


def identity(message: Incoming) -> Identity | None:
    """Of a CloudEvent in binary mode; None where a part of it, or the key, is missing or no text."""
    headers = dict(message.headers)
    try:
        parts = (headers["ce_source"], headers["ce_id"], headers["ce_type"], message.key)
        source, id, kind, key = (part.decode() for part in parts)
    except (KeyError, UnicodeDecodeError):
        return None
    return None if "\x00" in source + id + kind + key else (source, id, kind)


def said(key: bytes, headers: Mapping[str, bytes], value: bytes) -> bytes:
    """Digest of what a source says under an id: the value and what it is said of, not the way that it took."""
    parts = (key, headers.get("ce_type", b""), headers.get("ce_time", b""), value)
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _causes(batch: Sequence[Incoming]) -> Iterator[str]:
    """For links, whatever bytes they are: here nothing is refused."""
    found = (dict(message.headers).get("ce_traceparent") for message in batch)
    return (value.decode("ascii", "replace") for value in found if value)


def _place(message: Incoming) -> tuple[str, int, int]:
    return message.topic, message.partition, message.offset


def _bytes(message: Incoming) -> tuple[bytes, bytes]:
    return encode_headers(message.headers), message.value


def _row(message: Incoming, name: Identity) -> tuple[object, ...]:
    source, id, kind = name
    digest = said(message.key, dict(message.headers), message.value)
    return source, id, message.key.decode(), kind, *_bytes(message), digest, *_place(message)


def columns(named: Sequence[tuple[Incoming, Identity]]) -> list[list[object]]:
    """What the inbox's door takes: messages with their identities, as parallel arrays."""
    return [list(column) for column in zip(*(_row(*each) for each in named), strict=True)]
