"""What can have happened to a programme. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What the programme is bound to (R-TRN-36). Part of stored events."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a version of a programme asks for. Part of stored events."""

    title: str
    occupation: str
    level: str
    category: str
    standard: Standard
    minimum_minutes: int
    minimum_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeListed:
    type: ClassVar[str] = "programme-listed"
    programme: str
    """Key of this stream."""
    content: Content
    valid_from: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeChanged:
    """Another version from a day on; what was filed under an earlier one stays under it (R-TRN-24)."""

    type: ClassVar[str] = "programme-changed"
    programme: str
    version: int
    content: Content
    valid_from: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeWithdrawn:
    type: ClassVar[str] = "programme-withdrawn"
    programme: str
    version: int
    """The one that ends."""
    withdrawn_on: date
    """The first day on which no class begins."""
    evidence: str
    official: str
    organisation: str


ProgrammeEvent: TypeAlias = ProgrammeListed | ProgrammeChanged | ProgrammeWithdrawn
