"""What can be asked of a fund."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from subsidy.money.funds.events import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateMoney:
    fund: str
    amount: int
    """Below zero: less than before."""
    document: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FundBatch:
    """Release this batch, as it was approved."""

    batch: str
    hash: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeCash:
    amount: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeFund:
    fund: str
    cause: str
    items: tuple[Item, ...]
    official: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainItem:
    key: str
    document: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfreezeFund:
    official: str
    organisation: str


FundCommand: TypeAlias = AllocateMoney | FundBatch | FreeCash | FreezeFund | ExplainItem | UnfreezeFund
