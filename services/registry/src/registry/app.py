"""Composition root: the only place where the registry is wired."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from contracts import dialect
from contracts.catalogue import topics_of
from eventcore import migrations
from eventcore.database import Pool, connect
from eventcore.readers import Policy
from eventcore.service import Service
from eventcore.serving import Program
from eventcore.store import Store
from eventcore.web import catalogue_file
from eventcore.web.health import Check
from fastapi import APIRouter

from registry.disclosures import api as disclosures
from registry.disclosures.disclosure import DISCLOSURE
from registry.policies.when_survey_approved_register_worker import when_survey_approved_register_worker
from registry.publishing import publish
from registry.regions import CLOCK, is_within
from registry.settings import RegistrySettings
from registry.surveys import api as surveys
from registry.surveys.survey import SURVEY
from registry.surveys.views.pending import CODEC, PENDING, surveys_waiting
from registry.surveys.views.survey import surveys_read
from registry.vault import FileKeys, NumberIndex, PersonKeys, Vault
from registry.vault.rights import give_rights
from registry.vault.sweep import keep_swept
from registry.workers.worker import WORKER

MIGRATIONS: Final = Path(__file__).resolve().parents[2] / "migrations"

catalogue_file(files("registry") / "problems.csv")

SERVICE: Final = Service(
    name="registry",
    dialect=dialect,
    migrations=MIGRATIONS / "log",
    deciders=(SURVEY, WORKER, DISCLOSURE),
    policies=(Policy("when_survey_approved_register_worker", when_survey_approved_register_worker, own=(CODEC,)),),
    views=(PENDING,),
    publish=publish,
    topics=tuple(f"{topic.service}.{topic.stream_kind}.{topic.series}" for topic in topics_of("registry")),
)


@asynccontextmanager
async def open_store(settings: RegistrySettings, pool: Pool) -> AsyncIterator[Store]:
    """The store with the vault, whose keys of no event are swept meanwhile."""
    CLOCK.offset = await pool.fetchval("select clock_offset from log.head")  # of a test; none elsewhere
    masters = FileKeys(settings.key_versions("master_key"))
    name = f"registry-vault-{settings.region}"
    keys_pool = await connect(settings.keys_database_url.get_secret_value(), size=4, name=name)
    sweeping = asyncio.create_task(keep_swept(keys_pool, pool), name="sweep")
    try:
        yield Store(pool, sealer=Vault(PersonKeys(keys_pool, masters)))
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await keys_pool.close()


def routers(settings: RegistrySettings, store: Store) -> Sequence[APIRouter]:
    """All routes of the registry."""
    counter = surveys.Counter(
        province=settings.region,
        made_up_people=settings.made_up_people,
        index=NumberIndex(settings.index_key()),
        clock=CLOCK,
    )
    if not isinstance(store.sealer, Vault):
        raise TypeError("the registry's store has no vault")
    return surveys.routes(counter), surveys_waiting, surveys_read, disclosures.routes(store.sealer)


def checks(store: Store) -> Mapping[str, Check]:
    """Without the key database no survey can be recorded."""
    return {"keys": store.sealer.keys.answers} if isinstance(store.sealer, Vault) else {}


async def migrate_keys(settings: RegistrySettings) -> None:
    """The key database: its own history, its own rights."""
    owner = settings.keys_database_owner_url.get_secret_value()
    role = urlsplit(settings.keys_database_url.get_secret_value()).username or ""
    await asyncio.to_thread(migrations.upgrade, owner, MIGRATIONS / "keys")
    await give_rights(owner, role)


PROGRAM: Final = Program(
    service=SERVICE,
    description="Who the workers are: surveys, their review, and the vault of personal data. "
    "劳动者登记：摸查、审核与个人信息保险库。",
    settings=RegistrySettings,
    store=open_store,
    routers=routers,
    is_within=is_within,
    checks=checks,
    migrate=migrate_keys,
)
