"""What is known of a claim."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from subsidy.claims.dossier.parts import Concern, Kind
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
    ReservationAnswered,
    ReservationAsked,
    ReservationGivenUp,
    ReservationHeld,
    ReservationYielded,
)
from subsidy.claims.room_events import RoomAsked, RoomTaken, RoomTold
from subsidy.money.payments.payee import Payee


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing has opened it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserving:
    """It has asked for a reservation; the newest answer, where there is one."""

    once: Once
    home: str
    ask: int
    asked_on: date | None = None
    answer: ReservationAnswered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the claim takes of the person's allowance, in fen or in months. `asks`: it waits for its turn; `turn`: it
    has it."""

    person: str
    year: int
    told: RoomTold | None = None
    taken: int = 0
    asks: bool = False
    turn: bool = False


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
    asks: int = 0
    """How often it asked for a reservation."""
    room: Room | None = None
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
        case "TRAINING" | "LIVING" | "ASSESSMENT" | "SKILL_UPGRADE" | "CROSS_PROVINCE_TRAVEL" | "SOCIAL_INSURANCE":
            return kind
        case "STUDENT_AID" | "TUITION" | "GRANT":
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
            asked = Reserving(once=event.once, home=event.home, ask=event.ask, asked_on=event.asked_on)
            return replace(claim, reserving=asked, asks=claim.asks + 1)
        case ReservationAnswered():
            return replace(claim, reserving=claim.reserving and replace(claim.reserving, answer=event))
        case ReservationGivenUp() if claim.reserving and claim.reserving.ask == event.ask:
            return replace(claim, reserving=None)
        case ReservationGivenUp() | ReservationHeld():
            return claim
        case ReservationYielded():
            return replace(claim, reserving=claim.reserving and replace(claim.reserving, answer=None))
        case RoomAsked() | RoomTold() | RoomTaken():
            return replace(claim, room=_room(claim.room, event))
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


def _room(room: Room | None, event: RoomAsked | RoomTold | RoomTaken) -> Room | None:
    found = room if room and (room.person, room.year) == (event.person, event.year) else None
    match event:
        case RoomAsked():
            return replace(found or Room(person=event.person, year=event.year), asks=True)
        case RoomTold():
            return found and replace(found, told=event, asks=False, turn=True)
        case RoomTaken() if found is None:
            return room
        case RoomTaken():
            return None if event.leaves else replace(found, taken=event.amount, turn=False)
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
