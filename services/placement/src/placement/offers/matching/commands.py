"""What can be asked of a matching run."""

from dataclasses import dataclass
from typing import TypeAlias

from eventcore import Acting

from placement.offers.matching.scoring import Candidate, Opening, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMatching:
    """`pairs` are indexes of candidates and openings, as an assignment found them."""

    run: str
    region: str
    candidates: tuple[Candidate, ...]
    openings: tuple[Opening, ...]
    weights: Weights
    pairs: tuple[tuple[int, int], ...]
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMatch:
    worker: str
    evidence: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineMatch:
    worker: str
    reason: str
    by: Acting


MatchingCommand: TypeAlias = RunMatching | AcceptMatch | DeclineMatch
