"""What can be asked of an assessment."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eventcore import Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleAssessment:
    assessment: str
    body: str
    route: str
    occupation: str
    level: str
    held_on: date
    region: str
    mobile: bool
    assessors: tuple[str, ...]
    supervisor: str | None
    training_class: str | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCandidate:
    """`training_class`: that of the assessment, whose members the rules look at."""

    worker: str
    training_class: str | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordScores:
    worker: str
    theory: int | None
    practice: int | None
    absent: bool
    source: str | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmResults:
    """`body` and `training_class`: those of the assessment, at which the rules look again."""

    body: str
    training_class: str | None
    issued_on: date
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidAssessment:
    reason: str
    by: Acting


AssessmentCommand: TypeAlias = ScheduleAssessment | RegisterCandidate | RecordScores | ConfirmResults | VoidAssessment
