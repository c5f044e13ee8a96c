"""Entries of a person's own file: the events about them, in words and in plain text."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import msgspec
from eventcore.decider import Decider
from eventcore.facts import Meta
from eventcore.readers import queries
from eventcore.store import Store
from pydantic import BaseModel

from registry.bank_accounts.bank_account import BANK_ACCOUNT
from registry.bank_accounts.events import BankAccountRecorded
from registry.disclosures.reveal import Revealed, Shown
from registry.households.household import HOUSEHOLD
from registry.own_file.part import OwnPart
from registry.records.record import RECORD
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import SURVEY
from registry.trainee_lists.trainee_list import TRAINEE_LIST
from registry.trainee_lists.views.membership import lists_with
from registry.workers.events import HouseholdJoined
from registry.workers.worker import WORKER

TECHNICAL: Final = frozenset(
    {"number_index", "signs", "numbers", "number-reindexed", "record-key-heard", "record-due", "key", "record"}
)
"""Keyed indexes, keys, sealed texts: they say nothing to a reader."""
_EVENTS: Final = """
select position, stream_id, version, type, schema_version, data, metadata, occurred_at, recorded_at from log.events
where stream_id = any($1::text[]) order by position limit 2000
"""


class Entry(BaseModel):
    """One thing that was recorded. 一条记录。"""

    what: str
    zh: str
    en: str
    at: datetime
    recorded_at: datetime
    by: str
    organisation: str
    data: dict[str, Any]


def _titles() -> Mapping[str, tuple[str, str]]:
    text = files("registry.own_file").joinpath("titles.csv").read_text("utf-8")
    return MappingProxyType({row["type"]: (row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())})


TITLES: Final = _titles()


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it was stored, and as it is read."""

    event: Any
    record: Any
    meta: Meta


async def recorded(store: Store, revealed: Mapping[str, Revealed]) -> Sequence[Recorded]:
    """The events of all streams that are about these workers, in the order of the log: worker -> what was opened."""
    surveys = [key for each in revealed.values() for key in each.surveys]
    workers = await read(store, WORKER, revealed)
    households = {each.event.household for each in workers if isinstance(each.event, HouseholdJoined)}
    found = [
        *workers,
        *await read(store, SURVEY, surveys),
        *await read(store, BANK_ACCOUNT, revealed),
        *await read(store, RECORD, revealed),
        *await read(store, HOUSEHOLD, households),
        *await read(store, TRAINEE_LIST, await lists_with(store.pool, revealed)),
    ]
    return sorted(found, key=lambda each: each.record["position"])


async def read(store: Store, decider: Decider[Any, Any, Any], keys: Iterable[str]) -> list[Recorded]:
    """The events of these streams, the first 2,000. Unavailable."""
    codec = store.codec(decider)
    with queries.reading():
        records = await store.pool.fetch(_EVENTS, [decider.stream(key) for key in keys])
    return [
        Recorded(
            codec.decode(record["type"], record["schema_version"], record["data"]),
            record,
            msgspec.json.decode(record["metadata"], type=Meta),
        )
        for record in records
    ]


def entries(store: Store, found: Sequence[Recorded], revealed: Mapping[str, Revealed]) -> Sequence[Entry]:
    """In words; without what is about others, and without keyed indexes."""
    personal = _personal(store)
    own = OwnPart(revealed.keys())
    return [
        _entry(each, event, personal, revealed)
        for each in found
        if each.record["type"] not in TECHNICAL and (event := own.of(each.event)) is not None
    ]


def _personal(store: Store) -> Mapping[type, tuple[str, ...]]:
    return {
        kind: each.personal for decider in (SURVEY, BANK_ACCOUNT) for kind, each in store.codec(decider).kinds.items()
    }


def _entry(
    found: Recorded, event: Any, personal: Mapping[type, tuple[str, ...]], revealed: Mapping[str, Revealed]
) -> Entry:
    kind, record = found.record["type"], found.record
    zh, en = TITLES[kind]
    data: dict[str, Any] = {
        name: value for name, value in msgspec.to_builtins(event).items() if name not in TECHNICAL and value is not None
    }
    if fields := personal.get(type(event)):
        plain = _plain(event, record["version"], revealed[event.worker])
        data |= {name: plain.get(name) for name in fields if name in data}
    return Entry(
        what=kind,
        zh=zh,
        en=en,
        at=record["occurred_at"],
        recorded_at=record["recorded_at"],
        by=found.meta.actor,
        organisation=found.meta.organisation,
        data=data,
    )


def _plain(event: object, version: int, revealed: Revealed) -> Shown:
    """What the disclosure opened of an event; nothing of what was recorded after it."""
    match event:
        case SurveyRecorded():
            return revealed.surveys[event.survey]
        case BankAccountRecorded():
            return revealed.accounts.get(version, {})
        case _:
            raise TypeError(type(event).__name__)
