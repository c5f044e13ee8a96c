"""Public events on their way through Kafka, in one step each way: what a relay packs and an inbox unpacks."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from contracts.catalogue import read, topic_of
from contracts.cloudevents import Envelope, Header, decode, encode, source_of
from contracts.public_event import PublicEvent


class Packed(NamedTuple):
    topic: str
    key: bytes
    value: bytes
    headers: list[Header]


class Unpacked(NamedTuple):
    event: PublicEvent
    version: int
    occurred_at: datetime
    correlation: str
    causation: str
    trace: str


def pack(
    event: PublicEvent,
    *,
    region: str,
    service: str,
    stream: str,
    version: int,
    position: int,
    incarnation: str,
    occurred_at: datetime,
    recorded_at: datetime,
    correlation: str,
    causation: str,
    trace: str,
) -> Packed:
    """The record, and the topic it belongs to. `UnknownEvent`, `MalformedEnvelope`, `UnsafeData`."""
    envelope = Envelope(
        source=source_of(region, service),
        type=event.type,
        stream=stream,
        version=version,
        position=position,
        incarnation=incarnation,
        occurred_at=occurred_at,
        recorded_at=recorded_at,
        correlation=correlation or None,
        causation=causation or None,
        traceparent=trace or None,
        data=event.to_bytes(),
    )
    key, value, headers = encode(envelope)
    return Packed(topic_of(event.type).name(region), key, value, headers)


def unpack(key: bytes, value: bytes, headers: Sequence[Header]) -> Unpacked:
    """The event and what its envelope says. `MalformedEnvelope`, `UnknownEvent`, `UnreadableEvent`."""
    envelope = decode(key, value, headers)
    return Unpacked(
        read(envelope.type, envelope.data),
        envelope.version,
        envelope.occurred_at,
        envelope.correlation or "",
        envelope.causation or "",
        envelope.traceparent or "",
    )
