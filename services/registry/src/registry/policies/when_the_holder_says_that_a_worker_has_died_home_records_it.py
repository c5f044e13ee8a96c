"""When the province that is responsible says that a worker has died, home records the death."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipDeathReportedV1
from eventcore import Do, Fact
from eventcore.clock import LEGAL

from registry.stewardship.commands import NoteDeath
from registry.stewardship.events import StewardDeathNoted
from registry.stewardship.ledger import LEDGER
from registry.telling import teller
from registry.workers.commands import RecordDeath
from registry.workers.worker import WORKER


def when_the_holder_says_that_a_worker_has_died_home_records_it(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """The ledger knows who may say so."""
    match fact.event:
        case StewardshipDeathReportedV1(worker=worker) as told if region := teller(fact, "registry"):
            noted = NoteDeath(
                worker=worker,
                epoch=told.epoch,
                region=region,
                died_on=told.died_on,
                evidence=told.evidence,
                organisation=told.organisation,
            )
            yield Do(LEDGER, worker, noted)
        case StewardDeathNoted(worker=worker) as said:
            died = RecordDeath(
                died_on=said.died_on,
                evidence=said.evidence,
                official=said.region,
                organisation=said.organisation,
                today=fact.recorded_at.astimezone(LEGAL).date(),
            )
            yield Do(WORKER, worker, died)
