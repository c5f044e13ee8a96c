"""The rules of a payment batch (R-SUB-24): orders of one fund, approved by another person than who proposed it, changed
it, or decided any of the claims, and over a hash of exactly these lines. An edit voids the approval.

The fund releases what is approved (`funds/fund.py`) and takes a guard on the batch: from then on nothing changes it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take

from subsidy.money.batches import refusals
from subsidy.money.batches.commands import (
    ApproveBatch,
    BatchCommand,
    CancelBatch,
    ProposeBatch,
    RemoveLines,
    VoidApproval,
)
from subsidy.money.batches.events import (
    ApprovalVoided,
    BatchApproved,
    BatchCancelled,
    BatchEvent,
    BatchProposed,
    Line,
    LinesRemoved,
)

MOST: Final = 500
IN_BATCH: Final = "payment-in-batch"
"""Guard of an order; its holder is the batch."""
RELEASED: Final = "released-batch"
"""Guard of a batch, taken by the fund; its holder is the payment file."""
FROZEN: Final = "frozen-fund"
"""Guard of a fund, as long as it is frozen."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    batch: str
    fund: str
    lines: tuple[Line, ...]
    hash: str
    authors: frozenset[str]
    """Who proposed or changed it."""
    approved_by: str = ""
    """Over `hash`."""

    @property
    def amount(self) -> int:
        return sum(each.amount for each in self.lines)


@dataclass(frozen=True, slots=True)
class Cancelled:
    pass


Batch: TypeAlias = Unknown | Proposed | Cancelled


def hash_of(fund: str, lines: Iterable[Line]) -> str:
    """SHA-256 in hex over the fund and the lines, whatever their order: who is paid how much for which claim."""
    rows = sorted("|".join((x.payment, x.claim, str(x.amount), x.payee.kind, x.payee.id)) for x in lines)
    return hashlib.sha256("\n".join((fund, *rows)).encode()).hexdigest()


def decide(command: BatchCommand, batch: Batch, seen: Seen) -> Sequence[BatchEvent]:
    match command:
        case ProposeBatch():
            return propose(command, batch, seen)
        case RemoveLines():
            return remove(command, open_batch(batch, seen, command.batch))
        case ApproveBatch():
            return approve(command, open_batch(batch, seen, command.batch), seen)
        case VoidApproval():
            return void(command, batch)
        case CancelBatch():
            return cancel(command, batch, seen)
        case _:
            assert_never(command)


def open_batch(batch: Batch, seen: Seen, key: str) -> Proposed:
    """The batch. Refuses where it is none, or over."""
    match batch:
        case Unknown():
            raise refusals.BatchUnknown
        case Cancelled():
            raise refusals.BatchIsCancelled
        case Proposed():
            if seen.holder(RELEASED, key):
                raise refusals.BatchReleased
            return batch
        case _:
            assert_never(batch)


def propose(command: ProposeBatch, batch: Batch, seen: Seen) -> Sequence[BatchEvent]:
    if not isinstance(batch, Unknown):
        raise refusals.BatchAlreadyProposed
    if not 0 < len(command.lines) <= MOST:
        raise refusals.NothingDue
    _require_not_frozen(seen, command.fund)
    if any(seen.holder(IN_BATCH, line.payment) for line in command.lines):
        raise refusals.OrderInAnotherBatch
    return [
        BatchProposed(
            batch=command.batch,
            fund=command.fund,
            lines=command.lines,
            hash=hash_of(command.fund, command.lines),
            official=command.official,
            organisation=command.organisation,
            proposed_on=command.today,
        )
    ]


def _require_not_frozen(seen: Seen, fund: str) -> None:
    if seen.holder(FROZEN, fund):
        raise refusals.FundIsFrozen


def remove(command: RemoveLines, batch: Proposed) -> Sequence[BatchEvent]:
    """What is not in it need not be removed. To remove everything is to cancel it."""
    gone = [line.payment for line in batch.lines if line.payment in command.payments]
    left = [line for line in batch.lines if line.payment not in command.payments]
    if not gone:
        return []
    if not left:
        raise refusals.NothingDue
    return [
        LinesRemoved(
            batch=batch.batch,
            payments=tuple(gone),
            reason=command.reason,
            hash=hash_of(batch.fund, left),
            official=command.official,
            organisation=command.organisation,
        )
    ]


def approve(command: ApproveBatch, batch: Proposed, seen: Seen) -> Sequence[BatchEvent]:
    """Once approved it needs no second approval."""
    if command.hash != batch.hash:
        raise refusals.HashDiffers
    if command.official in batch.authors:
        raise refusals.OwnBatch
    if any(command.official in line.handlers for line in batch.lines):
        raise refusals.OwnDecision
    if batch.approved_by:
        return []
    _require_not_frozen(seen, batch.fund)
    return [
        BatchApproved(
            batch=batch.batch,
            fund=batch.fund,
            hash=batch.hash,
            amount=batch.amount,
            official=command.official,
            organisation=command.organisation,
            approved_on=command.today,
        )
    ]


def void(command: VoidApproval, batch: Batch) -> Sequence[BatchEvent]:
    """Nothing where it has been edited since: that has voided the approval already."""
    if not isinstance(batch, Proposed) or not batch.approved_by or batch.hash != command.hash:
        return []
    return [ApprovalVoided(batch=batch.batch, reason=command.reason)]


def cancel(command: CancelBatch, batch: Batch, seen: Seen) -> Sequence[BatchEvent]:
    if isinstance(batch, Cancelled):
        return []
    found = open_batch(batch, seen, command.batch)
    return [
        BatchCancelled(
            batch=found.batch,
            payments=tuple(line.payment for line in found.lines),
            reason=command.reason,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def evolve(batch: Batch, event: BatchEvent) -> Batch:
    if isinstance(event, BatchProposed):
        return Proposed(
            batch=event.batch,
            fund=event.fund,
            lines=event.lines,
            hash=event.hash,
            authors=frozenset({event.official}),
        )
    if not isinstance(batch, Proposed):
        raise TypeError(f"{event.type} of a batch that is not open")
    match event:
        case LinesRemoved():
            left = tuple(line for line in batch.lines if line.payment not in event.payments)
            return replace(batch, lines=left, hash=event.hash, authors=batch.authors | {event.official}, approved_by="")
        case BatchApproved():
            return replace(batch, approved_by=event.official)
        case ApprovalVoided():
            return replace(batch, approved_by="")
        case BatchCancelled():
            return Cancelled()
        case _:
            assert_never(event)


def reads(command: BatchCommand) -> Iterable[Read]:
    match command:
        case ProposeBatch():
            yield Read(guard=(FROZEN, command.fund))
            for line in command.lines:
                yield Read(guard=(IN_BATCH, line.payment))
        case ApproveBatch():
            yield Read(guard=(FROZEN, command.fund))
            yield Read(guard=(RELEASED, command.batch))
        case RemoveLines() | CancelBatch():
            yield Read(guard=(RELEASED, command.batch))
        case VoidApproval():
            pass
        case _:
            assert_never(command)


def effects(_: Batch, event: BatchEvent) -> Iterable[Effect]:
    match event:
        case BatchProposed():
            for line in event.lines:
                yield Take(IN_BATCH, line.payment, holder=event.batch)
        case LinesRemoved() | BatchCancelled():
            for payment in event.payments:
                yield Release(IN_BATCH, payment)
        case _:
            pass


PAYMENT_BATCH: Final[Decider[BatchCommand, BatchEvent, Batch]] = Decider(
    category="payment-batch",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=BatchEvent,
    reads=reads,
    effects=effects,
)
