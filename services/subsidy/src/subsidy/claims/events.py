"""What can have happened to a claim. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, TypeAlias

from subsidy.claims.room_events import RoomEvent
from subsidy.money.payments.payee import Payee
from subsidy.packs.explanation import Explanation
from subsidy.provinces import province

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def _asked_at_home(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "home": province(shape["region"]), "ask": 0, "asked_on": None}


def _given_up_at_home(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "home": province(shape["region"]), "ask": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOpened:
    type: ClassVar[str] = "claim-opened"
    claim: str
    """Key of this stream: the same from kind, worker and what it is about."""
    kind: str
    worker: str
    region: str
    """The worker's county on the day of the fact."""
    about: str
    """The class or the certificate."""
    because: str
    """Public id of the fact that opened it."""
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecided:
    type: ClassVar[str] = "claim-decided"
    claim: str
    kind: str
    worker: str
    region: str
    outcome: Literal["APPROVED", "REFUSED"]
    fund: str
    payee: Payee
    amount: int
    """Fen; 0 where it is refused."""
    explanation: Explanation
    decided_on: date
    handler: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAdjusted:
    """Decided again: `amount` takes the place of what was owed before."""

    type: ClassVar[str] = "claim-adjusted"
    claim: str
    kind: str
    worker: str
    region: str
    outcome: Literal["APPROVED", "REFUSED"]
    fund: str
    payee: Payee
    amount: int
    difference: int
    """Above 0: paid out further. Below 0: owed back, as far as it was paid."""
    corrects: str
    """Id of the decision that is no longer right."""
    cause: str
    """Public id, or own id, of the fact that changed it."""
    explanation: Explanation
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What a person may get once, over all kinds of claims concerned (R-SUB-22). Part of stored events."""

    pool: str
    """Kinds of claims with one pool share it: training and skill upgrade do."""
    person: str
    occupation: str
    level: str
    day: date
    """Of the fact: who comes first comes first by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWaits:
    """Something is needed and not known yet. Nothing is refused for it."""

    type: ClassVar[str] = "claim-waits"
    claim: str
    kind: str
    worker: str
    region: str
    missing: tuple[str, ...]
    """Names of inputs of rules; beside them `rule_pack`, `reservation`, `use_of_data`, `payee`."""
    fact_on: date | None
    """The day by whose rules it would be decided, where that is known."""
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReady:
    """Nothing is missing any more: it can be decided, and the published time limit runs (R-SUB-30, R-ADD-13)."""

    type: ClassVar[str] = "claim-ready"
    claim: str
    kind: str
    worker: str
    region: str
    pack: str
    """`name@version` by which it would be decided today."""
    since: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReservation:
    """What a claim says of its reservation to the province that owns it. Part of stored events."""

    claim: str
    kind: str
    worker: str
    region: str
    about: str
    once: Once
    home: str
    """The province that owns the reservation: told through the exchange where it is another."""
    ask: int
    """Counts from 1 how often the claim asks; 0 for those of before there were numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationAsked(OfReservation):
    """By the rules something is owed that a person gets once: the reservation has to be granted first."""

    type: ClassVar[str] = "reservation-asked"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _asked_at_home}
    asked_on: date | None
    """None where it was not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationAnswered:
    type: ClassVar[str] = "reservation-answered"
    claim: str
    once: Once
    granted: bool
    holder_region: str
    holder: str
    """The claim that holds it."""
    answer: str
    """Id of the reservation's event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationHeld(OfReservation):
    """Another province granted it: it is told that the claim has it, for its log may lose the grant."""

    type: ClassVar[str] = "reservation-held"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationGivenUp(OfReservation):
    """The claim needs it no more, or never had it for this person: others may have it."""

    type: ClassVar[str] = "reservation-given-up"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _given_up_at_home}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationYielded:
    """Nothing was decided yet, and another claim comes first. The claim stays in line."""

    type: ClassVar[str] = "reservation-yielded"
    claim: str
    once: Once


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHeld:
    """A person looks at a risk first; what comes out is not theirs to choose (R-SUB-24, R-SUB-25)."""

    type: ClassVar[str] = "claim-held"
    claim: str
    region: str
    reason: str
    """Code of `hold-reasons`."""
    held_on: date
    handler: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHoldEnded:
    type: ClassVar[str] = "claim-hold-ended"
    claim: str
    region: str
    document: str
    ended_on: date
    handler: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFiled:
    type: ClassVar[str] = "appeal-filed"
    claim: str
    region: str
    decision: str
    """Id of the decision that it is against."""
    ground: str
    """Code of `appeal-grounds`."""
    document: str
    filed_on: date
    due_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided:
    """By somebody else than who decided the claim."""

    type: ClassVar[str] = "appeal-decided"
    claim: str
    region: str
    outcome: Literal["UPHELD", "REJECTED"]
    document: str
    decided_on: date
    supervisor: str
    organisation: str


ClaimEvent: TypeAlias = (
    ClaimOpened
    | ClaimWaits
    | ClaimReady
    | ReservationAsked
    | ReservationAnswered
    | ReservationHeld
    | ReservationGivenUp
    | ReservationYielded
    | RoomEvent
    | ClaimHeld
    | ClaimHoldEnded
    | ClaimDecided
    | ClaimAdjusted
    | AppealFiled
    | AppealDecided
)
