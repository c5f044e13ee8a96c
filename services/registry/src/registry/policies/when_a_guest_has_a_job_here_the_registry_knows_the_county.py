"""When a worker of another home has a job here, the registry knows them, and which county is to look after them: nobody
has to be surveyed first."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.stewardship.tenure_events import JobHeard
from registry.workers.acting import PlaceGuest
from registry.workers.commands import WorkerCommand
from registry.workers.worker import WORKER


def when_a_guest_has_a_job_here_the_registry_knows_the_county(fact: Fact[Any]) -> Iterable[Do[WorkerCommand]]:
    match fact.event:
        case JobHeard(worker=worker, home=str(home), household_region=str(household), county=str(county)):
            yield Do(WORKER, worker, PlaceGuest(worker=worker, home=home, household_region=household, county=county))
