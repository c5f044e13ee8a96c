"""Everything that a run left behind, read with SQL and a consumer of its own; no code of the runtime.

Rows are kept as they are, so that the checks are plain functions of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.chaos.history import Asked
from tests.chaos.plan import REGION

TOPICS: Final = tuple(f"{REGION}.registry.{kind}.1" for kind in ("survey", "worker"))
PARTITIONS: Final = 12
SOURCE: Final = f"/cn/{REGION}/registry"
PRIVATE: Final = frozenset({"worker-surveyed", "worker-survey-withdrawn", "import-started", "import-completed"})
"""Events that stay at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of the log, its JSON beside its bytes."""

    position: int
    stream_id: str
    version: int
    type: str
    schema_version: int
    data: bytes
    metadata: bytes
    occurred_at: datetime
    recorded_at: datetime
    hash: bytes
    body: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.stream_id}/{self.version}"

    @property
    def public_id(self) -> str:
        """What is published of this service bears the name of its kind."""
        return f"{self.id}/cn.labourbridge.registry.{self.type}.v1"


def published(events: Sequence[Event]) -> dict[str, Event]:
    """What has to be in Kafka, by the id that it has there."""
    return {event.public_id: event for event in events if event.type not in PRIVATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    id: str
    outcome: int
    answer: bytes
    version: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A record of Kafka, in the order of its partition."""

    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.headers.get("ce_id", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A row of the inbox."""

    position: int
    source: str
    id: str
    stream_id: str
    type: str
    headers: bytes
    data: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a service's database holds beside its facts. `views`: rows by base name; `stuck`: what waits for people."""

    views: Mapping[str, Sequence[Mapping[str, Any]]]
    stuck: Sequence[str]
    readers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A roster that was taken: the key it was sent with, its import, its numbers row by row, what was said of them."""

    key: str
    import_: str
    clerk: str
    numbers: Sequence[str]
    verdicts: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    asked: Sequence[Asked]
    events: Sequence[Event]
    commands: Mapping[str, Command]
    guards: Mapping[tuple[str, str], str]
    keys: Mapping[str, tuple[bytes, int]]
    """Worker -> wrapped key and version of the master key."""
    masters: Sequence[bytes]
    messages: Sequence[Message]
    received: Sequence[Received]
    registry: Kept
    reporting: Kept
    funnel: Mapping[str, int] = field(default_factory=dict)
    """Totals as reporting answers them over HTTP."""
    rosters: Sequence[Roster] = ()


_EVENTS: Final = """
select position, stream_id, version, type, schema_version, data, metadata, occurred_at, recorded_at, hash
from log.events order by position
"""
_INBOX: Final = """
select position, source, id, stream_id, type, headers, data, recorded_at from log.inbox order by position
"""
_STUCK: Final = """
select 'parked ' || reader || ' ' || stream_id || ': ' || reason from log.parked
union all select 'unreadable ' || topic || ' ' || kafka_offset from log.unreadable
union all select 'frozen ' || source || ' ' || id from log.frozen_sources
"""


async def registry_rows(url: str) -> tuple[list[Event], dict[str, Command], dict[tuple[str, str], str], Kept]:
    """Everything at one moment."""
    connection = await asyncpg.connect(url, timeout=10, command_timeout=120)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            rows = await connection.fetch(_EVENTS)
            commands = await connection.fetch("select id, outcome, answer, version, position from log.commands")
            guards = await connection.fetch("select scope, key, holder from log.guards")
            kept = await _kept(connection)
    finally:
        await connection.close(timeout=10)
    events = [Event(**row, body=json.loads(row["data"]), meta=json.loads(row["metadata"])) for row in rows]
    return events, {c["id"]: Command(**c) for c in commands}, {(g[0], g[1]): g[2] for g in guards}, kept


async def reporting_rows(url: str) -> tuple[list[Received], Kept]:
    """Everything at one moment."""
    connection = await asyncpg.connect(url, timeout=10, command_timeout=120)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            received = [Received(**row) for row in await connection.fetch(_INBOX)]
            return received, await _kept(connection)
    finally:
        await connection.close(timeout=10)


async def _kept(connection: Any) -> Kept:
    names = await connection.fetch("select tablename from pg_tables where schemaname = 'views'")
    views = {}
    for (name,) in names:
        base = name.rpartition("_")[0]
        views[base] = [dict(row) for row in await connection.fetch(f'select * from views."{name}"')]  # noqa: S608
    stuck = [row[0] for row in await connection.fetch(_STUCK)]
    readers = await connection.fetch("select reader, position from log.checkpoints")
    return Kept(views=views, stuck=stuck, readers={row[0]: row[1] for row in readers})


async def person_keys(url: str) -> dict[str, tuple[bytes, int]]:
    """From the key database."""
    connection = await asyncpg.connect(url, timeout=10, command_timeout=60)
    try:
        rows = await connection.fetch("select subject, wrapped_key, master_version from vault.person_keys")
    finally:
        await connection.close(timeout=10)
    return {row[0]: (row[1], row[2]) for row in rows}


def master_keys(file: Path) -> list[bytes]:
    return [bytes.fromhex(line) for line in file.read_text().split()]


async def messages(bootstrap: str, topics: Sequence[str] = TOPICS) -> list[Message]:
    """Of these topics, from the beginning to the end that they have now."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    try:
        found_topics = await consumer.topics()
        there = [TopicPartition(topic, n) for topic in topics if topic in found_topics for n in range(PARTITIONS)]
        if not there:
            return []
        consumer.assign(there)
        await consumer.seek_to_beginning(*there)
        ends = await consumer.end_offsets(there)
        found: list[Message] = []
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            batches = await consumer.getmany(timeout_ms=1000)
            found += [_message(record) for records in batches.values() for record in records]
        return found
    finally:
        await consumer.stop()


def _message(record: Any) -> Message:
    headers = {name: (value or b"").decode() for name, value in record.headers}
    return Message(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key or b"",
        value=record.value or b"",
        headers=headers,
    )
