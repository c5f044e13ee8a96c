"""When a claim was decided, or decided again, its payments are brought to what is owed now."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.claims.events import ClaimAdjusted, ClaimDecided
from subsidy.legal_days import day_of
from subsidy.money.payments.commands import PaymentCommand, SettleClaim
from subsidy.money.payments.payment import PAYMENT


def when_claim_decided_settle_it(fact: Fact[Any]) -> Iterable[Do[PaymentCommand]]:
    event = fact.event
    if isinstance(event, ClaimDecided | ClaimAdjusted):
        settle = SettleClaim(
            claim=event.claim,
            kind=event.kind,
            region=event.region,
            fund=event.fund,
            payee=event.payee,
            owed=event.amount,
            decision=fact.id,
            handler=event.handler if isinstance(event, ClaimDecided) else "",
            today=day_of(fact),
        )
        yield Do(PAYMENT, event.claim, settle)
