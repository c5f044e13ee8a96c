"""What can have happened to an assessment body. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias


def _teaching_nowhere(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "members": [{**each, "teaches": []} for each in shape["members"]]}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """An occupation at a level, by a route, from a day to a last day. Part of stored events."""

    route: str
    occupation: str
    level: str
    valid_from: date
    valid_to: date | None
    """The last day; None: no end."""
    standard_fee: int
    """Fen; what the assessment of one candidate costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where a person teaches, under which staff number of the institution. Part of stored events."""

    institution: str
    teacher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An assessor or supervisor, by the id under which they sign. Part of stored events."""

    person: str
    role: str
    valid_from: date
    valid_to: date | None
    teaches: tuple[Post, ...] = ()
    """Who teaches a class does not assess it (R-CRT-02)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRegistered:
    type: ClassVar[str] = "assessment-body-registered"
    body: str
    """Unified social credit code, key of this stream."""
    title: str
    region: str
    kind: str
    filing_code: str
    """Four digits of the filing: in the numbers of certificates of levels."""
    site: str
    """Six digits of the site: in the numbers of certificates of levels."""
    appraisal_code: str | None
    """Type and number of an appraisal institution, four digits: in the numbers of national qualifications."""
    registered_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyScopeChanged:
    type: ClassVar[str] = "assessment-body-scope-changed"
    body: str
    lines: tuple[ScopeLine, ...]
    """Each in place of what was said before of its route, occupation, level and first day."""
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyStaffRegistered:
    type: ClassVar[str] = "assessment-body-staff-registered"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _teaching_nowhere}
    body: str
    members: tuple[Member, ...]
    """Each in place of what was said before of this person in this role."""
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileAssessmentFiled:
    type: ClassVar[str] = "mobile-assessment-filed"
    body: str
    region: str
    valid_from: date
    valid_to: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySuspended:
    type: ClassVar[str] = "assessment-body-suspended"
    body: str
    suspended_on: date
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyResumed:
    type: ClassVar[str] = "assessment-body-resumed"
    body: str
    resumed_on: date
    official: str
    organisation: str


BodyEvent: TypeAlias = (
    BodyRegistered | BodyScopeChanged | BodyStaffRegistered | MobileAssessmentFiled | BodySuspended | BodyResumed
)
