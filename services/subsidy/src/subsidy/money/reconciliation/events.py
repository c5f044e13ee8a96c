"""What can have happened to a bank day. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class FundSum:
    """What the statements of the day say of a fund. Part of stored events."""

    fund: str
    lines: int
    paid: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A movement that only one side knows. Part of stored events."""

    fund: str
    reference: str
    cause: Literal["UNEXPLAINED", "MISSING"]
    amount: int
    """Below zero: money that came back."""
    payment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReconciled:
    type: ClassVar[str] = "bank-day-reconciled"
    day: date
    """Key of this stream, as yyyymmdd."""
    funds: tuple[FundSum, ...]
    findings: tuple[Finding, ...]
    awaited: int
    """Movements of the day that no statement has yet, where the day is not over."""
    over: bool
    """Whether the day was over: what is not stated by then is missing."""
    official: str
    """Empty where the clock did it."""


ReconciliationEvent: TypeAlias = DayReconciled
