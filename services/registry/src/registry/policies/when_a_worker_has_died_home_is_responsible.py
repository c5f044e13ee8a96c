"""When a worker has died, home asks the responsibility back: what others did for them ends. Where the guest of another
home has died, that is told there."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship_codes import DECEASED
from eventcore import Do, Fact

from registry.stewardship.commands import BringHome, ReportDeath
from registry.stewardship.ledger import LEDGER
from registry.stewardship.tenure import TENURE
from registry.workers.events import WorkerDeceased


def when_a_worker_has_died_home_is_responsible(fact: Fact[Any]) -> Iterable[Do[Any]]:
    match fact.event:
        case WorkerDeceased(worker=worker, organisation=organisation) as died:
            yield Do(LEDGER, worker, BringHome(worker=worker, ground=DECEASED, organisation=organisation))
            told = ReportDeath(worker=worker, died_on=died.died_on, evidence=died.evidence, organisation=organisation)
            yield Do(TENURE, worker, told)
