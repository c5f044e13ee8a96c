"""The parts of the vault's own work, for the composition root."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from eventcore.codec import Codec
from eventcore.decider import Decider
from eventcore.readers import Pages, Policy, Work
from eventcore.store import Store
from eventcore.web.health import Check
from fastapi import APIRouter

from registry.disclosures import api as identities
from registry.disclosures import number_checks, payees, survey_form
from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.views.persons import PERSONS
from registry.disclosures.views.readings import READINGS
from registry.erasure import api as erasures
from registry.erasure.destroying import DestroyWork
from registry.erasure.standing import MISSING, OLDER
from registry.indexes.rotation import ROTATION
from registry.local_workers import api as local_workers
from registry.local_workers.request import LOCAL_REQUEST
from registry.local_workers.views.guests import GUESTS
from registry.numbers import api as rotations
from registry.own_file import api as own_files
from registry.pace import Pace
from registry.policies.when_use_of_data_changes_so_it_does_for_linked_workers import (
    when_use_of_data_changes_so_it_does_for_linked_workers,
)
from registry.settings import RegistrySettings
from registry.upkeep import leading
from registry.vault import NumberIndex, Vault
from registry.workers.worker import WORKER

WORKERS: Final = Codec(WORKER.events)
DECIDERS: Final[tuple[Decider[Any, Any, Any], ...]] = (DISCLOSURE, LOCAL_REQUEST, ROTATION)
VIEWS: Final = (PERSONS, READINGS, GUESTS)
POLICIES: Final = (
    Policy(
        "when_use_of_data_changes_so_it_does_for_linked_workers",
        when_use_of_data_changes_so_it_does_for_linked_workers,
        own=(WORKERS,),
    ),
)


def routers(settings: RegistrySettings, vault: Vault) -> Sequence[APIRouter]:
    """Routes that show, restrict and erase."""
    return (
        identities.routes(vault),
        own_files.routes(vault),
        local_workers.routes(vault),
        payees.routes(vault),
        survey_form.routes(vault),
        number_checks.routes(vault, Pace(settings.number_checks_a_minute)),
        erasures.routes(vault),
        rotations.routes(vault, NumberIndex(settings.index_key())),
    )


def works(settings: RegistrySettings, store: Store, vault: Vault, pages: Pages) -> Sequence[Work]:
    """The reader that destroys keys; its process looks after them."""
    beside = partial(leading, store, vault, NumberIndex(settings.index_key()))
    return (DestroyWork(store.pool, vault.keys, pages, beside),)


def checks(vault: Vault) -> Mapping[str, Check]:
    """Without the key database nothing personal can be recorded, and one that does not fit the log is not used: what
    fails says which."""

    async def not_older() -> bool:
        return vault.keys.closed != OLDER

    async def whole() -> bool:
        return vault.keys.closed != MISSING

    return {"keys": vault.keys.answers, "keys_not_older_than_log": not_older, "keys_whole": whole}
