"""Workers, their bank accounts, households and trainee lists: their parts of the service, for `app.py`."""

from collections.abc import Sequence
from typing import Any, Final

from eventcore import Decider
from eventcore.clock import CLOCK
from eventcore.codec import Codec
from eventcore.readers import Alarm, Policy, View
from fastapi import APIRouter

from registry.bank_accounts.api import bank_accounts
from registry.bank_accounts.bank_account import BANK_ACCOUNT
from registry.households import api as households
from registry.households.events import HouseholdEvent
from registry.households.household import HOUSEHOLD
from registry.key_counties_api import key_counties_listed
from registry.policies.when_household_changed_tell_its_workers import when_household_changed_tell_its_workers
from registry.policies.when_worker_deceased_leave_the_household import when_worker_deceased_leave_the_household
from registry.settings import RegistrySettings
from registry.trainee_lists import api as trainee_lists
from registry.trainee_lists.trainee_list import TRAINEE_LIST
from registry.trainee_lists.views.lists import LISTS
from registry.trainee_lists.views.membership import ON_LISTS
from registry.workers import api as workers
from registry.workers import batches_api as batches
from registry.workers.alarms import ring
from registry.workers.views import worker
from registry.workers.views.lists import workers_listed
from registry.workers.views.workers import CODEC, WORKERS
from registry.workers.worker import WORKER

DECIDERS: Final[tuple[Decider[Any, Any, Any], ...]] = (HOUSEHOLD, TRAINEE_LIST, BANK_ACCOUNT)

POLICIES: Final = (
    Policy(
        "when_household_changed_tell_its_workers",
        when_household_changed_tell_its_workers,
        own=(Codec(HouseholdEvent),),
    ),
    Policy("when_worker_deceased_leave_the_household", when_worker_deceased_leave_the_household, own=(CODEC,)),
)

VIEWS: Final[tuple[View[Any], ...]] = (WORKERS, LISTS, ON_LISTS)

ALARMS: Final = (Alarm(WORKER.category, ring),)


def routers(settings: RegistrySettings) -> Sequence[APIRouter]:
    """Routes that need nothing but the settings and the clock."""
    return (
        workers.routes(CLOCK),
        batches.routes(CLOCK),
        bank_accounts,
        worker.routes(worker.Shown(clock=CLOCK, stale_days=settings.status_stale_days)),
        workers_listed,
        households.routes(households.Routes(province=settings.region, clock=CLOCK)),
        trainee_lists.routes(trainee_lists.Routes(clock=CLOCK, receipt_days=settings.trainee_list_days)),
        key_counties_listed,
    )
