"""What can have been decided about a pair of workers, in the stream of a worker: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

Verdict: TypeAlias = Literal["SAME", "DIFFERENT"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDecided:
    """A person decided whether two workers are one. In the stream of the one that stays where they are; the decision
    that they are two, after all, comes into the same stream and takes the first one back."""

    type: ClassVar[str] = "duplicate-decided"
    worker: str
    other: str
    verdict: Verdict
    undone: bool
    """DIFFERENT takes back that they were found to be one."""
    numbers: tuple[str, ...]
    """Blind indexes of the other's numbers, which move to this worker, or back."""
    reason: str
    evidence: tuple[str, ...]
    official: str
    organisation: str
    household_region: str
    """Of this worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CanonicalChanged:
    """In the stream of the other: who stands for it from now on."""

    type: ClassVar[str] = "canonical-changed"
    worker: str
    canonical: str | None
    """None: it stands for itself again."""
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkConflictFound:
    """What is said of a linked worker and of the canonical one cannot both be true, or only one of them can keep it:
    people have to look."""

    type: ClassVar[str] = "link-conflict-found"
    worker: str
    other: str
    kinds: tuple[str, ...]
    household_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkConflictDecided:
    type: ClassVar[str] = "link-conflict-decided"
    worker: str
    other: str
    outcome: str
    evidence: tuple[str, ...]
    official: str
    organisation: str


DuplicateEvent: TypeAlias = DuplicateDecided | CanonicalChanged | LinkConflictFound | LinkConflictDecided
