"""When home's own tenure of a worker ends, the registry stops acting for them; it acts again when home holds it."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.stewardship.events import TenureEnding, TenureHeld
from registry.workers.acting import ResumeActing, YieldActing
from registry.workers.commands import WorkerCommand
from registry.workers.worker import WORKER


def when_a_tenure_ends_the_registry_stops_acting(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    """A worker of another home is in no survey here: there is nothing to stop."""
    match fact.event:
        case TenureEnding(own=True, worker=worker) as ending:
            yield Do(WORKER, worker, YieldActing(worker=worker, epoch=ending.epoch, steward=ending.successor))
        case TenureHeld(worker=worker, home=home, region=region, epoch=epoch) if region == home:
            yield Do(WORKER, worker, ResumeActing(worker=worker, epoch=epoch))
