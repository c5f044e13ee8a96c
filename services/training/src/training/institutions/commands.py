"""What an office may ask of an institution's stream. `today` is the legal day on which it is asked."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from training.institutions.events import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterInstitution:
    institution: str
    title: str
    kind: str
    region: str
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditBase:
    grade: str
    scores: tuple[Score, ...]
    occupations: tuple[str, ...]
    accredited_on: date
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBase:
    year: int
    result: str
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeBase:
    ground: str
    revoked_on: date
    void_from: date | None
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMobileDelivery:
    region: str
    valid_from: date
    valid_to: date | None
    evidence: str
    official: str
    organisation: str


InstitutionCommand: TypeAlias = RegisterInstitution | AccreditBase | ReviewBase | RevokeBase | FileMobileDelivery
