"""What follows from what is owed and what was paid: an order, none, another one, or a recovery."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any

from eventcore.ids import same_id

from subsidy.money.payments.events import PaymentDue, PaymentEvent, PaymentWithdrawn, RecoveryChanged
from subsidy.money.payments.state import Account, NothingYet, Order, Payments, evolve


def balanced(payments: Payments, events: Sequence[PaymentEvent], today: date) -> Sequence[PaymentEvent]:
    """These events and what follows from them."""
    found = list(events)
    payments = reduce(evolve, found, payments)
    while not isinstance(payments, NothingYet) and (following := _following(payments, today)):
        found.append(following)
        payments = evolve(payments, following)
    return found


def _following(account: Account, today: date) -> PaymentEvent | None:
    """Nothing while an order is at the bank: nobody knows yet what was paid."""
    if account.at_the_bank:
        return None
    missing, open = account.owed - account.paid, account.open
    outstanding = max(-missing, 0)
    if outstanding != account.owed_back:
        return RecoveryChanged(
            **of_claim(account),
            outstanding=outstanding,
            difference=outstanding - account.owed_back,
            decision=account.decision,
            changed_on=today,
        )
    if open and (open.amount, open.payee, open.fund) != (missing, account.payee, account.fund):
        return PaymentWithdrawn(**of_order(account, open), withdrawn_on=today)
    if open is None and missing > 0 and not account.halted:
        return _due(account, missing, today)
    return None


def _due(account: Account, amount: int, today: date) -> PaymentDue:
    n = account.orders + 1
    return PaymentDue(
        **of_claim(account),
        payment=order_id(account.claim, n),
        amount=amount,
        n=n,
        decision=account.decision,
        handlers=account.handlers,
        due_on=today,
    )


def order_id(claim: str, n: int) -> str:
    """Always the same for the n-th order of a claim, whoever asks and however often."""
    return same_id(claim, "pay", str(n))


def of_claim(account: Account) -> dict[str, Any]:
    """The fields that every event has."""
    return {
        "claim": account.claim,
        "kind": account.kind,
        "region": account.region,
        "fund": account.fund,
        "payee": account.payee,
    }


def of_order(account: Account, order: Order) -> dict[str, Any]:
    """The fields of events about an order."""
    return {
        **of_claim(account),
        "fund": order.fund,
        "payee": order.payee,
        "payment": order.payment,
        "amount": order.amount,
    }
