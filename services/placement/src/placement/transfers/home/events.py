"""What can have happened to a transfer where the worker comes from. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final, TypeAlias

from placement.transfers.way import Way

Upcasters: TypeAlias = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]


def _of_own_workers(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "plan": {**shape["plan"], "origin": None}}


_BEFORE_GUESTS: Final[Upcasters] = {1: _of_own_workers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A certificate that speaks for the worker, without its number. Part of stored events."""

    certificate: str
    occupation: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Whom home offers, under which agreement, and until when. Part of stored events."""

    way: Way
    origin: str | None = None
    """County of the household, where the worker is a guest of the county that sends."""
    agreement: str
    groups: tuple[str, ...]
    skills: tuple[Skill, ...]
    answer_until: datetime
    dispatch_until: datetime
    """By when the worker leaves, if the host accepts."""
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTransfer:
    """What every event says that comes after the proposal."""

    way: Way
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferProposed:
    """The worker agreed; a place under the agreement is asked for. The worker has no other open transfer."""

    type: ClassVar[str] = "transfer-proposed"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = _BEFORE_GUESTS
    plan: Plan
    occupation: str
    proposed_on: date
    epoch: int
    """Under which home acted."""
    consented_on: date
    consent: str
    """Number of the document in which the worker agreed."""
    official: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDropped(OfTransfer):
    """It ended before the host heard of it."""

    type: ClassVar[str] = "transfer-dropped"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferNominated:
    """The host may answer now."""

    type: ClassVar[str] = "transfer-nominated"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = _BEFORE_GUESTS
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRejected(OfTransfer):
    """The host said no."""

    type: ClassVar[str] = "transfer-rejected"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferConfirmed(OfTransfer):
    """Home's answer to an acceptance that came in time."""

    type: ClassVar[str] = "transfer-confirmed"
    dispatch_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTooLate(OfTransfer):
    """Home's answer to an acceptance of what had ended."""

    type: ClassVar[str] = "transfer-too-late"
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWithdrawn(OfTransfer):
    """Home takes the worker back before departure, or says that the worker is no more."""

    type: ClassVar[str] = "transfer-withdrawn"
    reason: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferExpired(OfTransfer):
    """`waited_for`: ANSWER or DEPARTURE."""

    type: ClassVar[str] = "transfer-expired"
    waited_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDispatched(OfTransfer):
    type: ClassVar[str] = "transfer-dispatched"
    left_on: date
    arrive_until: datetime
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferArrived(OfTransfer):
    """The host said so."""

    type: ClassVar[str] = "transfer-arrived"
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMissed(OfTransfer):
    """The host said that the worker did not come in time."""

    type: ClassVar[str] = "transfer-missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReturned(OfTransfer):
    """The host said that the worker went home without the job."""

    type: ClassVar[str] = "transfer-returned"
    reason: str
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCompleted(OfTransfer):
    """The host said that the worker has the job."""

    type: ClassVar[str] = "transfer-completed"
    employment: str
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLetGo(OfTransfer):
    """The worker is on the way or there: it goes on, though home's permission to act ends."""

    type: ClassVar[str] = "transfer-let-go"
    ground: str


TransferEvent: TypeAlias = (
    TransferProposed
    | TransferDropped
    | TransferNominated
    | TransferRejected
    | TransferConfirmed
    | TransferTooLate
    | TransferWithdrawn
    | TransferExpired
    | TransferDispatched
    | TransferArrived
    | TransferMissed
    | TransferReturned
    | TransferCompleted
    | TransferLetGo
)
