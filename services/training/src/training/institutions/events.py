"""What can have happened to an institution. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points for one criterion, of 100 (R-INS-02). Part of stored events."""

    criterion: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRegistered:
    type: ClassVar[str] = "institution-registered"
    institution: str
    """Key of this stream: the unified social credit code."""
    title: str
    kind: str
    region: str
    registered_on: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseAccredited:
    """From this day on it may teach these occupations, in place of what it might before (R-INS-18)."""

    type: ClassVar[str] = "base-accredited"
    institution: str
    accreditation: int
    """Counted within the institution."""
    title: str
    region: str
    grade: str
    scores: tuple[Score, ...]
    occupations: tuple[str, ...]
    accredited_on: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseReviewed:
    type: ClassVar[str] = "base-reviewed"
    institution: str
    year: int
    result: str
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRevoked:
    type: ClassVar[str] = "base-revoked"
    institution: str
    accreditation: int
    """The one that ends."""
    ground: str
    revoked_on: date
    void_from: date | None
    """Completions from this day on count no more; None: all that was done stands."""
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileDeliveryFiled:
    """The institution may teach away from home, in this region and these days (R-TRN-37)."""

    type: ClassVar[str] = "mobile-delivery-filed"
    institution: str
    region: str
    valid_from: date
    valid_to: date | None
    """The first day without it; None: no end."""
    evidence: str
    official: str
    organisation: str


InstitutionEvent: TypeAlias = InstitutionRegistered | BaseAccredited | BaseReviewed | BaseRevoked | MobileDeliveryFiled
