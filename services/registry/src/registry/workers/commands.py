"""What can be asked of a worker's stream. Codes are well-formed when they come here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from contracts.memberships import Membership

from registry.privacy.commands import EndRestriction, ErasePersonalData, ReindexNumber, RestrictUse
from registry.workers.acting import PlaceGuest, ResumeActing, YieldActing
from registry.workers.linking_commands import CompareLinked, DecideDuplicate, DecideLinkConflict, FollowCanonical


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterWorker:
    """A survey of this worker was approved: it registers the worker, or says anew what is known of them."""

    worker: str
    survey: str
    """Stream id."""
    household_region: str
    groups: tuple[Membership, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSurvey:
    """A survey of this worker was invalidated."""

    worker: str
    survey: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignGroup:
    group: str
    valid_from: date
    valid_to: date | None
    evidence: str
    basis: Literal["OFFICE", "HOUSEHOLD"] = "OFFICE"
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGroup:
    """`valid_to` is the first day on which the worker does not belong to the group. What an office assigned from that
    day or a later one on never held."""

    group: str
    valid_to: date
    evidence: str
    basis: Literal["OFFICE", "HOUSEHOLD"] = "OFFICE"
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWishes:
    wishes: tuple[str, ...]
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessEligibility:
    able_to_work: bool
    reason: str | None
    """Why the worker is not eligible though the grounds are there; None: the grounds decide."""
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignateTrainee:
    plan: str
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDesignation:
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAttention:
    reason: str
    until: date
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAttention:
    """By a person's decision."""

    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetAttentionLapse:
    """By its timer, when the term is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinHousehold:
    household: str
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveHousehold:
    household: str
    left_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWithHousehold:
    household_region: str
    moved_on: date
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeath:
    died_on: date
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDeath:
    evidence: str
    official: str
    organisation: str
    is_own_word: bool = False
    """The death was recorded by the word of another province, the `official` here, which takes its word back."""


WorkerCommand: TypeAlias = (
    RegisterWorker
    | WithdrawSurvey
    | AssignGroup
    | EndGroup
    | RecordWishes
    | AssessEligibility
    | DesignateTrainee
    | EndDesignation
    | OrderAttention
    | EndAttention
    | LetAttentionLapse
    | JoinHousehold
    | LeaveHousehold
    | MoveWithHousehold
    | RecordDeath
    | WithdrawDeath
    | DecideDuplicate
    | FollowCanonical
    | CompareLinked
    | DecideLinkConflict
    | RestrictUse
    | EndRestriction
    | ErasePersonalData
    | ReindexNumber
    | YieldActing
    | ResumeActing
    | PlaceGuest
)
