"""The rules of paying a claim (R-SUB-10, R-SUB-28): what is owed and not paid is ordered, one order at a time.

An order's id comes from the claim and the order's number, so nothing can make it twice. It goes to the bank in one
file. Until the bank has said what became of it there is no other order, whatever is decided meanwhile; then the
difference is ordered, or owed back.
"""

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from eventcore import Decider, Effect, Seen, Take

from subsidy.money import ledger
from subsidy.money.payments import refusals
from subsidy.money.payments.answers import take_answer
from subsidy.money.payments.balancing import balanced, of_claim, of_order
from subsidy.money.payments.commands import (
    LeaveOut,
    OrderPayment,
    PaymentCommand,
    RecordRecovery,
    RenewPayment,
    SettleClaim,
    TakeAnswer,
)
from subsidy.money.payments.events import (
    OwedChanged,
    PaymentEvent,
    PaymentExecuted,
    PaymentFailed,
    PaymentLeftOut,
    PaymentOrdered,
    PaymentRenewed,
    PaymentReturned,
    RecoveryChanged,
)
from subsidy.money.payments.state import Account, NothingYet, Payments, evolve

ORDER: Final = "payment-order"
"""Guard of an order's id; its holder is the claim. Whoever has only the id finds the claim by it."""
REPAID: Final = "OWED_BACK"


def decide(command: PaymentCommand, payments: Payments, _: Seen) -> Sequence[PaymentEvent]:
    match command:
        case SettleClaim():
            return settle(command, payments)
        case OrderPayment():
            return order(command, known(payments))
        case LeaveOut():
            return leave_out(command, known(payments))
        case TakeAnswer():
            return take_answer(command, known(payments))
        case RenewPayment():
            return renew(command, known(payments))
        case RecordRecovery():
            return record_recovery(command, known(payments))
        case _:
            assert_never(command)


def known(payments: Payments) -> Account:
    """The claim's payments. Refuses where nothing was ever owed."""
    if isinstance(payments, NothingYet):
        raise refusals.NothingOwed
    return payments


def settle(command: SettleClaim, payments: Payments) -> Sequence[PaymentEvent]:
    if isinstance(payments, NothingYet):
        if not command.owed:
            return []
    elif (payments.owed, payments.payee, payments.fund) == (command.owed, command.payee, command.fund):
        return []
    changed = OwedChanged(
        claim=command.claim,
        kind=command.kind,
        region=command.region,
        fund=command.fund,
        payee=command.payee,
        owed=command.owed,
        decision=command.decision,
        handler=command.handler,
        changed_on=command.today,
    )
    return balanced(payments, [changed], command.today)


def order(command: OrderPayment, account: Account) -> Sequence[PaymentEvent]:
    """Nothing where the order was withdrawn meanwhile: it is not in the file then."""
    open = account.open
    if open is None or open.payment != command.payment or open.stage != "due":
        return []
    facts = of_order(account, open)
    return [PaymentOrdered(**facts, batch=command.batch, file=command.file, ordered_on=command.today)]


def leave_out(command: LeaveOut, account: Account) -> Sequence[PaymentEvent]:
    open = account.open
    if open is None or open.payment != command.payment or open.file != command.file or open.stage != "ordered":
        return []
    facts = of_order(account, open)
    left_out = PaymentLeftOut(**facts, file=command.file, reason=command.reason, left_out_on=command.today)
    return balanced(account, [left_out], command.today)


def renew(command: RenewPayment, account: Account) -> Sequence[PaymentEvent]:
    if not account.halted:
        raise refusals.NothingHalted
    renewed = PaymentRenewed(
        **of_claim(account),
        ground=command.ground,
        official=command.official,
        organisation=command.organisation,
        renewed_on=command.today,
    )
    return balanced(account, [renewed], command.today)


def record_recovery(command: RecordRecovery, account: Account) -> Sequence[PaymentEvent]:
    """What came back is taken from the newest orders first. The same document again changes nothing."""
    if command.received_on > command.today:
        raise refusals.ReceivedInFuture
    if command.document in account.references:
        return []
    if command.amount > account.owed_back:
        raise refusals.RecoveryTooLarge
    return balanced(account, list(_repaid(command, account)), command.today)


def _repaid(command: RecordRecovery, account: Account) -> Iterable[PaymentEvent]:
    left = command.amount
    for each in reversed(account.executed):
        amount = min(left, max(each.amount - each.returned, 0))
        if amount:
            yield PaymentReturned(
                **{**of_claim(account), "fund": each.fund},
                payment=each.payment,
                amount=amount,
                reason=REPAID,
                returned_on=command.received_on,
                file="",
                reference=command.document,
                official=command.official,
            )
        left -= amount


def effects(_: Payments, event: PaymentEvent) -> Iterable[Effect]:
    fund, county = event.fund, event.region
    match event:
        case PaymentOrdered():
            yield Take(ORDER, event.payment, holder=event.claim)
            yield from ledger.ordered(fund, county, event.amount)
        case PaymentLeftOut():
            yield from ledger.left_out(fund, county, event.amount)
        case PaymentExecuted():
            yield from ledger.executed(fund, county, event.amount)
        case PaymentFailed():
            yield from ledger.failed(fund, county, event.amount)
        case PaymentReturned():
            yield from ledger.returned(fund, county, event.amount)
        case RecoveryChanged():
            yield from ledger.owed_back(fund, county, event.difference)
        case _:
            pass


PAYMENT: Final[Decider[PaymentCommand, PaymentEvent, Payments]] = Decider(
    category="payment",
    initial=NothingYet(),
    decide=decide,
    evolve=evolve,
    events=PaymentEvent,
    effects=effects,
)
