"""A world of claims whose decisions are paid, and paid back."""

from typing import Final

from claim_world import TODAY, World
from eventcore.codec import Codec
from eventcore.readers import Policy
from subsidy.claims.events import ClaimEvent
from subsidy.claims.wiring import POLICIES
from subsidy.money.payments.commands import OrderPayment, RecordRecovery, TakeAnswer
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account
from subsidy.policies.when_claim_decided_settle_it import when_claim_decided_settle_it

SETTLING: Final = Policy("when_claim_decided_settle_it", when_claim_decided_settle_it, own=(Codec(ClaimEvent),))


def paying_world(*packs: str) -> World:
    """These rules are published, and the handler may decide."""
    found = World(policies=(*POLICIES, SETTLING))
    for each in packs:
        found.publish(each)
    found.commit()
    return found


def account(found: World, claim: str) -> Account | None:
    """The claim's payments, if anything was ever owed."""
    payments = found.states.get(PAYMENT.stream(claim))
    return payments if isinstance(payments, Account) else None


def pay(found: World, claim: str) -> None:
    """The open order goes to the bank, and the bank pays it."""
    payments = account(found, claim)
    if payments is None or payments.open is None:
        return
    order = payments.open
    file = f"PAY-{order.fund}-20260701-{len(found.facts):03}"
    found.do(PAYMENT, claim, OrderPayment(payment=order.payment, batch="b1", file=file, today=TODAY))
    paid = TakeAnswer(
        payment=order.payment,
        amount=order.amount,
        status="S",
        reason="",
        reference=f"r-{order.payment}",
        file=file,
        day=TODAY,
    )
    found.do(PAYMENT, claim, paid)
    found.settle()


def pay_back(found: World, claim: str, amount: int | None = None) -> None:
    """What is owed back, or so much of it, is with the fund again."""
    payments = account(found, claim)
    if payments is None or not payments.owed_back:
        return
    recovery = RecordRecovery(
        amount=amount or payments.owed_back,
        document=f"收 {len(found.facts)}",
        received_on=TODAY,
        official="fu",
        today=TODAY,
    )
    found.do(PAYMENT, claim, recovery)
    found.settle()
