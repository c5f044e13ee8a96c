"""When a fund cannot pay a batch, its approval is void: who approves it again sees why."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.money.batches.batch import PAYMENT_BATCH
from subsidy.money.batches.commands import BatchCommand, VoidApproval
from subsidy.money.funds.events import BatchHeld


def when_fund_holds_a_batch_void_its_approval(fact: Fact[Any]) -> Iterable[Do[BatchCommand]]:
    event = fact.event
    if isinstance(event, BatchHeld):
        yield Do(PAYMENT_BATCH, event.batch, VoidApproval(hash=event.hash, reason=event.reason))
