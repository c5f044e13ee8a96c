"""What other services may know of a claim: that it opened, what was decided, and what was corrected."""

from collections.abc import Mapping
from typing import Final, assert_never

from contracts.public_event import PublicEvent
from contracts.reservation import Reservation, ReservationAskedV1, ReservationHeldV1, ReservationReleasedV1
from contracts.subsidy import ClaimAdjustedV1, ClaimDecidedV1, ClaimOpenedV1, Payee

from subsidy.claims.dossier.arising import OF_CERTIFICATE, OF_SCHOOL_YEAR, TRAVEL
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
    OfReservation,
    ReservationAnswered,
    ReservationAsked,
    ReservationGivenUp,
    ReservationHeld,
    ReservationYielded,
)
from subsidy.claims.room_events import RoomAsked, RoomTaken, RoomTold
from subsidy.provinces import province

SAID: Final[Mapping[type[OfReservation], type[Reservation]]] = {
    ReservationAsked: ReservationAskedV1,
    ReservationHeld: ReservationHeldV1,
    ReservationGivenUp: ReservationReleasedV1,
}


def publish(event: ClaimEvent) -> PublicEvent | None:
    """Of reservations only what another province has to know, which owns them."""
    match event:
        case ClaimOpened():
            return _opened(event)
        case ClaimDecided():
            return _decided(event)
        case ClaimAdjusted():
            return _adjusted(event)
        case ReservationAsked(home=home) | ReservationHeld(home=home) | ReservationGivenUp(home=home) if (
            home != province(event.region)
        ):
            return _to_home(event)
        case (
            ClaimWaits()
            | ClaimReady()
            | RoomAsked()
            | RoomTold()
            | RoomTaken()
            | ReservationAsked()
            | ReservationAnswered()
            | ReservationHeld()
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


def _to_home(event: OfReservation) -> PublicEvent:
    once = event.once
    return SAID[type(event)](
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
    of_class, of_year = event.kind == "LIVING", event.kind in (TRAVEL, *OF_SCHOOL_YEAR)
    return ClaimOpenedV1(
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        region=event.region,
        because=event.because,
        training_class=event.about if of_class else None,
        certificate=event.about if event.kind in OF_CERTIFICATE else None,
        opened_on=event.opened_on,
        year=int(event.about[:4]) if of_year else None,
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
