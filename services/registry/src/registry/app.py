"""Composition root: the only place where the registry is wired."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from contracts import dialect, region
from contracts.addressed import addressees
from contracts.catalogue import topics_of
from contracts.subsidy import ClaimAdjustedV1, ClaimDecidedV1
from eventcore import migrations
from eventcore.clock import CLOCK
from eventcore.database import Pool, connect
from eventcore.readers import Policy, Work
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from eventcore.web import catalogue_file
from eventcore.web.health import Check
from fastapi import APIRouter

from registry import abroad, people
from registry.code_lists.api import code_lists
from registry.duplicates import wiring as duplicates
from registry.erasure import wiring as privacy
from registry.identity.api import WAITS
from registry.imports import wiring as imports
from registry.imports.roster_import import IMPORT
from registry.indexes.person_index import PersonIndex
from registry.matching import wiring as matching
from registry.policies.when_a_subsidy_is_approved_keep_the_record import when_a_subsidy_is_approved_keep_the_record
from registry.policies.when_survey_approved_register_worker import when_survey_approved_register_worker
from registry.policies.when_survey_invalidated_withdraw_what_it_said import (
    when_survey_invalidated_withdraw_what_it_said,
)
from registry.publishing import publish
from registry.retention.retention import RETENTION
from registry.search import wiring as search
from registry.settings import RegistrySettings
from registry.surveys import api as surveys
from registry.surveys.survey import SURVEY
from registry.surveys.views.pending import CODEC, PENDING, surveys_waiting
from registry.surveys.views.survey import surveys_read
from registry.upkeep import kept
from registry.vault import FileKeys, NumberIndex, PersonKeys, Vault
from registry.vault.rights import give_rights
from registry.workers.worker import WORKER

MIGRATIONS: Final = Path(__file__).resolve().parents[2] / "migrations"

catalogue_file(files("registry") / "problems.csv")

SERVICE: Final = Service(
    name="registry",
    dialect=dialect,
    migrations=MIGRATIONS / "log",
    deciders=(
        SURVEY,
        WORKER,
        RETENTION,
        *people.DECIDERS,
        *privacy.DECIDERS,
        IMPORT,
        *matching.DECIDERS,
        *abroad.DECIDERS,
    ),
    policies=(
        Policy("when_survey_approved_register_worker", when_survey_approved_register_worker, own=(CODEC,)),
        Policy(
            "when_survey_invalidated_withdraw_what_it_said", when_survey_invalidated_withdraw_what_it_said, own=(CODEC,)
        ),
        *duplicates.POLICIES,
        *people.POLICIES,
        *privacy.POLICIES,
        *matching.POLICIES,
        *abroad.POLICIES,
        Policy(
            "when_a_subsidy_is_approved_keep_the_record",
            when_a_subsidy_is_approved_keep_the_record,
            foreign=(ClaimDecidedV1.type, ClaimAdjustedV1.type),
        ),
    ),
    views=(
        PENDING,
        *duplicates.VIEWS,
        *people.VIEWS,
        *privacy.VIEWS,
        *imports.VIEWS,
        *matching.VIEWS,
        *abroad.VIEWS,
    ),
    alarms=(*people.ALARMS, *imports.ALARMS, *matching.ALARMS),
    publish=publish,
    addressees=addressees,
    crossing=abroad.DECIDERS,
    topics=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("registry")),
    follows=("subsidy.claim.1", *abroad.FOLLOWS),
)


@asynccontextmanager
async def open_store(settings: RegistrySettings, pool: Pool) -> AsyncIterator[Store]:
    """The store with the vault, whose keys are watched and swept meanwhile."""
    masters = FileKeys(settings.key_file("master_key"))
    name = f"registry-vault-{settings.region}"
    keys_pool = await connect(settings.keys_database_url.get_secret_value(), size=4, name=name)
    vault = Vault(PersonKeys(keys_pool, masters))
    store = Store(pool, sealer=vault)
    try:
        async with kept(settings, store, vault):
            yield store
    finally:
        await keys_pool.close()


def counter(settings: RegistrySettings) -> surveys.Counter:
    """Every channel makes its surveys here: the same indexes, the same rules."""
    return surveys.Counter(
        province=settings.region,
        made_up_people=settings.made_up_people,
        index=NumberIndex(settings.index_key()),
        person=PersonIndex(settings.index_key()),
        clock=CLOCK,
    )


def routers(settings: RegistrySettings, store: Store) -> Sequence[APIRouter]:
    """All routes of the registry."""
    if not isinstance(store.sealer, Vault):
        raise TypeError("the registry's store has no vault")
    asking = abroad.asking(settings)
    return (
        surveys.routes(counter(settings), asking, WAITS),
        surveys_waiting,
        surveys_read,
        code_lists,
        *duplicates.routers(settings),
        *search.routers(settings),
        *people.routers(settings),
        *privacy.routers(settings, store.sealer),
        *imports.routers(settings, store),
        *matching.routers(settings, store.sealer, counter(settings)),
        *abroad.routers(CLOCK, asking),
    )


def works(settings: RegistrySettings, store: Store) -> Sequence[Work]:
    """Readers that are neither views nor policies."""
    vault = imports.vault_of(store)
    return (
        *privacy.works(settings, store, vault, SERVICE.pages(store.pool, (privacy.WORKERS,), ())),
        *imports.works(settings, store, counter(settings), SERVICE.pages(store.pool, imports.CODECS, ())),
        *matching.works(store, imports.vault_of(store), SERVICE.pages(store.pool, matching.CODECS, ())),
        *abroad.works(settings, store, vault, SERVICE),
    )


def checks(store: Store) -> Mapping[str, Check]:
    """What the vault needs."""
    return privacy.checks(store.sealer) if isinstance(store.sealer, Vault) else {}


async def migrate_further(settings: RegistrySettings) -> None:
    """The key database: its own history, its own rights; and the shelves of imports."""
    owner = settings.keys_database_owner_url.get_secret_value()
    role = urlsplit(settings.keys_database_url.get_secret_value()).username or ""
    await asyncio.to_thread(migrations.upgrade, owner, MIGRATIONS / "keys")
    await give_rights(owner, role)
    await imports.migrate(settings)


PROGRAM: Final = Program(
    service=SERVICE,
    description="Who the workers are: surveys, their review, and the vault of personal data. "
    "劳动者登记：摸查、审核与个人信息保险库。",
    settings=RegistrySettings,
    store=open_store,
    routers=routers,
    lies_in=region.lies_in,
    checks=checks,
    works=works,
    migrate=migrate_further,
)
