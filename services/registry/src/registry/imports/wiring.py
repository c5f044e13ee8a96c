"""How imports hang together; the composition root takes them from here."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from contracts.region import lies_in
from eventcore.clock import CLOCK, legal_day
from eventcore.reactions import Do
from eventcore.readers import Alarm, Pages
from eventcore.store import Store
from fastapi import APIRouter

from registry.imports import api, verdicts
from registry.imports.commands import ExpireImport
from registry.imports.importing import Importing
from registry.imports.rights import give_rights
from registry.imports.roster_import import IMPORT
from registry.imports.rows import Rows
from registry.imports.shelf import Shelf
from registry.imports.views.sent import CODEC, SENT, imports_sent
from registry.imports.work import ImportWork
from registry.rosters import Limits
from registry.settings import RegistrySettings
from registry.surveys.api import Counter
from registry.vault import Vault

VIEWS: Final = (SENT,)
ALARMS: Final = (Alarm(IMPORT.category, lambda key, _: Do(IMPORT, key, ExpireImport())),)
CODECS: Final = (CODEC,)


def importing(settings: RegistrySettings, store: Store) -> Importing:
    """As the environment says."""
    return Importing(
        shelf=Shelf(store.pool, vault_of(store)),
        limits=Limits(
            bytes=settings.import_bytes,
            rows=settings.import_rows,
            cells=settings.import_cells,
            ratio=settings.import_ratio,
            inflated=settings.import_inflated,
        ),
        term=timedelta(days=settings.import_term_days),
        province=settings.region,
        oldest=settings.import_oldest,
        secret=settings.secret("fingerprint_key"),
        clock=CLOCK,
    )


def routers(settings: RegistrySettings, store: Store) -> Sequence[APIRouter]:
    """All routes of imports."""
    given = importing(settings, store)
    return (*api.routes(given), verdicts.routes(given), imports_sent)


def works(settings: RegistrySettings, store: Store, counter: Counter, pages: Pages) -> Sequence[ImportWork]:
    """The reader that runs imports."""
    given, vault = importing(settings, store), vault_of(store)
    rows = Rows(store=store, counter=counter, secret=given.secret, is_within=_is_within)
    return (ImportWork(store, vault.keys, given.shelf, rows, pages, given.read),)


async def migrate(settings: RegistrySettings) -> None:
    """Rights on the shelves, whose tables the log's history makes."""
    role = urlsplit(settings.database_url.get_secret_value()).username or ""
    await give_rights(settings.database_owner_url.get_secret_value(), role)


def _is_within(code: str, ancestor: str) -> bool:
    return lies_in(code, ancestor, legal_day())


def vault_of(store: Store) -> Vault:
    """TypeError where the store seals with something else."""
    if not isinstance(store.sealer, Vault):
        raise TypeError("the registry's store has no vault")
    return store.sealer
