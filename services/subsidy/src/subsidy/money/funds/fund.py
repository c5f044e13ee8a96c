"""The rules of a fund (R-SUB-01, R-SUB-13): earmarked money. It releases an approved batch only if it is not frozen and
has the cash, so two batches never take the last yuan both. What is unexplained freezes it; each item is explained with
a document, and another person unfreezes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take

from subsidy.money import ledger
from subsidy.money.batches.batch import FROZEN, PAYMENT_BATCH, RELEASED, Proposed
from subsidy.money.batches.refusals import BatchNotApproved
from subsidy.money.funds import refusals
from subsidy.money.funds.commands import (
    AllocateMoney,
    ExplainItem,
    FreeCash,
    FreezeFund,
    FundBatch,
    FundCommand,
    UnfreezeFund,
)
from subsidy.money.funds.events import (
    BatchFunded,
    BatchHeld,
    CashFreed,
    FundAllocated,
    FundEvent,
    FundFrozen,
    FundUnfrozen,
    Item,
    ItemExplained,
)


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    fund: str
    allocated: int = 0
    used: int = 0
    """Released to the bank and not with the fund again."""
    files: tuple[date, int] = (date.min, 0)
    """The newest day with payment files, and how many it has."""
    frozen: bool = False
    open: tuple[Item, ...] = ()
    """Not explained yet."""
    hands: frozenset[str] = field(default=frozenset())
    """Who froze or explained."""


Funds: TypeAlias = Unknown | Fund


def decide(command: FundCommand, fund: Funds, seen: Seen) -> Sequence[FundEvent]:
    match command:
        case AllocateMoney():
            return allocate(command, fund)
        case FundBatch():
            return fund_batch(command, known(fund), seen)
        case FreeCash():
            return [CashFreed(fund=known(fund).fund, amount=command.amount, because=command.because)]
        case FreezeFund():
            return freeze(command, fund)
        case ExplainItem():
            return explain(command, known(fund))
        case UnfreezeFund():
            return unfreeze(command, known(fund))
        case _:
            assert_never(command)


def known(fund: Funds) -> Fund:
    """The fund. Refuses where there is none."""
    if isinstance(fund, Unknown):
        raise refusals.FundUnknown
    return fund


def allocate(command: AllocateMoney, fund: Funds) -> Sequence[FundEvent]:
    before = fund if isinstance(fund, Fund) else Fund(fund=command.fund)
    if command.amount < 0 and before.allocated + command.amount < before.used:
        raise refusals.FundWouldBeShort
    return [
        FundAllocated(
            fund=command.fund,
            amount=command.amount,
            document=command.document,
            official=command.official,
            organisation=command.organisation,
            allocated_on=command.today,
        )
    ]


def fund_batch(command: FundBatch, fund: Fund, seen: Seen) -> Sequence[FundEvent]:
    batch = seen.state(PAYMENT_BATCH, command.batch)
    if seen.holder(RELEASED, command.batch):
        return []
    approved = isinstance(batch, Proposed) and batch.approved_by and batch.hash == command.hash
    if not isinstance(batch, Proposed) or not approved:
        raise BatchNotApproved
    if fund.frozen:
        return [BatchHeld(fund=fund.fund, batch=command.batch, hash=command.hash, reason="FROZEN")]
    if fund.used + batch.amount > fund.allocated:
        return [BatchHeld(fund=fund.fund, batch=command.batch, hash=command.hash, reason="SHORT")]
    return [
        BatchFunded(
            fund=fund.fund,
            batch=command.batch,
            hash=command.hash,
            amount=batch.amount,
            file=_next_file(fund, command.today),
            funded_on=command.today,
        )
    ]


def _next_file(fund: Fund, today: date) -> str:
    """Counts from 001 on each day and leaves no number out."""
    day, n = fund.files
    number = n + 1 if day == today else 1
    return f"PAY-{fund.fund}-{today:%Y%m%d}-{number:03}"


def freeze(command: FreezeFund, fund: Funds) -> Sequence[FundEvent]:
    """What is open already is not opened again."""
    known_items = {each.key for each in fund.open} if isinstance(fund, Fund) else set()
    items = tuple(each for each in command.items if each.key not in known_items)
    if not items:
        return []
    return [
        FundFrozen(
            fund=command.fund,
            cause=command.cause,
            items=items,
            official=command.official,
            frozen_on=command.today,
        )
    ]


def explain(command: ExplainItem, fund: Fund) -> Sequence[FundEvent]:
    item = next((each for each in fund.open if each.key == command.key), None)
    if item is None:
        raise refusals.NothingToExplain
    return [
        ItemExplained(
            fund=fund.fund,
            key=item.key,
            cause=item.cause,
            amount=item.amount,
            document=command.document,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def unfreeze(command: UnfreezeFund, fund: Fund) -> Sequence[FundEvent]:
    if not fund.frozen:
        raise refusals.FundNotFrozen
    if fund.open:
        raise refusals.ItemsOpen
    if command.official in fund.hands:
        raise refusals.OwnExplanation
    return [FundUnfrozen(fund=fund.fund, official=command.official, organisation=command.organisation)]


def evolve(fund: Funds, event: FundEvent) -> Funds:
    found = fund if isinstance(fund, Fund) else Fund(fund=event.fund)
    match event:
        case FundAllocated():
            return replace(found, allocated=found.allocated + event.amount)
        case BatchFunded():
            n = int(event.file.rpartition("-")[2])
            return replace(found, used=found.used + event.amount, files=(event.funded_on, n))
        case CashFreed():
            return replace(found, used=found.used - event.amount)
        case FundFrozen():
            return replace(found, frozen=True, open=(*found.open, *event.items), hands=found.hands | {event.official})
        case ItemExplained():
            left = tuple(each for each in found.open if each.key != event.key)
            return replace(found, open=left, hands=found.hands | {event.official})
        case FundUnfrozen():
            return replace(found, frozen=False, hands=frozenset())
        case BatchHeld():
            return found
        case _:
            assert_never(event)


def reads(command: FundCommand) -> Iterable[Read]:
    if isinstance(command, FundBatch):
        yield Read(PAYMENT_BATCH, command.batch)
        yield Read(guard=(RELEASED, command.batch))


def effects(_: Funds, event: FundEvent) -> Iterable[Effect]:
    match event:
        case FundAllocated():
            yield from ledger.allocated(event.fund, event.amount)
        case BatchFunded():
            yield Take(RELEASED, event.batch, holder=event.file)
        case FundFrozen():
            yield Take(FROZEN, event.fund, holder=event.fund)
            for item in event.items:
                if item.cause == "UNEXPLAINED":
                    yield from ledger.unexplained(event.fund, item.amount)
        case ItemExplained(cause="UNEXPLAINED"):
            yield from ledger.explained(event.fund, event.amount)
        case FundUnfrozen():
            yield Release(FROZEN, event.fund)
        case _:
            pass


FUND: Final[Decider[FundCommand, FundEvent, Funds]] = Decider(
    category="fund",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=FundEvent,
    reads=reads,
    effects=effects,
)
