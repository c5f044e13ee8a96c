"""When a worker has died, home asks the responsibility back, since what others did for them ends; where the guest of
another home has died, that is told there. When the death was recorded wrongly, who was told of it, or told of it, hears
that the worker lives; and who had to give the worker back because of it may be responsible again.

One reader for both: of two, the second could be first, and a death would be told that was already taken back.
"""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship_codes import DECEASED
from eventcore import Do, Fact

from registry.stewardship.commands import BringHome, PassOn, ReportDeath, TakeDeathBack, WithdrawReport
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.workers.events import DeathWithdrawn, WorkerDeceased


def when_a_death_is_recorded_or_withdrawn_the_other_province_is_told(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """At home the ledger knows who said it; of a guest the tenure knows whether it was said."""
    match fact.event:
        case WorkerDeceased(worker=worker, organisation=organisation) as died:
            yield Do(LEDGER, worker, BringHome(worker=worker, ground=DECEASED, organisation=organisation))
            told = ReportDeath(worker=worker, died_on=died.died_on, evidence=died.evidence, organisation=organisation)
            yield Do(TENURE, worker, told)
        case DeathWithdrawn(worker=worker, evidence=evidence, organisation=organisation):
            heard = TakeDeathBack(worker=worker, evidence=evidence, organisation=organisation)
            yield Do(LEDGER, worker, heard)
            yield Do(LEDGER, worker, PassOn(worker=worker, organisation=organisation))
            taken_back = WithdrawReport(worker=worker, evidence=evidence, organisation=organisation)
            yield Do(TENURE, worker, taken_back)
