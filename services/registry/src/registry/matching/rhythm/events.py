"""What can have happened to the rhythm of a comparison. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonMade:
    type: ClassVar[str] = "comparison-made"
    comparison: str
    quarter: str
    run: str
    made_on: date
    due_on: date
    """Of this quarter."""
    working_days: int
    """Of a quarter, within which a run is due."""
    next_due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonMissed:
    """The day passed without a run."""

    type: ClassVar[str] = "comparison-missed"
    comparison: str
    quarter: str
    due_on: date
    working_days: int
    next_due_on: date


RhythmEvent: TypeAlias = ComparisonMade | ComparisonMissed
