"""When less is owed, or money of a claim did not leave or came back, what it kept others from is free: the rest of the
allowance, and the reservation if nothing is left."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import ClaimCommand, FreeReservation
from subsidy.money.payments.events import (
    OwedChanged,
    PaymentFailed,
    PaymentLeftOut,
    PaymentReturned,
    PaymentWithdrawn,
)


def when_money_of_a_claim_is_back_free_its_reservation(fact: Fact[Any]) -> Iterable[Do[ClaimCommand]]:
    match fact.event:
        case OwedChanged(claim=claim, handler=""):
            yield Do(CLAIM, claim, FreeReservation(claim=claim))
        case (
            PaymentWithdrawn(claim=claim)
            | PaymentLeftOut(claim=claim)
            | PaymentFailed(claim=claim)
            | PaymentReturned(claim=claim)
        ):
            yield Do(CLAIM, claim, FreeReservation(claim=claim))
        case _:
            return
