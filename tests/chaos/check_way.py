"""The way of the facts: stored = in Kafka = in reporting's inbox, once and in order. Plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.chaos.evidence import SOURCE, Event, Evidence, Message, Received, published

Lines = Iterator[str]


def check(evidence: Evidence) -> Lines:
    stored = published(evidence.events)
    yield from differences("Kafka", set(stored), {message.id for message in evidence.messages})
    yield from differences("the inbox", set(stored), {row.id for row in evidence.received})
    yield from _twice(evidence.received)
    yield from _rising("Kafka", _first_seen(evidence.messages))
    yield from _rising("the inbox", [(row.stream_id, row.id) for row in evidence.received])
    yield from _bytes(evidence.messages, stored)
    yield from _taken_in(evidence)


def differences(name: str, wanted: set[str], found: set[str]) -> Lines:
    """Lost, and never stored."""
    lost, extra = sorted(wanted - found), sorted(found - wanted)
    if lost:
        yield f"{name}: {len(lost)} of {len(wanted)} lost, e.g. {lost[0]}"
    if extra:
        yield f"{name}: {len(extra)} that were never stored, e.g. {extra[0]}"


def sent_again(messages: Sequence[Message]) -> int:
    """Messages that Kafka holds more than once: harmless, and the proof that a fault struck."""
    return len(messages) - len({message.id for message in messages})


def _twice(received: Sequence[Received]) -> Lines:
    counts = Counter((row.source, row.id) for row in received)
    if twice := [id for (_, id), count in counts.items() if count > 1]:
        yield f"the inbox: {len(twice)} twice, e.g. {twice[0]}"


def _first_seen(messages: Sequence[Message]) -> list[tuple[str, str]]:
    """(stream, id) in the order in which each id came first."""
    streams: dict[str, str] = {}
    for message in messages:
        streams.setdefault(message.id, message.key.decode())
    return [(stream, id) for id, stream in streams.items()]


def _rising(name: str, seen: Iterable[tuple[str, str]]) -> Lines:
    last: dict[str, int] = {}
    wrong = []
    for stream, id in seen:
        version = int(id.split("/")[1])
        if version <= last.get(stream, 0):
            wrong.append(id)
        last[stream] = version
    if wrong:
        yield f"{name}: {len(wrong)} not after their predecessor, e.g. {wrong[0]}"


def _bytes(messages: Sequence[Message], stored: Mapping[str, Event]) -> Lines:
    """Whatever is sent again has the same bytes; a stream has one partition; a fact says what its event says."""
    values: dict[str, set[bytes]] = defaultdict(set)
    partitions: dict[bytes, set[tuple[str, int]]] = defaultdict(set)
    for message in messages:
        values[message.id].add(message.value)
        partitions[message.key].add((message.topic, message.partition))
        event = stored.get(message.id)
        if event and (message.key.decode() != event.stream_id or event.body["worker"].encode() not in message.value):
            yield f"{message.id}: the message is not about its event"
    if other := [id for id, found in values.items() if len(found) > 1]:
        yield f"Kafka: {len(other)} ids with different bytes, e.g. {other[0]}"
    if split := [key.decode() for key, found in partitions.items() if len(found) > 1]:
        yield f"Kafka: {len(split)} streams in several partitions, e.g. {split[0]}"


def _taken_in(evidence: Evidence) -> Lines:
    values = {message.id: message.value for message in evidence.messages}
    if other := [row.id for row in evidence.received if row.id in values and row.data != values[row.id]]:
        yield f"the inbox: {len(other)} with other bytes than in Kafka, e.g. {other[0]}"
    if elsewhere := [row.id for row in evidence.received if row.source != SOURCE]:
        yield f"the inbox: {len(elsewhere)} of another source, e.g. {elsewhere[0]}"
