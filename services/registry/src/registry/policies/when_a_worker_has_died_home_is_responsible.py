"""When a worker has died, home asks the responsibility back: what others did for them ends."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship_codes import DECEASED
from eventcore import Do, Fact

from registry.stewardship.commands import BringHome, LedgerCommand
from registry.stewardship.ledger import LEDGER
from registry.workers.events import WorkerDeceased


def when_a_worker_has_died_home_is_responsible(fact: Fact[Any]) -> Iterable[Do[LedgerCommand]]:
    match fact.event:
        case WorkerDeceased(worker=worker, organisation=organisation):
            yield Do(LEDGER, worker, BringHome(worker=worker, ground=DECEASED, organisation=organisation))
