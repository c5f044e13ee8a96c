"""What may be asked of an intake's stream. `today` is the legal day on which it is asked."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from training.intakes.events import Specialty


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who wishes to learn what, the dearest first: numbers of the intake's specialties."""

    worker: str
    wishes: tuple[int, ...]
    chosen_on: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIntake:
    intake: str
    school: str
    region: str
    plan: str
    starts_on: date
    specialties: tuple[Specialty, ...]
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAdmission:
    school: str
    """Of the intake: whoever sends the command looked it up."""
    applicants: tuple[Applicant, ...]
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveInternships:
    specialty: int
    employer: str
    posts: int
    starts_on: date
    ends_on: date
    evidence: str
    known: tuple[str, ...]
    """All who have a place in the specialty: whoever sends the command looked them up."""
    official: str
    organisation: str


IntakeCommand: TypeAlias = FileIntake | HoldAdmission | GiveInternships
