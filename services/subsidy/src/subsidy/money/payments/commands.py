"""What can be asked of the payments of a claim."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from subsidy.money.payments.payee import Payee

Status: TypeAlias = Literal["S", "F", "P", "R"]
"""Executed, not executed for good, not known yet, came back: as the bank writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleClaim:
    """So much is owed in all, by this decision."""

    claim: str
    kind: str
    region: str
    fund: str
    payee: Payee
    owed: int
    decision: str
    handler: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPayment:
    """The order goes to the bank in this file, if it is still the one that is due."""

    payment: str
    batch: str
    file: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """There is nobody to pay: the order does not go into the file."""

    payment: str
    file: str
    reason: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAnswer:
    """What the bank says of an order."""

    payment: str
    amount: int
    status: Status
    reason: str
    reference: str
    file: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewPayment:
    ground: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRecovery:
    """Who owed it paid it back in another way than by the bank that pays."""

    amount: int
    document: str
    received_on: date
    official: str
    today: date


PaymentCommand: TypeAlias = SettleClaim | OrderPayment | LeaveOut | TakeAnswer | RenewPayment | RecordRecovery
