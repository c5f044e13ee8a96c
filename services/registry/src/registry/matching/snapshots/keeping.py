"""Snapshots to and from their sealed parts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

import msgspec
from eventcore.store import Store
from eventcore.web import Each

from registry.matching.people import Person
from registry.matching.snapshots.events import SnapshotPartKept
from registry.matching.snapshots.snapshot import (
    SNAPSHOT,
    BeginSnapshot,
    CompleteSnapshot,
    KeepPart,
    Snapshot,
    begun,
)
from registry.vault import Vault

PART_BYTES: Final = 120_000
"""Sealed and in base64 it stays below the largest event."""
_decode: Final = msgspec.json.Decoder(list[Person]).decode


def parts_of(people: Sequence[Person]) -> tuple[str, ...]:
    """The people as JSON arrays of bounded size."""
    return tuple(_parts(people))


def _parts(people: Sequence[Person]) -> Iterator[str]:
    waiting: list[bytes] = []
    size = 0
    for person in people:
        text = msgspec.json.encode(person)
        if size + len(text) > PART_BYTES:
            yield _array(waiting)
            waiting, size = [], 0
        waiting.append(text)
        size += len(text) + 1
    if waiting:
        yield _array(waiting)


def _array(items: Sequence[bytes]) -> str:
    return (b"[" + b",".join(items) + b"]").decode()


def commands(begin: BeginSnapshot, parts: Sequence[str], kept_until: datetime) -> list[Each]:
    """One after the other; sent again, they go on where they were stopped."""
    key = begin.snapshot
    return [
        Each(SNAPSHOT, key, begin, reply=shown),
        *(Each(SNAPSHOT, key, KeepPart(part=n, people=text), reply=shown) for n, text in enumerate(parts, 1)),
        Each(SNAPSHOT, key, CompleteSnapshot(kept_until=kept_until), reply=shown),
    ]


def shown(snapshot: Snapshot, version: int) -> Mapping[str, object]:
    """What a command on a snapshot answers."""
    facts = begun(snapshot)
    return {
        "snapshot": facts.snapshot,
        "source": facts.source,
        "as_of": facts.as_of.isoformat(),
        "people": facts.people,
        "elsewhere": facts.elsewhere,
        "refused": facts.refused,
        "digest": facts.digest,
        "version": version,
    }


async def people_in(store: Store, vault: Vault, snapshot: str) -> list[Person]:
    """Everybody in a snapshot. vault.KeyGone after its term, Unavailable."""
    stream, codec = SNAPSHOT.stream(snapshot), store.codec(SNAPSHOT)
    loaded = await store.loader.load([stream])
    people: list[Person] = []
    for version, stored in enumerate(loaded.streams.get(stream, ()), 1):
        event = cast(Any, codec.decode(*stored))
        if isinstance(event, SnapshotPartKept):
            people += _decode(await vault.open(stream, f"{stream}/{version}/people", event.people))
    return people
