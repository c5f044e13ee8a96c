"""When something of a bank day is unexplained, its fund is frozen until it is explained."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from eventcore import Do, Fact

from subsidy.legal_days import day_of
from subsidy.money.funds.commands import FreezeFund, FundCommand
from subsidy.money.funds.events import Item
from subsidy.money.funds.fund import FUND
from subsidy.money.reconciliation.events import DayReconciled, Finding


def when_bank_day_reconciled_freeze_its_funds(fact: Fact[Any]) -> Iterable[Do[FundCommand]]:
    event = fact.event
    if not isinstance(event, DayReconciled):
        return
    findings = sorted(event.findings, key=lambda each: (each.fund, each.reference))
    for fund, of_fund in groupby(findings, key=lambda each: each.fund):
        items = tuple(map(_item, of_fund))
        freeze = FreezeFund(fund=fund, cause=fact.id, items=items, official="", today=day_of(fact))
        yield Do(FUND, fund, freeze)


def _item(finding: Finding) -> Item:
    return Item(key=finding.reference, cause=finding.cause, amount=finding.amount, payment=finding.payment)
