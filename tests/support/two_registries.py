"""Two provinces' registries in one test: each with its own log and keys, and letters that are carried by hand."""

from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import httpx
import msgspec
from contracts.addressed import addressees
from contracts.public_event import PublicEvent
from draining import drain, read
from eventcore.database import Pool
from eventcore.exchange.sealing import new_key
from eventcore.inbox import Inbox
from eventcore.readers import View, Work
from eventcore.readers.policy import PolicyWork
from eventcore.readers.view import ViewWork
from eventcore.serving import application
from eventcore.store import Store
from eventcore.web import Health
from published import Published
from registry import abroad
from registry.app import PROGRAM, SERVICE
from registry.disclosures.views.persons import PERSONS
from registry.disclosures.views.readings import READINGS
from registry.duplicates.views.signs import SIGNS
from registry.local_workers.views.guests import GUESTS
from registry.settings import RegistrySettings
from registry.stewardship.views.waits import WAITS
from registry.surveys.views.pending import PENDING
from registry.trainee_lists.views.membership import ON_LISTS
from registry.vault import FileKeys, PersonKeys, Vault
from registry.workers.views.workers import WORKERS

HOME: Final = "520000"
HOST: Final = "440000"
THIRD: Final = "510000"
VIEWS: Final[Sequence[View[Any]]] = (PERSONS, SIGNS, READINGS, GUESTS, ON_LISTS, PENDING, WAITS, WORKERS)
AT: Final = datetime(2026, 3, 5, tzinfo=UTC)


@dataclass
class Registry:
    """One province's registry: `run` lets its readers come to rest, `letters` are what it has to say to others."""

    settings: RegistrySettings
    store: Store
    vault: Vault
    client: httpx.AsyncClient
    told: int = 0
    _offset: int = 0

    @property
    def region(self) -> str:
        return self.settings.region

    @property
    def pool(self) -> Pool:
        return self.store.pool

    async def run(self) -> None:
        """All readers, until none of them has anything to do."""
        await drain(self.pool, *self._works)

    @cached_property
    def _works(self) -> Sequence[Work]:
        return (
            *abroad.works(self.settings, self.store, self.vault, SERVICE),
            *(PolicyWork(self.store, each, SERVICE.pages_of(self.pool, each)) for each in SERVICE.policies),
            *(ViewWork(self.pool, each, SERVICE.pages_of(self.pool, each)) for each in VIEWS),
        )

    async def hear(self, event: PublicEvent, stream: str, *, version: int = 1, by: str | None = None) -> None:
        """A public event comes in: from another province's registry, or, without `by`, from an own service."""
        self._offset += 1
        said = Published(event=event, stream=stream, version=version, at=AT)
        message = said.message(self._offset, by or self.region)
        await Inbox(self.pool, self.store.appended).receive([message])

    async def letters(self) -> list["Letter"]:
        """What was published to other provinces since it was last asked."""
        pages = SERVICE.pages(self.pool, SERVICE.all_codecs(), ())
        found: list[Letter] = []
        while facts := read(await pages.after(self.told)):
            for fact in facts:
                self.told = fact.position
                event = SERVICE.publish(fact)
                if event is not None:
                    found += [Letter(self.region, to, event, fact) for to in addressees(event)]
        return found

    async def said(self, kind: type[Any]) -> list[Any]:
        """All public events of a type."""
        pages = SERVICE.pages(self.pool, SERVICE.all_codecs(), ())
        events = [SERVICE.publish(fact) for fact in read(await pages.after(0))]
        return [event for event in events if isinstance(event, kind)]


@dataclass(frozen=True)
class Letter:
    """A public event on its way to another province."""

    sender: str
    to: str
    event: PublicEvent
    fact: Any


async def deliver(letters: Sequence[Letter], registries: dict[str, Registry]) -> None:
    """Into the inbox of whom they are addressed to; those to nobody here are lost."""
    for letter in letters:
        if letter.to in registries:
            await registries[letter.to].hear(
                letter.event, letter.fact.stream, version=letter.fact.version, by=letter.sender
            )


async def correspond(*registries: Registry) -> list[Letter]:
    """Runs all of them and carries their letters until nobody has anything to say; returns the letters."""
    by_region = {each.region: each for each in registries}
    carried: list[Letter] = []
    while True:
        for each in registries:
            await each.run()
        letters = [letter for each in registries for letter in await each.letters()]
        if not letters:
            return carried
        carried += letters
        await deliver(letters, by_region)


def make_directory(file: Path, secrets: dict[str, Path], revoked: frozenset[str] = frozenset()) -> None:
    """Sealing keys of these provinces: the private halves in their secrets, the public ones in the directory. A revoked
    province has one signing key, and nobody believes it."""
    listing: dict[str, Any] = {}
    for region, folder in secrets.items():
        private, public = new_key()
        (folder / "exchange_sealing").write_text(private.hex() + "\n")
        signing = {"public": b64encode(new_key()[1]).decode(), "valid_from": "2020-01-01T00:00:00Z"}
        if region in revoked:
            signing["revoked_at"] = "2026-01-01T00:00:00Z"
        sealing = {"public": b64encode(public).decode(), "valid_from": "2020-01-01T00:00:00Z"}
        listing[region] = {"signing": [signing], "sealing": [sealing]}
    file.write_bytes(msgspec.json.encode({"provinces": listing}))


@asynccontextmanager
async def opened(settings: RegistrySettings, pool: Pool, keys_pool: Pool, master: str) -> AsyncIterator[Registry]:
    """A registry on these databases."""
    vault = Vault(PersonKeys(keys_pool, FileKeys([bytes.fromhex(master)])))
    store = Store(pool, sealer=vault)
    app = await application(PROGRAM, settings, store, Health())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registry") as client:
        yield Registry(settings, store, vault, client)
