"""When a batch was approved, its fund releases it, if it is not frozen and has the cash."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.legal_days import day_of
from subsidy.money.batches.events import BatchApproved
from subsidy.money.funds.commands import FundBatch, FundCommand
from subsidy.money.funds.fund import FUND


def when_batch_approved_release_it(fact: Fact[Any]) -> Iterable[Do[FundCommand]]:
    event = fact.event
    if isinstance(event, BatchApproved):
        yield Do(FUND, event.fund, FundBatch(batch=event.batch, hash=event.hash, today=day_of(fact)))
