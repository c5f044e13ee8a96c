"""What becomes public of this service's facts: rule packs, claims, and their payments; of reservations what is said to
other provinces. Dossiers, batches and all else that happens inside the house stay at home."""

from typing import Any

from contracts.public_event import PublicEvent
from eventcore import Fact
from eventcore.roll import RollEvent

from subsidy.claims import publishing as claims
from subsidy.claims.events import ClaimEvent
from subsidy.claims.reservations import publishing as reservations
from subsidy.claims.reservations.events import ReservationEvent
from subsidy.money import publishing as money
from subsidy.money.payments.events import PaymentEvent
from subsidy.packs import publishing as packs
from subsidy.packs.events import PackEvent


def publish(fact: Fact[Any]) -> PublicEvent | None:
    """A pure function of the event alone, so that a replay sends the same bytes."""
    return published(fact.event)


def published(event: object) -> PublicEvent | None:
    """By the kind of stream; each says of each of its events whether it becomes public."""
    if isinstance(event, PackEvent):
        return packs.publish(event)
    if isinstance(event, ClaimEvent):
        return claims.publish(event)
    if isinstance(event, ReservationEvent | RollEvent):
        return reservations.publish(event)
    if isinstance(event, PaymentEvent):
        return money.publish(event)
    return None
