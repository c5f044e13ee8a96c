"""What other services may know of a claim: that it opened, what was decided, and what was corrected."""

from typing import assert_never

from contracts.public_event import PublicEvent
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


def publish(event: ClaimEvent) -> PublicEvent | None:
    match event:
        case ClaimOpened():
            return _opened(event)
        case ClaimDecided():
            return _decided(event)
        case ClaimAdjusted():
            return _adjusted(event)
        case (
            ClaimWaits()
            | ClaimReady()
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


def _opened(event: ClaimOpened) -> ClaimOpenedV1:
    of_class = event.kind == "LIVING"
    return ClaimOpenedV1(
        claim=event.claim,
        kind=event.kind,
        worker=event.worker,
        region=event.region,
        because=event.because,
        training_class=event.about if of_class else None,
        certificate=None if of_class else event.about,
        opened_on=event.opened_on,
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
