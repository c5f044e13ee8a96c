"""What can have happened to a worker. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, TypeAlias

from contracts.memberships import Membership

from registry.privacy.events import NumberReindexed, PersonalDataErased, UseRestricted, UseRestrictionEnded
from registry.workers.acting_events import ActingResumed, ActingYielded, GuestPlaced
from registry.workers.linking_events import CanonicalChanged, DuplicateDecided, LinkConflictDecided, LinkConflictFound

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
Basis: TypeAlias = Literal["RULES", "OFFICE", "HOUSEHOLD"]
"""Why a worker belongs to a group: it follows from surveys and the list of groups, or an office or the household's
status says so. Only the last two stand when a survey falls."""


def _without_generation(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "new_generation": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRegistered:
    type: ClassVar[str] = "worker-registered"
    worker: str
    survey: str
    """Stream id of the approved survey."""
    household_region: str
    groups: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSurveyed:
    """An approved survey of this worker counts."""

    type: ClassVar[str] = "worker-surveyed"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _without_generation}
    worker: str
    survey: str
    """Stream id."""
    surveyed_on: date
    household_region: str
    groups: tuple[Membership, ...]
    employment_status: str
    employment_form: str | None
    work_region: str | None
    wishes: tuple[str, ...]
    new_generation: bool | None
    """Born from 1980 on; None where the survey did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSurveyWithdrawn:
    """The survey was invalidated: it counts no more, and never should have. The rest is what counts in its place."""

    type: ClassVar[str] = "worker-survey-withdrawn"
    worker: str
    survey: str
    household_region: str
    surveyed_on: date | None
    employment_status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerGroupAssigned:
    """The worker belongs to the group from a day, up to but without another. Group and first day name the membership:
    said again, it has this end."""

    type: ClassVar[str] = "worker-group-assigned"
    worker: str
    group: str
    valid_from: date
    valid_to: date | None
    evidence: str
    """Number of a document, or id of a survey's stream or of a household's event."""
    basis: Basis
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerGroupEnded:
    """`valid_to` is the first day on which the worker does not belong to the group."""

    type: ClassVar[str] = "worker-group-ended"
    worker: str
    group: str
    valid_from: date
    valid_to: date
    evidence: str
    basis: Basis
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerGroupWithdrawn:
    """The membership was found by a survey that counts no more: the worker never had it."""

    type: ClassVar[str] = "worker-group-withdrawn"
    worker: str
    group: str
    valid_from: date
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishesRecorded:
    type: ClassVar[str] = "wishes-recorded"
    worker: str
    wishes: tuple[str, ...]
    recorded_on: date
    evidence: str
    basis: Basis
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityAssessed:
    """Whether the worker may become a trainee, on what grounds (R-REG-01, R-REG-11)."""

    type: ClassVar[str] = "eligibility-assessed"
    worker: str
    eligible: bool
    able_to_work: bool
    grounds: tuple[str, ...]
    reason: str | None
    """Why not."""
    assessed_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeDesignated:
    """R-REG-04. `priority` are the reasons in the order in which they count."""

    type: ClassVar[str] = "trainee-designated"
    worker: str
    plan: str
    """The training plan that it follows."""
    designated_on: date
    priority: tuple[str, ...]
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationEnded:
    type: ClassVar[str] = "designation-ended"
    worker: str
    plan: str
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionOrdered:
    """R-ADD-11. `until` is the first day without it."""

    type: ClassVar[str] = "attention-ordered"
    worker: str
    reason: str
    until: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionEnded:
    type: ClassVar[str] = "attention-ended"
    worker: str
    cause: Literal["TERM", "DECISION"]
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdJoined:
    type: ClassVar[str] = "household-joined"
    worker: str
    household: str
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLeft:
    type: ClassVar[str] = "household-left"
    worker: str
    household: str
    left_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerMoved:
    """The household is registered in this county from a day on, by a survey or since it moved there."""

    type: ClassVar[str] = "worker-moved"
    worker: str
    household_region: str
    valid_from: date
    evidence: str
    """Stream id of the survey, or id of the household's event."""
    basis: Basis
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDeceased:
    """Ends designation and attention."""

    type: ClassVar[str] = "worker-deceased"
    worker: str
    died_on: date
    household: str | None
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathWithdrawn:
    """The death was recorded wrongly: the worker lives. What had ended by it is named, and stays ended."""

    type: ClassVar[str] = "death-withdrawn"
    worker: str
    corrects: str
    """Id of the WorkerDeceased that was wrong."""
    died_on: date
    household: str | None
    """That the worker belonged to."""
    plan: str | None
    """Of the designation."""
    attention: str | None
    """Why there was special attention."""
    evidence: str
    official: str
    organisation: str


WorkerEvent: TypeAlias = (
    WorkerRegistered
    | WorkerSurveyed
    | WorkerSurveyWithdrawn
    | WorkerGroupAssigned
    | WorkerGroupEnded
    | WorkerGroupWithdrawn
    | WishesRecorded
    | EligibilityAssessed
    | TraineeDesignated
    | DesignationEnded
    | AttentionOrdered
    | AttentionEnded
    | HouseholdJoined
    | HouseholdLeft
    | WorkerMoved
    | WorkerDeceased
    | DeathWithdrawn
    | DuplicateDecided
    | CanonicalChanged
    | LinkConflictFound
    | LinkConflictDecided
    | UseRestricted
    | UseRestrictionEnded
    | PersonalDataErased
    | NumberReindexed
    | ActingYielded
    | ActingResumed
    | GuestPlaced
)
