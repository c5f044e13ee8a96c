"""When a death was recorded wrongly, the province that was told of it, or that told of it, hears that the worker lives;
and who had to give the worker back because of it may be responsible again."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.stewardship.commands import PassOn, TakeDeathBack, WithdrawReport
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.workers.events import DeathWithdrawn


def when_a_death_was_recorded_wrongly_the_other_province_is_told(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """At home the ledger knows who said it; of a guest the tenure knows whether it was said."""
    match fact.event:
        case DeathWithdrawn(worker=worker, evidence=evidence, organisation=organisation):
            heard = TakeDeathBack(worker=worker, evidence=evidence, organisation=organisation)
            yield Do(LEDGER, worker, heard)
            yield Do(LEDGER, worker, PassOn(worker=worker, organisation=organisation))
            told = WithdrawReport(worker=worker, evidence=evidence, organisation=organisation)
            yield Do(TENURE, worker, told)
