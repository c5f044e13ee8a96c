"""What other services may know of a claim: that it opened, what was decided, and what was corrected."""

from typing import Final, assert_never

from contracts.public_event import PublicEvent
from contracts.reservation import ReservationAskedV1, ReservationReleasedV1
from contracts.subsidy import ClaimAdjustedV1, ClaimDecidedV1, ClaimOpenedV1, Payee

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
    ReservationAnswered,
    ReservationAsked,
    ReservationGivenUp,
    ReservationYielded,
)
from subsidy.claims.room_events import RoomAsked, RoomTaken, RoomTold
from subsidy.provinces import province

TRAVEL: Final = "CROSS_PROVINCE_TRAVEL"


def publish(event: ClaimEvent) -> PublicEvent | None:
    """Of reservations only what another province has to know, which owns them."""
    match event:
        case ClaimOpened():
            return _opened(event)
        case ClaimDecided():
            return _decided(event)
        case ClaimAdjusted():
            return _adjusted(event)
        case ReservationAsked(home=home) | ReservationGivenUp(home=home) if home != province(event.region):
            return _to_home(event)
        case (
            ClaimWaits()
            | ClaimReady()
            | RoomAsked()
            | RoomTold()
            | RoomTaken()
            | ReservationAsked()
            | ReservationAnswered()
            | ReservationGivenUp()
            | ReservationYielded()
            | ClaimHeld()
            | ClaimHoldEnded()
            | AppealFiled()
            | AppealDecided()
        ):
            return None
        case _:
            assert_never(event)


def _to_home(event: ReservationAsked | ReservationGivenUp) -> PublicEvent:
    public = ReservationAskedV1 if isinstance(event, ReservationAsked) else ReservationReleasedV1
    once = event.once
    return public(
        to=(event.home,),
        claim=event.claim,
        ask=event.ask,
        worker=once.person,
        home=event.home,
        region=event.region,
        kind=event.kind,
        pool=once.pool,
        occupation=once.occupation,
        level=once.level,
        day=once.day,
    )


def _opened(event: ClaimOpened) -> ClaimOpenedV1:
    of_class, of_year = event.kind == "LIVING", event.kind == TRAVEL
    return ClaimOpenedV1(
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        region=event.region,
        because=event.because,
        training_class=event.about if of_class else None,
        certificate=None if of_class or of_year else event.about,
        opened_on=event.opened_on,
        year=int(event.about) if of_year else None,
    )


def _decided(event: ClaimDecided) -> ClaimDecidedV1:
    return ClaimDecidedV1(
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        region=event.region,
        outcome=event.outcome,
        reasons=event.explanation.reasons,
        pack=event.explanation.pack,
        fund=event.fund,
        payee=Payee(kind=event.payee.kind, id=event.payee.id),
        amount=event.amount,
        decided_on=event.decided_on,
    )


def _adjusted(event: ClaimAdjusted) -> ClaimAdjustedV1:
    return ClaimAdjustedV1(
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        region=event.region,
        outcome=event.outcome,
        reasons=event.explanation.reasons,
        pack=event.explanation.pack,
        fund=event.fund,
        payee=Payee(kind=event.payee.kind, id=event.payee.id),
        amount=event.amount,
        decided_on=event.decided_on,
        corrects=event.corrects,
        cause=event.cause,
        difference=event.difference,
    )
