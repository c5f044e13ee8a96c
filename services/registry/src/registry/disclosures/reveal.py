"""The only way to personal data in plain text: by a recorded disclosure, and no more than it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from eventcore.store import Store

from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.events import PersonalDataDisclosed
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import RECORDED_AT, SURVEY
from registry.vault import Vault, masks

Shown = Mapping[str, str | None]

MASKS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "name": masks.name,
        "number": masks.number,
        "phone": masks.phone,
        "employer": masks.name,
        "contact": masks.phone,
        "former_number": masks.number,
    }
)


class NothingDisclosed(Exception):
    """There is no such disclosure: nothing is opened."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a disclosure says may be seen: survey -> field -> plain or masked text, None where the survey has none."""

    disclosed: PersonalDataDisclosed
    surveys: Mapping[str, Shown]


async def reveal(store: Store, vault: Vault, disclosure: str) -> Revealed:
    """NothingDisclosed, vault.KeyGone, vault.Unopenable, Unavailable."""
    disclosed = await _first(store, DISCLOSURE.stream(disclosure), store.codec(DISCLOSURE))
    if not isinstance(disclosed, PersonalDataDisclosed):
        raise NothingDisclosed
    return Revealed(disclosed, {key: await _opened(store, vault, disclosed, key) for key in disclosed.surveys})


async def _opened(store: Store, vault: Vault, disclosed: PersonalDataDisclosed, survey: str) -> Shown:
    stream = SURVEY.stream(survey)
    recorded = await _first(store, stream, store.codec(SURVEY))
    if not isinstance(recorded, SurveyRecorded) or recorded.worker != disclosed.worker:
        raise NothingDisclosed
    shown: dict[str, str | None] = {}
    for field in (*disclosed.in_full, *disclosed.masked):
        sealed: str | None = getattr(recorded, field)
        if sealed is None:
            shown[field] = None
            continue
        plain = await vault.open(recorded.worker, f"{stream}/{RECORDED_AT}/{field}", sealed)
        shown[field] = plain if field in disclosed.in_full else MASKS[field](plain)
    return shown


async def _first(store: Store, stream: str, codec: Any) -> object:
    loaded = await store.loader.load([stream])
    for type_name, schema_version, data in loaded.streams.get(stream, ()):
        return codec.decode(type_name, schema_version, data)
    return None
