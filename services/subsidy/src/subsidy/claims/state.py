"""What is known of a claim."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from subsidy.claims.dossier.events import Concern, Kind
from subsidy.claims.events import (
    AppealDecided,
    AppealFiled,
    ClaimAdjusted,
    ClaimDecided,
    ClaimEvent,
    ClaimHeld,
    ClaimHoldEnded,
    ClaimOpened,
    ClaimReady,
    ClaimWaits,
    Once,
    Payee,
    ReservationAnswered,
    ReservationAsked,
    ReservationGivenUp,
    ReservationYielded,
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing has opened it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserving:
    """It has asked for a reservation; the newest answer, where there is one."""

    once: Once
    answer: ReservationAnswered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The newest outcome. `fund`, `payee` and `region` are those of the first one that granted something."""

    id: str
    made: ClaimDecided | ClaimAdjusted
    handler: str
    fund: str
    payee: Payee
    granted: bool
    """Something was granted once: money may be with the payee, or on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    opened: ClaimOpened
    version: int
    region: str
    """Where the fact was, until the household's county on its day is known."""
    standing: ClaimWaits | ClaimReady | None = None
    reserving: Reserving | None = None
    held: ClaimHeld | None = None
    decision: Decision | None = None
    appeal: AppealFiled | None = None
    """The open one."""
    appealed: tuple[str, ...] = field(default=())
    """Decisions that were appealed against."""

    @property
    def claim(self) -> str:
        return self.opened.claim

    @property
    def next_id(self) -> str:
        """Id of the next event."""
        return f"claim-{self.claim}/{self.version + 1}"


Claim: TypeAlias = Unknown | Opened


def concern_of(claim: Opened) -> Concern:
    """How the dossier calls the claim."""
    opened = claim.opened
    return Concern(claim=opened.claim, kind=kind_of(opened.kind), about=opened.about, region=opened.region)


def kind_of(kind: str) -> Kind:
    """Raises `ValueError` for a kind that does not open by itself."""
    match kind:
        case "TRAINING" | "LIVING" | "ASSESSMENT" | "SKILL_UPGRADE":
            return kind
        case _:
            raise ValueError(kind)


def evolve(claim: Claim, event: ClaimEvent) -> Claim:
    if isinstance(event, ClaimOpened):
        return Opened(opened=event, version=1, region=event.region)
    if isinstance(claim, Unknown):
        raise TypeError("a claim begins with its opening")
    return _after(replace(claim, version=claim.version + 1), event)


def _after(claim: Opened, event: ClaimEvent) -> Opened:
    match event:
        case ClaimOpened():
            return claim
        case ClaimWaits() | ClaimReady():
            return replace(claim, standing=event, region=event.region)
        case ReservationAsked():
            return replace(claim, reserving=Reserving(once=event.once))
        case ReservationAnswered():
            return replace(claim, reserving=Reserving(once=event.once, answer=event))
        case ReservationGivenUp():
            return replace(claim, reserving=None)
        case ReservationYielded():
            return replace(claim, reserving=Reserving(once=event.once))
        case ClaimHeld():
            return replace(claim, held=event)
        case ClaimHoldEnded():
            return replace(claim, held=None)
        case ClaimDecided() | ClaimAdjusted():
            return replace(claim, decision=_decision(claim, event), region=event.region)
        case AppealFiled():
            return replace(claim, appeal=event, appealed=(*claim.appealed, event.decision))
        case AppealDecided():
            return replace(claim, appeal=None)
        case _:
            assert_never(event)


def _decision(claim: Opened, event: ClaimDecided | ClaimAdjusted) -> Decision:
    before = claim.decision
    handler = event.handler if isinstance(event, ClaimDecided) else before.handler if before else ""
    first = before if before and before.granted else None
    return Decision(
        id=f"claim-{claim.claim}/{claim.version}",
        made=event,
        handler=handler,
        fund=first.fund if first else event.fund,
        payee=first.payee if first else event.payee,
        granted=bool(first) or event.amount > 0,
    )
