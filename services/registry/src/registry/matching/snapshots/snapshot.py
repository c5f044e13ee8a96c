"""The rules of a snapshot: it comes in parts, is complete once, and has a term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Effect, Rejected, Seen, Wake

from registry.matching.snapshots.events import (
    SnapshotBegun,
    SnapshotCompleted,
    SnapshotEvent,
    SnapshotPartKept,
    SnapshotTermEnded,
)

TERM: Final = "term"
"""Name of the timer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSnapshot:
    snapshot: str
    source: str
    as_of: date
    official: str
    organisation: str
    people: int
    elsewhere: int
    refused: int
    parts: int
    digest: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPart:
    part: int
    people: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteSnapshot:
    kept_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTerm:
    pass


SnapshotCommand: TypeAlias = BeginSnapshot | KeepPart | CompleteSnapshot | EndTerm


class NotBegun(Rejected):
    """There is no such snapshot."""

    code = "snapshot_not_begun"


class PartsMissing(Rejected):
    """The snapshot has not come whole."""

    code = "snapshot_parts_missing"


class OfTheFuture(Rejected):
    """The day of the snapshot lies in the future."""

    code = "snapshot_of_the_future"


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    begun: SnapshotBegun
    parts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    begun: SnapshotBegun


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    begun: SnapshotBegun


Snapshot: TypeAlias = Unknown | Coming | Complete | Ended


def decide(command: SnapshotCommand, snapshot: Snapshot, seen: Seen) -> Sequence[SnapshotEvent]:
    match command:
        case BeginSnapshot():
            return _begin(command) if isinstance(snapshot, Unknown) else []
        case KeepPart(part=part, people=people):
            if isinstance(snapshot, Unknown):
                raise NotBegun
            if not isinstance(snapshot, Coming) or part in snapshot.parts:
                return []
            key = snapshot.begun.snapshot
            return [SnapshotPartKept(snapshot=key, stream=SNAPSHOT.stream(key), part=part, people=people)]
        case CompleteSnapshot(kept_until=kept_until):
            return _complete(snapshot, kept_until)
        case EndTerm():
            if not isinstance(snapshot, Complete):
                return []
            return [SnapshotTermEnded(snapshot=snapshot.begun.snapshot, source=snapshot.begun.source)]
        case _:
            assert_never(command)


def _begin(command: BeginSnapshot) -> Sequence[SnapshotEvent]:
    if command.as_of > command.today:
        raise OfTheFuture
    return [
        SnapshotBegun(
            snapshot=command.snapshot,
            source=command.source,
            as_of=command.as_of,
            official=command.official,
            organisation=command.organisation,
            people=command.people,
            elsewhere=command.elsewhere,
            refused=command.refused,
            parts=command.parts,
            digest=command.digest,
        )
    ]


def _complete(snapshot: Snapshot, kept_until: datetime) -> Sequence[SnapshotEvent]:
    match snapshot:
        case Unknown():
            raise NotBegun
        case Complete() | Ended():
            return []
        case Coming(begun=begun, parts=parts):
            if parts != frozenset(range(1, begun.parts + 1)):
                raise PartsMissing
            return [
                SnapshotCompleted(
                    snapshot=begun.snapshot,
                    source=begun.source,
                    as_of=begun.as_of,
                    people=begun.people,
                    digest=begun.digest,
                    kept_until=kept_until,
                )
            ]
        case _:
            assert_never(snapshot)


def evolve(snapshot: Snapshot, event: SnapshotEvent) -> Snapshot:
    match event:
        case SnapshotBegun():
            return Coming(begun=event)
        case SnapshotPartKept(part=part):
            return replace(snapshot, parts=snapshot.parts | {part}) if isinstance(snapshot, Coming) else snapshot
        case SnapshotCompleted():
            return Complete(begun=begun(snapshot))
        case SnapshotTermEnded():
            return Ended(begun=begun(snapshot))
        case _:
            assert_never(event)


def begun(snapshot: Snapshot) -> SnapshotBegun:
    """What it is. NotBegun."""
    if isinstance(snapshot, Unknown):
        raise NotBegun
    return snapshot.begun


def effects(before: Snapshot, event: SnapshotEvent) -> Iterable[Effect]:
    match event:
        case SnapshotCompleted(kept_until=kept_until):
            yield Wake(TERM, kept_until)
        case SnapshotBegun() | SnapshotPartKept() | SnapshotTermEnded():
            return
        case _:
            assert_never(event)


SNAPSHOT: Final[Decider[SnapshotCommand, SnapshotEvent, Snapshot]] = Decider(
    category="snapshot",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=SnapshotEvent,
    effects=effects,
)
