"""What can have happened to an assessment. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentScheduled:
    type: ClassVar[str] = "assessment-scheduled"
    assessment: str
    """Key of this stream."""
    body: str
    route: str
    kind: str
    """Of the certificates that it leads to, as the policies of the day have it."""
    occupation: str
    level: str
    held_on: date
    region: str
    mobile: bool
    """At the trainees' place (R-ADD-03)."""
    assessors: tuple[str, ...]
    supervisor: str | None
    training_class: str | None
    standard_fee: int
    """Fen."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRegistered:
    type: ClassVar[str] = "candidate-registered"
    assessment: str
    worker: str
    charged_fee: int
    """Fen."""
    reduced_for: str | None
    """The group for which it is less than the standard fee; None: for everybody, or it is not less."""
    registered_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresRecorded:
    type: ClassVar[str] = "scores-recorded"
    assessment: str
    worker: str
    theory: int | None
    practice: int | None
    absent: bool
    source: str | None
    """The results file of an exam system (R-CRT-16); None: entered by a person."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a candidate. Part of stored events."""

    worker: str
    outcome: str
    """PASSED, FAILED or ABSENT."""
    certificate: str | None
    """Id of the certificate of who has passed."""
    charged_fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsConfirmed:
    """Says all that certificates need, so that they can be issued from it alone."""

    type: ClassVar[str] = "results-confirmed"
    assessment: str
    body: str
    kind: str
    occupation: str
    level: str
    region: str
    training_class: str | None
    issued_on: date
    valid_until: date | None
    number_prefix: str
    standard_fee: int
    results: tuple[Result, ...]
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentVoided:
    type: ClassVar[str] = "assessment-voided"
    assessment: str
    certificates: tuple[str, ...]
    """Those that its results had led to."""
    reason: str
    voided_on: date
    official: str
    organisation: str


AssessmentEvent: TypeAlias = (
    AssessmentScheduled | CandidateRegistered | ScoresRecorded | ResultsConfirmed | AssessmentVoided
)
