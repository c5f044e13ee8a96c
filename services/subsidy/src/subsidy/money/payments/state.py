"""Where the payments of a claim stand."""

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, assert_never

from subsidy.money.payments.events import (
    AnswerDisagreed,
    OwedChanged,
    PaymentDue,
    PaymentEvent,
    PaymentExecuted,
    PaymentFailed,
    PaymentLeftOut,
    PaymentOrdered,
    PaymentRenewed,
    PaymentReturned,
    PaymentUnknown,
    PaymentWithdrawn,
    RecoveryChanged,
)
from subsidy.money.payments.payee import Payee


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The one order that is open. `payee` and `fund` are those with which it was made."""

    payment: str
    amount: int
    fund: str
    payee: Payee
    stage: Literal["due", "ordered", "unknown"] = "due"
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Executed:
    """An order that was paid, and how much of it came back."""

    payment: str
    amount: int
    fund: str
    reference: str
    returned: int = 0
    sent_back: int = 0
    """So much of what came back the bank sent back; it may come although the payee has paid it back too."""


@dataclass(frozen=True, slots=True)
class NothingYet:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    claim: str
    kind: str
    region: str
    fund: str
    payee: Payee
    owed: int
    decision: str
    handlers: tuple[str, ...]
    orders: int = 0
    open: Order | None = None
    executed: tuple[Executed, ...] = ()
    references: frozenset[str] = field(default=frozenset())
    """Of money that came back."""
    ended: frozenset[str] = field(default=frozenset())
    """Orders that are over without having been paid."""
    owed_back: int = 0
    halted: bool = False
    """The last order did not reach the payee: somebody has to say that there may be another."""

    @property
    def paid(self) -> int:
        """What the payees have; below zero where they gave back what the bank sent back too."""
        return sum(each.amount - each.returned for each in self.executed)

    @property
    def at_the_bank(self) -> bool:
        """Nobody knows yet what became of the open order."""
        return self.open is not None and self.open.stage != "due"


Payments: TypeAlias = NothingYet | Account


def evolve(payments: Payments, event: PaymentEvent) -> Payments:
    if isinstance(event, OwedChanged):
        return _owing(payments, event)
    if isinstance(payments, NothingYet):
        raise TypeError(f"{event.type} before anything was owed")
    return _evolve(payments, event)


def _owing(payments: Payments, event: OwedChanged) -> Account:
    if isinstance(payments, NothingYet):
        return Account(
            claim=event.claim,
            kind=event.kind,
            region=event.region,
            fund=event.fund,
            payee=event.payee,
            owed=event.owed,
            decision=event.decision,
            handlers=_with(event.handler, ()),
        )
    return replace(
        payments,
        region=event.region,
        fund=event.fund,
        payee=event.payee,
        owed=event.owed,
        decision=event.decision,
        handlers=_with(event.handler, payments.handlers),
        halted=payments.halted and payments.payee == event.payee,
    )


def _with(handler: str, handlers: tuple[str, ...]) -> tuple[str, ...]:
    return handlers if not handler or handler in handlers else (*handlers, handler)


def _evolve(account: Account, event: PaymentEvent) -> Account:
    match event:
        case PaymentDue():
            order = Order(payment=event.payment, amount=event.amount, fund=event.fund, payee=event.payee)
            return replace(account, open=order, orders=event.n)
        case PaymentWithdrawn():
            return _ended(account, event.payment, halted=account.halted)
        case PaymentOrdered():
            return _moved(account, "ordered", event.file)
        case PaymentUnknown():
            return _moved(account, "unknown", event.file)
        case PaymentLeftOut() | PaymentFailed():
            return _ended(account, event.payment, halted=True)
        case PaymentExecuted():
            return _executed(account, event)
        case PaymentRenewed():
            return replace(account, halted=False)
        case PaymentReturned():
            return _returned(account, event)
        case RecoveryChanged():
            return replace(account, owed_back=event.outstanding)
        case AnswerDisagreed() | OwedChanged():
            return account
        case _:
            assert_never(event)


def _ended(account: Account, payment: str, *, halted: bool) -> Account:
    return replace(account, open=None, ended=account.ended | {payment}, halted=halted)


def _moved(account: Account, stage: Literal["ordered", "unknown"], file: str) -> Account:
    return replace(account, open=account.open and replace(account.open, stage=stage, file=file))


def _executed(account: Account, event: PaymentExecuted) -> Account:
    done = Executed(payment=event.payment, amount=event.amount, fund=event.fund, reference=event.reference)
    return replace(account, open=None, executed=(*account.executed, done))


def _returned(account: Account, event: PaymentReturned) -> Account:
    """What the bank gave back did not reach the payee; what the payee gave back did."""
    sent_back = event.amount if event.file else 0
    executed = tuple(
        replace(each, returned=each.returned + event.amount, sent_back=each.sent_back + sent_back)
        if each.payment == event.payment
        else each
        for each in account.executed
    )
    halted = account.halted or bool(event.file)
    return replace(account, executed=executed, references=account.references | {event.reference}, halted=halted)
