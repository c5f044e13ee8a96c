"""Each log by itself, and what lies between two of them: one line of positions, streams that count from one, hashes
that follow from the stored bytes, nothing parked, and everything public taken in once."""

from collections import Counter
from collections.abc import Iterator

from tests.chaos.check_log import link
from tests.chaos.evidence import Event
from tests.chaos.subsidies.evidence import Evidence, Service, not_taken_in

Lines = Iterator[str]


def check(evidence: Evidence) -> Lines:
    for name, service in evidence.services.items():
        yield from (f"{name}: {line}" for line in _streams(service))
        yield from (f"{name}: {line}" for line in service.kept.stuck)
        twice = [id for id, times in Counter(service.received).items() if times > 1]
        if twice:
            yield f"{name} has taken in {len(twice)} facts twice"
        if late := not_taken_in(service, name, evidence.messages):
            yield f"{name} has not taken in {len(late)} facts"


def _streams(service: Service) -> Lines:
    last: dict[str, Event] = {}
    for event in service.events:
        before = last.get(event.stream_id)
        if event.version != (before.version if before else 0) + 1:
            yield f"{event.id} does not follow version {before.version if before else 0}"
        if event.hash != link(before.hash if before else b"", event):
            yield f"{event.id}: the hash does not follow from the stored bytes"
        last[event.stream_id] = event
