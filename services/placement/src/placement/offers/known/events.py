"""What home was told of a vacancy. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferNoted:
    """The vacancy offers this from now on, and has a free seat."""

    type: ClassVar[str] = "offer-noted"
    vacancy: str
    province: str
    """Who told of it first, and alone may tell more."""
    employer: str
    kind: str
    occupation: str
    level: str
    certificate_needed: bool
    region: str
    heads: int
    wage_from: int
    wage_to: int
    open_until: date
    """The last day."""
    agreement: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFilled:
    type: ClassVar[str] = "offer-filled"
    vacancy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferClosed:
    type: ClassVar[str] = "offer-closed"
    vacancy: str
    reason: str


OfferEvent: TypeAlias = OfferNoted | OfferFilled | OfferClosed
