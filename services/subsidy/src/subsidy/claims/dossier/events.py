"""What can have been noted of a worker: facts of other services, and what offices add. Storage format: names and fields
are for ever.

`concerns` are the claims that have to be looked at again because of it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from subsidy.claims.dossier.border_events import HomeNoted
from subsidy.claims.dossier.job_events import JobEndNoted, JobMonthNoted, JobNoted
from subsidy.claims.dossier.parts import Concern, Said
from subsidy.claims.dossier.school_events import SchoolLeftNoted, SchoolYearNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNoted:
    """A membership from a day, up to but without another; withdrawn: it never held."""

    type: ClassVar[str] = "group-noted"
    worker: str
    group: str
    valid_from: date
    valid_to: date | None
    withdrawn: bool
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRegionNoted:
    """The county of the household from a day on; without a day: from the beginning."""

    type: ClassVar[str] = "household-region-noted"
    worker: str
    region: str
    valid_from: date | None
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyNoted:
    """How the worker was employed by a survey."""

    type: ClassVar[str] = "survey-noted"
    worker: str
    survey: str
    surveyed_on: date
    employment_form: str | None
    """None: not employed, or not said."""
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyVerdictNoted:
    """Whether a survey counts: another person approved it, and nobody found it to be wrong since."""

    type: ClassVar[str] = "survey-verdict-noted"
    worker: str
    survey: str
    holds: bool
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassEndNoted:
    """The worker's class is over, completed or not."""

    type: ClassVar[str] = "class-end-noted"
    worker: str
    training_class: str
    institution: str
    region: str
    """Where the class was held."""
    occupation: str
    level: str
    category: str
    mode: str | None
    ended_on: date
    completed: bool
    minutes: int
    attended_days: int
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNoted:
    """Other figures of a class than those that were said at its end."""

    type: ClassVar[str] = "attendance-noted"
    worker: str
    training_class: str
    completed: bool
    minutes: int
    attended_days: int
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FallenClassNoted:
    """The institution was revoked, and the completion of this class counts no more."""

    type: ClassVar[str] = "fallen-class-noted"
    worker: str
    training_class: str
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNoted:
    type: ClassVar[str] = "certificate-noted"
    worker: str
    certificate: str
    kind: str
    occupation: str
    level: str
    issued_on: date
    region: str
    body: str
    training_class: str | None
    standard_fee: int
    charged_fee: int
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateStatusNoted:
    """Whether the certificate holds."""

    type: ClassVar[str] = "certificate-status-noted"
    worker: str
    certificate: str
    status: Literal["SUSPENDED", "REINSTATED", "REVOKED"]
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathNoted:
    type: ClassVar[str] = "death-noted"
    worker: str
    died_on: date
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNoted:
    """Which worker stands for this one: the person that may get something once."""

    type: ClassVar[str] = "person-noted"
    worker: str
    person: str
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataUseNoted:
    """Whether personal data of the worker may be used: without, nobody can be paid."""

    type: ClassVar[str] = "data-use-noted"
    worker: str
    use: Literal["FREE", "RESTRICTED", "ERASED"]
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceNoted:
    """The worker is insured against unemployment from a day, up to but without another, or was compared and is not
    (R-SUB-21, R-SUB-31)."""

    type: ClassVar[str] = "insurance-noted"
    worker: str
    insured: bool
    valid_from: date
    valid_to: date | None
    document: str
    noted_on: date
    official: str
    organisation: str
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNoted:
    """Help that others gave, so that it is not given twice (R-ADD-14)."""

    type: ClassVar[str] = "help-noted"
    worker: str
    kind: str
    """Code of `help-kinds`."""
    giver: str
    received_on: date
    amount: int
    """Fen."""
    document: str
    noted_on: date
    official: str
    organisation: str
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNoted:
    """What an office saw of a claim that no other service knows: tickets, income, distance (R-SUB-31)."""

    type: ClassVar[str] = "evidence-noted"
    worker: str
    claim: str
    input: str
    """As rules call it."""
    value: int
    document: str
    noted_on: date
    official: str
    organisation: str
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimArose:
    """By what was noted the worker may be owed something: a claim opens by itself (R-SUB-09)."""

    type: ClassVar[str] = "claim-arose"
    worker: str
    concern: Concern
    because: str
    """Public id of the fact."""


Noted: TypeAlias = (
    GroupNoted
    | HouseholdRegionNoted
    | SurveyNoted
    | SurveyVerdictNoted
    | ClassEndNoted
    | AttendanceNoted
    | FallenClassNoted
    | CertificateNoted
    | CertificateStatusNoted
    | DeathNoted
    | PersonNoted
    | DataUseNoted
    | InsuranceNoted
    | HelpNoted
    | EvidenceNoted
    | JobNoted
    | JobMonthNoted
    | JobEndNoted
    | SchoolYearNoted
    | SchoolLeftNoted
    | HomeNoted
)
