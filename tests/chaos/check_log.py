"""The log by itself: one line of positions, streams that count from one, hashes that follow from the stored bytes,
guards that follow from the events. Plain Python: shares no code with the runtime."""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from tests.chaos.evidence import Event, Evidence

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_WORKER: Final = frozenset(
    {
        "worker-surveyed",
        "worker-survey-withdrawn",
        "worker-group-assigned",
        "worker-group-ended",
        "worker-group-withdrawn",
        "wishes-recorded",
        "worker-moved",
    }
)
"""What surveys lead to in the stream of a worker who is registered."""
_FOLLOWERS: Final = {
    **dict.fromkeys(("worker-registered", *_WORKER), _WORKER),
    "": {"survey-recorded", "worker-registered", "import-started"},
    "import-started": {"import-completed"},
    "survey-recorded": {"survey-approved", "survey-rejected", "survey-invalidated"},
    "survey-approved": {"survey-invalidated"},
    "survey-rejected": {"survey-invalidated"},
}
"""Which event may follow which in a stream."""

Lines = Iterator[str]


def check(evidence: Evidence) -> Lines:
    line = [(event.position, event.recorded_at) for event in evidence.events]
    yield from _line("registry", line)
    yield from _line("reporting", [(row.position, row.recorded_at) for row in evidence.received])
    yield from _streams(evidence.events)
    yield from _guards(evidence)
    yield from _workers(evidence.events)
    for kept in (evidence.registry, evidence.reporting):
        yield from kept.stuck


def _line(name: str, line: Sequence[tuple[int, datetime]]) -> Lines:
    positions = [position for position, _ in line]
    if positions != list(range(1, len(line) + 1)):
        yield f"{name}: positions are not 1 to {len(line)}, the last is {positions[-1]}"
    if back := sum(later < earlier for (_, earlier), (_, later) in pairwise(line)):
        yield f"{name}: recorded_at steps back {back} times"


def _streams(events: Sequence[Event]) -> Lines:
    """In the order of their positions."""
    last: dict[str, Event] = {}
    for event in events:
        before = last.get(event.stream_id)
        if event.version != (before.version if before else 0) + 1:
            yield f"{event.id} does not follow version {before.version if before else 0}"
        if event.type not in _FOLLOWERS.get(before.type if before else "", ()):
            yield f"{event.id}: {event.type} after {before.type if before else 'nothing'}"
        if event.hash != link(before.hash if before else b"", event):
            yield f"{event.id}: the hash does not follow from the stored bytes"
        if event.occurred_at > event.recorded_at:
            yield f"{event.id} occurred after it was recorded"
        last[event.stream_id] = event


def link(previous: bytes, event: Event) -> bytes:
    """SHA-256 over length-prefixed algorithm, predecessor, id, type, schema version, bytes, times."""
    parts = (
        *(b"sha256", previous, event.id.encode(), event.type.encode(), struct.pack(">h", event.schema_version)),
        *(event.data, event.metadata, _microseconds(event.occurred_at), _microseconds(event.recorded_at)),
    )
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _microseconds(moment: datetime) -> bytes:
    return struct.pack(">q", (moment - _EPOCH) // timedelta(microseconds=1))


def _guards(evidence: Evidence) -> Lines:
    """A number belongs to the worker of its first survey for good; an invalidated survey is made again once."""
    wanted: dict[tuple[str, str], str] = {}
    for event in evidence.events:
        if event.type == "survey-recorded":
            holder = wanted.setdefault(("person", event.body["number_index"]), event.body["worker"])
            if holder != event.body["worker"]:
                yield f"{event.id}: its number belongs to {holder}"
        if event.type == "survey-recorded" and event.body["corrects"]:
            place = ("survey-correction", event.body["corrects"])
            if place in wanted:
                yield f"{event.id}: a second correction of {event.body['corrects']}"
            wanted[place] = event.body["survey"]
    if wanted != dict(evidence.guards):
        differing = [key for key in {*wanted, *evidence.guards} if wanted.get(key) != evidence.guards.get(key)]
        yield f"{len(differing)} guards are not what the events say, e.g. {differing[0]}"


def _workers(events: Sequence[Event]) -> Lines:
    """Every worker with an approved survey is registered, once, and nobody else."""
    approved = {event.body["worker"] for event in events if event.type == "survey-approved"}
    registered = [event.body["worker"] for event in events if event.type == "worker-registered"]
    yield from (f"worker {id} is not registered" for id in sorted(approved - {*registered}))
    yield from (f"worker {id} is registered without approval" for id in sorted({*registered} - approved))
    if len(registered) != len({*registered}):
        yield f"{len(registered) - len({*registered})} workers are registered twice"
