"""What can have happened to a fund. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that has to be explained. Part of stored events."""

    key: str
    """The bank's reference, or what else names it."""
    cause: Literal["UNEXPLAINED", "MISSING", "BY_HAND"]
    """The bank moved money that we do not know; we know a movement that no statement has; somebody froze it."""
    amount: int
    payment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAllocated:
    type: ClassVar[str] = "fund-allocated"
    fund: str
    """Key of this stream."""
    amount: int
    """Below zero: the fund was reduced."""
    document: str
    official: str
    organisation: str
    allocated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFunded:
    """The batch is released; its orders go to the bank in this file."""

    type: ClassVar[str] = "fund-batch-funded"
    fund: str
    batch: str
    hash: str
    amount: int
    file: str
    funded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchHeld:
    """The batch cannot be paid now."""

    type: ClassVar[str] = "fund-batch-held"
    fund: str
    batch: str
    hash: str
    reason: Literal["FROZEN", "SHORT"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFreed:
    """So much of what was released is with the fund again."""

    type: ClassVar[str] = "fund-cash-freed"
    fund: str
    amount: int
    because: str
    """Id of the fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFrozen:
    type: ClassVar[str] = "fund-frozen"
    fund: str
    cause: str
    """Id of the fact, or what somebody wrote."""
    items: tuple[Item, ...]
    official: str
    """Empty where a reconciliation did it."""
    frozen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemExplained:
    type: ClassVar[str] = "fund-item-explained"
    fund: str
    key: str
    cause: Literal["UNEXPLAINED", "MISSING", "BY_HAND"]
    amount: int
    document: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundUnfrozen:
    type: ClassVar[str] = "fund-unfrozen"
    fund: str
    official: str
    organisation: str


FundEvent: TypeAlias = FundAllocated | BatchFunded | BatchHeld | CashFreed | FundFrozen | ItemExplained | FundUnfrozen
