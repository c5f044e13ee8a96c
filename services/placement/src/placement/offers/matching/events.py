"""What can have happened in a matching run. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from placement.offers.matching.scoring import Candidate, Opening, Reason, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingRun:
    """Everything that the proposals follow from, so that they can be worked out again."""

    type: ClassVar[str] = "matching-run"
    run: str
    region: str
    on: date
    candidates: tuple[Candidate, ...]
    openings: tuple[Opening, ...]
    weights: Weights
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchProposed:
    type: ClassVar[str] = "match-proposed"
    run: str
    worker: str
    vacancy: str
    region: str
    """County of the worker's household."""
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAccepted:
    """The worker wants the job; an office recorded it."""

    type: ClassVar[str] = "match-accepted"
    run: str
    worker: str
    vacancy: str
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDeclined:
    """The worker does not want it, or it is gone."""

    type: ClassVar[str] = "match-declined"
    run: str
    worker: str
    vacancy: str
    reason: str
    official: str
    organisation: str


MatchingEvent: TypeAlias = MatchingRun | MatchProposed | MatchAccepted | MatchDeclined
