"""When a worker has died, their household goes on without them."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.households.commands import HouseholdCommand, RemoveDeceased
from registry.households.household import HOUSEHOLD
from registry.workers.events import WorkerDeceased


def when_worker_deceased_leave_the_household(fact: Fact[Any]) -> Iterable[Do[HouseholdCommand]]:
    match fact.event:
        case WorkerDeceased(household=str(household), worker=worker, died_on=died_on) as died:
            command = RemoveDeceased(
                worker=worker, died_on=died_on, official=died.official, organisation=died.organisation
            )
            yield Do(HOUSEHOLD, household, command)
