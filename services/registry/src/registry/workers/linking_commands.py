"""What can be asked about a pair of workers."""

from dataclasses import dataclass
from typing import TypeAlias

from registry.workers.linking_events import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDuplicate:
    """On the stream of the worker that stays, or, where they were one, of the canonical one."""

    worker: str
    other: str
    verdict: Verdict
    numbers: tuple[str, ...]
    """Blind indexes of the other's numbers, as they were when this was asked."""
    surveys: tuple[str, ...]
    """Keys of the surveys that count of both: nobody decides on their own."""
    reason: str
    evidence: tuple[str, ...]
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowCanonical:
    """On the stream of the other: says who stands for it now."""

    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareLinked:
    """On the stream of the canonical worker: does what is said of both agree?"""

    worker: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLinkConflict:
    worker: str
    other: str
    outcome: str
    evidence: tuple[str, ...]
    official: str
    organisation: str


DuplicateCommand: TypeAlias = DecideDuplicate | FollowCanonical | CompareLinked | DecideLinkConflict
