"""What can have happened to a conflict. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from registry.matching.sides import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchConflictOpened:
    """It is new, or what the systems say has changed since it was opened or decided."""

    type: ClassVar[str] = "match-conflict-opened"
    conflict: str
    """Key of this stream."""
    comparison: str
    rule: str
    county: str
    worker: str | None
    sides: tuple[Side, ...]
    said: str
    """Digest of what the systems say."""
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchConflictDecided:
    type: ClassVar[str] = "match-conflict-decided"
    conflict: str
    county: str
    worker: str | None
    right: str
    """The source that is right; `NONE`: none of them."""
    follow_up: str
    reason: str
    official: str
    organisation: str
    said: str
    """What the systems said when it was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchConflictVanished:
    """The systems agree now, without anybody's decision."""

    type: ClassVar[str] = "match-conflict-vanished"
    conflict: str
    run: str


ConflictEvent: TypeAlias = MatchConflictOpened | MatchConflictDecided | MatchConflictVanished
