"""When this province's tenure of a worker ends, the registry stops acting for them; it acts when the tenure is held."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.stewardship.tenure_events import TenureEnding, TenureHeld
from registry.workers.acting import ResumeActing, YieldActing
from registry.workers.commands import WorkerCommand
from registry.workers.worker import WORKER


def when_a_tenure_ends_the_registry_stops_acting(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case TenureEnding(worker=worker) as ending:
            yield Do(WORKER, worker, YieldActing(worker=worker, epoch=ending.epoch, steward=ending.successor))
        case TenureHeld(worker=worker, home=home, region=region, epoch=epoch):
            guest_of = None if region == home else home
            yield Do(WORKER, worker, ResumeActing(worker=worker, epoch=epoch, guest_of=guest_of))
