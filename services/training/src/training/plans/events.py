"""What can have happened to a yearly plan. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, TypeAlias

TRAINEES: Final = "TRAINEES"
POOR_STUDENTS: Final = "POOR_STUDENTS"


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


def _of_trainees(before: dict[str, Any]) -> dict[str, Any]:
    """Targets of students came later."""
    return {**before, "of": TRAINEES}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet:
    """What a document states for a region, in place of what was set for it before. A figure that contradicts others is
    kept as it stands and flagged, never repaired (R-ADD-16)."""

    type: ClassVar[str] = "target-set"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _of_trainees}
    plan: str
    region: str
    of: str
    """Trainees of classes, or poor students of technical schools (R-REG-30)."""
    stated: int
    of_them_free: int | None
    flag: str | None
    """What the figure contradicts, by the document; None: nothing that was seen."""
    evidence: str
    official: str
    organisation: str


PlanEvent: TypeAlias = AnnualPlanApproved | TargetSet
