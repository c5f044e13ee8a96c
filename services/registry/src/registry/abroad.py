"""What the registry has to do with other provinces: its parts of the service, for `app.py`."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from eventcore import Decider
from eventcore.clock import Clock
from eventcore.codec import Codec
from eventcore.readers import Pages, Work
from eventcore.service import Service
from eventcore.store import Store
from fastapi import APIRouter

from registry.border import border_of
from registry.identity import wiring as identity
from registry.identity.api import Asking
from registry.records import wiring as records
from registry.settings import RegistrySettings
from registry.stewardship import wiring as stewardship
from registry.vault import NumberIndex, Vault

DECIDERS: Final[tuple[Decider[Any, Any, Any], ...]] = (
    *stewardship.DECIDERS,
    *identity.DECIDERS,
    *records.DECIDERS,
)
POLICIES: Final = (*stewardship.POLICIES, *identity.POLICIES, *records.POLICIES)
VIEWS: Final = stewardship.VIEWS
FOLLOWS: Final = (*stewardship.FOLLOWS, *records.FOLLOWS)


def asking(settings: RegistrySettings) -> Asking:
    """Who asks other provinces who somebody is."""
    return Asking(border_of(settings), NumberIndex(settings.index_key()))


def routers(clock: Clock, who: Asking) -> Sequence[APIRouter]:
    """Routes about who is responsible, and who is who."""
    return (*stewardship.routers(clock, who.border.revoked), *identity.routers(who))


def works(settings: RegistrySettings, store: Store, vault: Vault, service: Service) -> Sequence[Work]:
    """Readers that need keys."""
    pages = partial(_pages, service, store)
    return (
        *identity.works(settings, store, border_of(settings), pages((), identity.FOREIGN)),
        *records.works(store, vault, pages),
        *stewardship.works(store, pages),
    )


def _pages(service: Service, store: Store, own: Sequence[Codec], foreign: Sequence[str]) -> Pages:
    return service.pages(store.pool, own, foreign)
