"""What can have happened to a snapshot. Storage format: names and fields are for ever."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, TypeAlias

from eventcore import Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotBegun:
    type: ClassVar[str] = "snapshot-begun"
    snapshot: str
    """Key of this stream."""
    source: str
    as_of: date
    """The day on which the system held this."""
    official: str
    organisation: str
    people: int
    elsewhere: int
    """Rows about people of other provinces, not kept."""
    refused: int
    parts: int
    digest: str
    """SHA-256 of all that is kept: the same for the same rows in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPartKept:
    type: ClassVar[str] = "snapshot-part-kept"
    snapshot: str
    stream: Subject[str]
    """Stream id: under it lies the snapshot's key."""
    part: int
    """From 1."""
    people: Personal[str] = field(repr=False)
    """JSON array of `people.Person`, sealed under the snapshot's own key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotCompleted:
    type: ClassVar[str] = "snapshot-completed"
    snapshot: str
    source: str
    as_of: date
    people: int
    digest: str
    kept_until: datetime
    """The end of its term: then its key is destroyed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotTermEnded:
    type: ClassVar[str] = "snapshot-term-ended"
    snapshot: str
    source: str


SnapshotEvent: TypeAlias = SnapshotBegun | SnapshotPartKept | SnapshotCompleted | SnapshotTermEnded
