"""What can be asked of a payment batch."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from subsidy.money.batches.events import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeBatch:
    batch: str
    fund: str
    lines: tuple[Line, ...]
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLines:
    batch: str
    payments: frozenset[str]
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveBatch:
    batch: str
    fund: str
    """As the route found it: the rules look whether it is frozen."""
    hash: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidApproval:
    hash: str
    """The approval that was given over it."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBatch:
    batch: str
    reason: str
    official: str
    organisation: str


BatchCommand: TypeAlias = ProposeBatch | RemoveLines | ApproveBatch | VoidApproval | CancelBatch
