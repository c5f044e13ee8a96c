"""What can have happened to the payments of a claim. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from subsidy.money.payments.payee import Payee


@dataclass(frozen=True, slots=True, kw_only=True)
class OfClaim:
    """Part of every event: what it is counted by, so that sums come out whatever is read first."""

    claim: str
    """Key of this stream."""
    kind: str
    region: str
    fund: str
    payee: Payee


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOrder(OfClaim):
    payment: str
    """Id of the order."""
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedChanged(OfClaim):
    """The claim was decided, or decided again: so much is owed in all."""

    type: ClassVar[str] = "payment-owed-changed"
    owed: int
    decision: str
    """Id of the decision."""
    handler: str
    """Who decided; empty where an earlier fact fell and nobody did."""
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDue(OfOrder):
    """There is an order. It is the bank's only once a batch with it is released."""

    type: ClassVar[str] = "payment-due"
    n: int
    """Orders of the claim count from 1."""
    decision: str
    """Id of the decision that it pays."""
    handlers: tuple[str, ...]
    """Who decided what it pays: they do not release it."""
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentWithdrawn(OfOrder):
    """The order never went to the bank: another amount is owed, or to somebody else."""

    type: ClassVar[str] = "payment-withdrawn"
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrdered(OfOrder):
    """The order goes to the bank in a released batch."""

    type: ClassVar[str] = "payment-ordered"
    batch: str
    file: str
    ordered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLeftOut(OfOrder):
    """The order is not in the file: nobody could be paid."""

    type: ClassVar[str] = "payment-left-out"
    file: str
    reason: str
    left_out_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentUnknown(OfOrder):
    """The bank does not know yet. It is asked; there is no other order before it says so."""

    type: ClassVar[str] = "payment-unknown"
    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentExecuted(OfOrder):
    type: ClassVar[str] = "payment-executed"
    executed_on: date
    return_file: str
    """Where the bank said so."""
    reference: str
    """The bank's own, of this movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFailed(OfOrder):
    """The bank did not pay, for good."""

    type: ClassVar[str] = "payment-failed"
    reason: str
    failed_on: date
    return_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRenewed(OfClaim):
    """What did not reach the payee may be ordered again: the account was changed, say."""

    type: ClassVar[str] = "payment-renewed"
    ground: str
    official: str
    organisation: str
    renewed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturned(OfOrder):
    """`amount` of what was paid is with the fund again."""

    type: ClassVar[str] = "payment-returned"
    reason: str
    returned_on: date
    file: str
    """Where the bank said so; empty where who owed it paid it in another way."""
    reference: str
    """The bank's own, or the number of the document."""
    official: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryChanged(OfClaim):
    """More was paid than is owed: `outstanding` of it has to come back."""

    type: ClassVar[str] = "payment-recovery-changed"
    outstanding: int
    difference: int
    """To what had to come back before."""
    decision: str
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDisagreed(OfOrder):
    """The bank says something that does not fit what it said before. Nothing follows from it but that the movement
    stays unexplained."""

    type: ClassVar[str] = "payment-answer-disagreed"
    status: str
    reason: str
    reference: str
    file: str


PaymentEvent: TypeAlias = (
    OwedChanged
    | PaymentDue
    | PaymentWithdrawn
    | PaymentOrdered
    | PaymentLeftOut
    | PaymentUnknown
    | PaymentExecuted
    | PaymentFailed
    | PaymentRenewed
    | PaymentReturned
    | RecoveryChanged
    | AnswerDisagreed
)
