"""The only way to personal data in plain text: by a recorded disclosure, and no more than it says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from eventcore import Decider
from eventcore.store import Store

from registry.bank_accounts.bank_account import BANK_ACCOUNT
from registry.bank_accounts.events import BankAccountRecorded
from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.events import PersonalDataDisclosed
from registry.disclosures.purposes import ACCOUNT_FIELDS, FIELDS
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import RECORDED_AT, SURVEY
from registry.vault import KeyGone, Vault, masks

Shown = Mapping[str, str | None]

MASKS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "name": masks.name,
        "number": masks.number,
        "phone": masks.phone,
        "employer": masks.name,
        "contact": masks.phone,
        "former_number": masks.number,
        "account": masks.account,
        "bank": masks.name,
        "holder_name": masks.name,
    }
)


class NothingDisclosed(Exception):
    """There is no such disclosure: nothing is opened."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a disclosure says may be seen: field -> plain or masked text, None where nothing was said; by survey, and by
    the version of the bank account."""

    disclosed: PersonalDataDisclosed
    surveys: Mapping[str, Shown]
    accounts: Mapping[int, Shown]


async def reveal(store: Store, vault: Vault, disclosure: str) -> Revealed:
    """NothingDisclosed, vault.KeyGone, vault.Unopenable, Unavailable."""
    revealed = (await reveal_all(store, vault, [disclosure]))[disclosure]
    if revealed is None:
        raise KeyGone(disclosure)
    return revealed


async def reveal_all(store: Store, vault: Vault, disclosures: Sequence[str]) -> Mapping[str, Revealed | None]:
    """Many at once, in as many steps as one; None where the person's key is gone. NothingDisclosed, vault.Unopenable,
    Unavailable."""
    recorded = await store.loader.load([DISCLOSURE.stream(each) for each in disclosures])
    found = {each: _disclosed(store, recorded.streams, each) for each in disclosures}
    source = _Source(store, vault, (await store.loader.load(_streams(found.values()))).streams)
    await vault.keys.gather({each.worker for each in found.values()})
    return {disclosure: await source.revealed(disclosed) for disclosure, disclosed in found.items()}


def _streams(disclosed: Any) -> set[str]:
    surveys = {SURVEY.stream(key) for each in disclosed for key in each.surveys}
    return surveys | {BANK_ACCOUNT.stream(each.worker) for each in disclosed if each.accounts}


def _disclosed(store: Store, streams: Mapping[str, Sequence[Any]], disclosure: str) -> PersonalDataDisclosed:
    event = _event(store, streams, DISCLOSURE, disclosure, 1)
    if not isinstance(event, PersonalDataDisclosed):
        raise NothingDisclosed
    return event


def _event(
    store: Store, streams: Mapping[str, Sequence[Any]], decider: Decider[Any, Any, Any], key: str, version: int
) -> object:
    stored = streams.get(decider.stream(key), ())
    return store.codec(decider).decode(*stored[version - 1]) if len(stored) >= version else None


@dataclass(frozen=True, slots=True)
class _Source:
    """Loaded streams and what opens them."""

    store: Store
    vault: Vault
    streams: Mapping[str, Sequence[Any]]

    async def revealed(self, disclosed: PersonalDataDisclosed) -> Revealed | None:
        try:
            return Revealed(
                disclosed,
                {key: await self._survey(disclosed, key) for key in disclosed.surveys},
                {version: await self._account(disclosed, version) for version in disclosed.accounts},
            )
        except KeyGone:
            return None

    async def _survey(self, disclosed: PersonalDataDisclosed, key: str) -> Shown:
        event = _event(self.store, self.streams, SURVEY, key, RECORDED_AT)
        if not isinstance(event, SurveyRecorded) or event.worker != disclosed.worker:
            raise NothingDisclosed
        return await opened(self.vault, disclosed, f"{SURVEY.stream(key)}/{RECORDED_AT}", event, FIELDS)

    async def _account(self, disclosed: PersonalDataDisclosed, version: int) -> Shown:
        event = _event(self.store, self.streams, BANK_ACCOUNT, disclosed.worker, version)
        if not isinstance(event, BankAccountRecorded) or event.worker != disclosed.worker:
            raise NothingDisclosed
        place = f"{BANK_ACCOUNT.stream(event.worker)}/{version}"
        return await opened(self.vault, disclosed, place, event, ACCOUNT_FIELDS)


async def opened(
    vault: Vault, disclosed: PersonalDataDisclosed, event_id: str, event: object, fields: Sequence[str]
) -> Shown:
    """Those personal fields of an event that the disclosure allows. KeyGone, Unopenable, Unavailable."""
    shown: dict[str, str | None] = {}
    for field in (*disclosed.in_full, *disclosed.masked):
        if field not in fields:
            continue
        sealed: str | None = getattr(event, field)
        if sealed is None:
            shown[field] = None
            continue
        plain = await vault.open(disclosed.worker, f"{event_id}/{field}", sealed)
        shown[field] = plain if field in disclosed.in_full else MASKS[field](plain)
    return shown
