"""How well a worker fits a vacancy, and why: points for each reason, by weights that are stored with the run.

What is hard is never outweighed: a listed occupation needs its certificate (R-PLC-16), public works are for those whom
the market does not place (R-PLC-20), and what is shared under an agreement is for the workers of its home.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from contracts.occupation import OccupationKey, equivalents
from contracts.region import lies_in
from contracts.skills import NO_LEVEL, reaches

PUBLIC_WORKS: Final = "PUBLIC_WORKS"
HARD_TO_PLACE: Final = frozenset({"HARD_TO_EMPLOY", "OLDER_HARD_TO_PLACE"})
PRIORITY: Final = HARD_TO_PLACE | {"POOR_HOUSEHOLD", "REGISTERED_POOR", "POVERTY_LIFTED", "MONITORED"}
"""Who comes first (R-PLC-09, R-PLC-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """What a certificate that holds says. Part of stored events."""

    occupation: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A worker who wishes a job, as known on the day of the run. Part of stored events."""

    worker: str
    region: str
    groups: tuple[str, ...]
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A vacancy with free seats, as known on the day of the run. Part of stored events."""

    vacancy: str
    kind: str
    occupation: str
    level: str
    certificate_needed: bool
    region: str
    seats: int
    base: bool
    """The employer is an employment base of this province."""
    agreement: str | None
    home: str | None
    """Whose workers may be nominated under the agreement; None: it is not shared under one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points for each reason, and for having a proposal at all. Part of stored events."""

    proposal: int = 100
    same_county: int = 40
    same_prefecture: int = 30
    same_province: int = 20
    certified: int = 50
    level_met: int = 10
    priority_group: int = 30
    employment_base: int = 10
    agreement: int = 5
    open_to_all: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A code of `match-reasons`, and its points. Part of stored events."""

    reason: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    points: int
    reasons: tuple[Reason, ...]


def fit(candidate: Candidate, opening: Opening, weights: Weights, day: date) -> Fit | None:
    """None: the worker cannot be proposed for it."""
    certified = _certified(candidate, opening, day)
    if opening.certificate_needed and not certified:
        return None
    if opening.kind == PUBLIC_WORKS and HARD_TO_PLACE.isdisjoint(candidate.groups):
        return None
    if opening.home is not None and not lies_in(candidate.region, opening.home, day):
        return None
    reasons = tuple(_reasons(candidate, opening, weights, day))
    return Fit(points=weights.proposal + sum(each.points for each in reasons), reasons=reasons)


def _reasons(candidate: Candidate, opening: Opening, weights: Weights, day: date) -> Iterator[Reason]:
    near = nearness(candidate.region, opening.region, day)
    if near:
        yield Reason(reason=near, points=getattr(weights, near.lower()))
    if _in_occupation(candidate, opening, day):
        yield Reason(reason="CERTIFIED", points=weights.certified)
    if opening.level != NO_LEVEL and _certified(candidate, opening, day):
        yield Reason(reason="LEVEL_MET", points=weights.level_met)
    if first := not PRIORITY.isdisjoint(candidate.groups):
        yield Reason(reason="PRIORITY_GROUP", points=weights.priority_group)
    if first and opening.base:
        yield Reason(reason="EMPLOYMENT_BASE", points=weights.employment_base)
    if opening.agreement is not None:
        yield Reason(reason="AGREEMENT", points=weights.agreement)
    if opening.level == NO_LEVEL and not opening.certificate_needed:
        yield Reason(reason="OPEN_TO_ALL", points=weights.open_to_all)


def nearness(home: str, work: str, day: date) -> str | None:
    """The smallest region in which both lie, by the tree of regions of that day; None: another province."""
    around = (
        (home, "SAME_COUNTY"),
        (f"{home[:4]}00", "SAME_PREFECTURE"),
        (f"{home[:2]}0000", "SAME_PROVINCE"),
    )
    return next((step for region, step in around if lies_in(work, region, day)), None)


def _certified(candidate: Candidate, opening: Opening, day: date) -> bool:
    return any(reaches(each.level, opening.level) for each in _in_occupation(candidate, opening, day))


def _in_occupation(candidate: Candidate, opening: Opening, day: date) -> list[Skill]:
    same = _same(opening.occupation, day)
    return [each for each in candidate.skills if each.occupation in same]


@lru_cache(maxsize=2048)
def _same(occupation: str, day: date) -> frozenset[str]:
    """The occupation in every edition."""
    return frozenset(str(each) for each in equivalents(OccupationKey.parse(occupation), day))
