"""When a service that acts for a worker has stopped and says so, the tenure notes it; the last one's word releases."""

from collections.abc import Iterable
from typing import Any

from contracts.stewardship import StewardshipYieldedV1
from eventcore import Do, Fact

from registry.stewardship.commands import NoteYield, TenureCommand
from registry.stewardship.tenure import PLACEMENT, REGISTRY, TENURE
from registry.telling import teller
from registry.workers.acting_events import ActingYielded


def when_a_service_has_stopped_acting_note_its_yield(fact: Fact[Any]) -> Iterable[Do[TenureCommand]]:
    """Placement's word comes from the own province only: nobody sends it to another."""
    match fact.event:
        case ActingYielded(worker=worker, epoch=epoch):
            organisation = fact.meta.organisation or REGISTRY
            yield Do(TENURE, worker, _noted(worker, epoch, REGISTRY, organisation))
        case StewardshipYieldedV1(worker=worker, epoch=epoch) if teller(fact, PLACEMENT):
            yield Do(TENURE, worker, _noted(worker, epoch, PLACEMENT, PLACEMENT))


def _noted(worker: str, epoch: int, service: str, organisation: str) -> NoteYield:
    return NoteYield(worker=worker, epoch=epoch, service=service, organisation=organisation)
