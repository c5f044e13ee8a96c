"""What can have happened to a payment batch. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from subsidy.money.payments.payee import Payee


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An order in a batch. Part of stored events."""

    payment: str
    claim: str
    kind: str
    region: str
    amount: int
    payee: Payee
    handlers: tuple[str, ...]
    """Who decided what it pays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchProposed:
    type: ClassVar[str] = "payment-batch-proposed"
    batch: str
    """Key of this stream."""
    fund: str
    lines: tuple[Line, ...]
    hash: str
    """What is approved: SHA-256 over the lines."""
    official: str
    organisation: str
    proposed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRemoved:
    """Any approval is void: it was given over other lines."""

    type: ClassVar[str] = "payment-batch-lines-removed"
    batch: str
    payments: tuple[str, ...]
    reason: str
    hash: str
    """Of what is left."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchApproved:
    type: ClassVar[str] = "payment-batch-approved"
    batch: str
    fund: str
    hash: str
    amount: int
    official: str
    organisation: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalVoided:
    """The fund could not pay: it has to be approved again."""

    type: ClassVar[str] = "payment-batch-approval-voided"
    batch: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCancelled:
    """Its orders are free for another batch."""

    type: ClassVar[str] = "payment-batch-cancelled"
    batch: str
    payments: tuple[str, ...]
    reason: str
    official: str
    organisation: str


BatchEvent: TypeAlias = BatchProposed | LinesRemoved | BatchApproved | ApprovalVoided | BatchCancelled
