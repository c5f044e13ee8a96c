"""What can have happened to a yearly plan. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How many shall be trained in an occupation, and what that may cost, in fen. Part of stored events."""

    occupation: str
    heads: int
    funds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualPlanApproved:
    """R-TRN-03, R-TRN-04: heads, specialties, content, institutions, funds."""

    type: ClassVar[str] = "annual-plan-approved"
    plan: str
    """Key of this stream."""
    region: str
    year: int
    content: str
    lines: tuple[Line, ...]
    institutions: tuple[str, ...]
    approved_on: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet:
    """What a document states for a region, in place of what was set for it before. A figure that contradicts others is
    kept as it stands and flagged, never repaired (R-ADD-16)."""

    type: ClassVar[str] = "target-set"
    plan: str
    region: str
    stated: int
    of_them_free: int | None
    flag: str | None
    """What the figure contradicts, by the document; None: nothing that was seen."""
    evidence: str
    official: str
    organisation: str


PlanEvent: TypeAlias = AnnualPlanApproved | TargetSet
