"""What can have happened while a worker was followed up. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Literal, TypeAlias

Registrar: TypeAlias = Literal["HERE", "ELSEWHERE"]
HERE: Final = "HERE"
ELSEWHERE: Final = "ELSEWHERE"


def _without_registrar(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "registrar": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobBegun:
    type: ClassVar[str] = "follow-up-job-begun"
    worker: str
    """Key of this stream."""
    home: str
    region: str
    """County of the work."""
    employment: str
    began_on: date
    next_visit_on: date | None
    """None: nobody here is to visit, because the work is in another province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOver:
    type: ClassVar[str] = "follow-up-job-over"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _without_registrar}
    worker: str
    home: str
    region: str
    employment: str
    over_on: date
    reason: str
    lost: bool
    """The worker has no other job, and looks for one (R-PLC-24)."""
    registrar: Registrar | None = None
    """The province that was responsible when the job ended registers the loss; None: home does, once it is."""
    next_visit_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDue:
    """Somebody has to contact the worker from this day on (R-PLC-07, R-PLC-23)."""

    type: ClassVar[str] = "follow-up-visit-due"
    worker: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMade:
    """Evidence of the service of whoever did it (R-PLC-26)."""

    type: ClassVar[str] = "follow-up-visit-made"
    worker: str
    made_on: date
    kind: str
    finding: str
    evidence: str
    next_visit_on: date | None
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAssigned:
    """One official looks after the worker until there is a job again (R-PLC-25)."""

    type: ClassVar[str] = "follow-up-help-assigned"
    worker: str
    case_worker: str
    assigned_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnemploymentRegistered:
    type: ClassVar[str] = "unemployment-registered"
    worker: str
    home: str
    region: str
    """County that registered."""
    registered_on: date
    official: str
    """Empty: the service did, when it heard of the loss."""
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnemploymentNoted:
    """Another province registered the worker."""

    type: ClassVar[str] = "unemployment-noted"
    worker: str
    registered_on: date
    told_by: str


FollowUpEvent: TypeAlias = (
    JobBegun | JobOver | VisitDue | VisitMade | HelpAssigned | UnemploymentRegistered | UnemploymentNoted
)
