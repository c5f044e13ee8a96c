"""The person's own file: everything that is recorded about them here, and who looked at it."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import msgspec
from eventcore.codec import Codec
from eventcore.facts import Meta
from eventcore.readers import queries
from eventcore.store import Store
from eventcore.web import CommandRequest, Problem, router
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from registry.disclosures.purposes import OWN_FILE
from registry.disclosures.reading import WorkerId, caught_up, disclose, opened, record, shown, worker_now
from registry.disclosures.reveal import Revealed
from registry.disclosures.views.persons import PERSONS, person, surveys_of
from registry.disclosures.views.readings import READINGS, Reading, readings_of
from registry.surveys.survey import SURVEY
from registry.vault import Vault
from registry.workers.worker import WORKER

TECHNICAL: Final = frozenset({"number_index", "signs", "numbers", "number-reindexed"})
"""Keyed indexes: they say nothing to a reader."""
_EVENTS: Final = """
select stream_id, type, schema_version, data, metadata, occurred_at, recorded_at from log.events
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


class FileOut(BaseModel):
    """All that is recorded about a person, and every reading of it, this one too. 本人档案及查阅记录。"""

    disclosure: str
    worker: str
    entries: list[Entry]
    readings: list[Reading]


def _titles() -> Mapping[str, tuple[str, str]]:
    text = files("registry.disclosures").joinpath("titles.csv").read_text("utf-8")
    return MappingProxyType({row["type"]: (row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())})


TITLES: Final = _titles()


def routes(vault: Vault) -> APIRouter:
    """The route, with the vault that opens."""
    found = router()

    @found.post("/v1/workers/{worker}/file", status_code=201, tags=["workers"], response_model=FileOut)
    async def show_own_file(worker: WorkerId, request: CommandRequest) -> Response:
        """Shows a person's own file to them: what is recorded about them, and who read it when, for what, which fields.

        本人查阅档案：所有记录，以及何人、何时、为何目的查阅了哪些信息。
        """
        key, store = str(worker), request.web.store
        if request.caller.subject != key:
            raise Problem("file_not_yours")
        await caught_up(store, PERSONS.reader)
        row = await person(store.pool, key)
        if row is None or (await worker_now(store, key)).privacy.erased:
            raise Problem("not_found" if row is None else "personal_data_gone")
        surveys = [each.survey for each in surveys_of(row)]
        disclosure, recorded = await record(request, disclose(request, key, surveys, OWN_FILE))
        revealed = await opened(store, vault, disclosure)
        await caught_up(store, READINGS.reader)
        body = {
            "disclosure": disclosure,
            "worker": key,
            "entries": [entry.model_dump(mode="json") for entry in await entries(store, key, revealed)],
            "readings": [each.model_dump(mode="json") for each in await readings_of(store.pool, key)],
        }
        return shown(recorded, body)

    return found


async def entries(store: Store, worker: str, revealed: Revealed) -> Sequence[Entry]:
    """The events of the person's streams in the order of the log, their sealed fields as they were opened."""
    codecs = {SURVEY.stream(key): store.codec(SURVEY) for key in revealed.surveys}
    codecs[WORKER.stream(worker)] = store.codec(WORKER)
    with queries.reading():
        records = await store.pool.fetch(_EVENTS, list(codecs))
    return [
        _entry(record, codecs[record["stream_id"]], revealed) for record in records if record["type"] not in TECHNICAL
    ]


def _entry(record: Any, codec: Codec, revealed: Revealed) -> Entry:
    event = codec.decode(record["type"], record["schema_version"], record["data"])
    meta = msgspec.json.decode(record["metadata"], type=Meta)
    zh, en = TITLES.get(record["type"], (record["type"], record["type"]))
    data: dict[str, Any] = {
        name: value for name, value in msgspec.to_builtins(event).items() if name not in TECHNICAL and value is not None
    }
    if codec.kinds[type(event)].personal:
        plain = revealed.surveys[record["stream_id"].removeprefix(f"{SURVEY.category}-")]
        data |= {name: plain.get(name) for name in codec.kinds[type(event)].personal if name in data}
    return Entry(
        what=record["type"],
        zh=zh,
        en=en,
        at=record["occurred_at"],
        recorded_at=record["recorded_at"],
        by=meta.actor,
        organisation=meta.organisation,
        data=data,
    )
