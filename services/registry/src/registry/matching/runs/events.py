"""What can have happened in a run. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from registry.matching.sides import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchConflictFound:
    type: ClassVar[str] = "match-conflict-found"
    run: str
    part: int
    """Of the run's report, from 1."""
    comparison: str
    conflict: str
    """The same in every run for the same person and rule."""
    rule: str
    county: str
    worker: str | None
    """Where the registry knows the number."""
    sides: tuple[Side, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchConflictGone:
    """It was open, and now the systems agree."""

    type: ClassVar[str] = "match-conflict-gone"
    run: str
    part: int
    conflict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A snapshot that was looked at."""

    source: str
    snapshot: str
    as_of: date
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRunCompleted:
    type: ClassVar[str] = "match-run-completed"
    run: str
    comparison: str
    quarter: str
    """`2026-Q4`."""
    completed_on: date
    working_days: int
    """Of a quarter, within which a run is due."""
    official: str
    organisation: str
    compared: tuple[Compared, ...]
    found: int
    gone: int


RunEvent: TypeAlias = MatchConflictFound | MatchConflictGone | MatchRunCompleted
