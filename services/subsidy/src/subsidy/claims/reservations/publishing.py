"""What other provinces are told of a reservation that is home's: whether their claim has it."""

from typing import Any, Final, assert_never

from contracts.public_event import PublicEvent
from contracts.reservation import ReservationGrantedV1, ReservationRefusedV1
from contracts.roll import HoldersAnsweredV1, HoldersCalledV1
from eventcore.roll import LogReadAgain, RollAnswered, RollAnswerNoted, RollCalled, RollEvent

from subsidy.claims.reservations.events import (
    Asker,
    ReservationContested,
    ReservationEvent,
    ReservationGranted,
    ReservationRecovered,
    ReservationRefused,
    ReservationReleased,
    ReservationRequested,
    What,
)
from subsidy.provinces import province

HELD: Final = "ALREADY_SUBSIDISED"
"""Code of `refusal-reasons`."""


def publish(event: ReservationEvent | RollEvent) -> PublicEvent | None:
    match event:
        case RollCalled():
            return HoldersCalledV1(to=event.to, incarnation=event.incarnation)
        case RollAnswered():
            return HoldersAnsweredV1(to=event.to, incarnation=event.incarnation)
        case ReservationGranted(holder=holder) if holder.is_elsewhere:
            return ReservationGrantedV1(**_of(event.what, holder))
        case ReservationRefused(asker=asker) if asker.is_elsewhere:
            return ReservationRefusedV1(**_of(event.what, asker), reason=HELD, holder=province(event.holder_region))
        case (
            ReservationGranted()
            | ReservationRecovered()
            | ReservationRefused()
            | ReservationRequested()
            | ReservationContested()
            | ReservationReleased()
            | RollAnswerNoted()
            | LogReadAgain()
        ):
            return None
        case _:
            assert_never(event)


def _of(what: What, asker: Asker) -> dict[str, Any]:
    """By the name of the worker and of the occupation that the claim asked with."""
    return {
        "to": (province(asker.region),),
        "claim": asker.claim,
        "ask": asker.ask,
        "worker": asker.worker,
        "home": asker.home,
        "region": asker.region,
        "kind": asker.kind,
        "pool": what.pool,
        "occupation": asker.occupation,
        "level": what.level,
        "day": asker.day,
    }
