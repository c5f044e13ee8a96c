"""The rules of a bank day: reconciled as often as something has changed; the newest result holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from eventcore import Decider, Seen

from subsidy.money.reconciliation.events import DayReconciled, ReconciliationEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileDay:
    """What both sides say now."""

    result: DayReconciled


BankDay: TypeAlias = DayReconciled | None


def decide(command: ReconcileDay, day: BankDay, _: Seen) -> Sequence[ReconciliationEvent]:
    if day is not None and replace(day, official="") == replace(command.result, official=""):
        return []
    return [command.result]


def evolve(_: BankDay, event: ReconciliationEvent) -> BankDay:
    return event


BANK_DAY: Final[Decider[ReconcileDay, ReconciliationEvent, BankDay]] = Decider(
    category="bank-day",
    initial=None,
    decide=decide,
    evolve=evolve,
    events=ReconciliationEvent,
)
