"""The person's own file: everything that is recorded about them here, also under ids that were found to be them, and
who looked at it."""

from collections.abc import Mapping, Sequence

from eventcore.facts import category_of
from eventcore.store import Store
from eventcore.web import CommandRequest, Problem, router
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from registry.disclosures.purposes import FIELDS, OWN_FILE
from registry.disclosures.reading import WorkerId, caught_up, disclose, record_all, shown
from registry.disclosures.reveal import Revealed, reveal_all
from registry.disclosures.views.persons import PERSONS, Person, person, surveys_of
from registry.disclosures.views.readings import READINGS, Reading, readings_of
from registry.imports.events import ImportDisclosed
from registry.imports.roster_import import IMPORT
from registry.own_file.entries import Entry, Recorded, entries, read, recorded
from registry.own_file.systems import SystemConflict, SystemRow, conflicts_of, rows_of
from registry.surveys.events import SurveyRecorded
from registry.trainee_lists.views.membership import ON_LISTS
from registry.vault import Vault
from registry.workers.lookup import look_up
from registry.workers.state import Registered, Worker
from registry.workers.worker import WORKER


class FileOut(BaseModel):
    """All that is recorded about a person, what other systems say of them, and every reading, this one too. 本人档案：
    登记记录、各信息系统中的记录与差异、查阅记录。"""

    disclosure: str
    worker: str
    entries: list[Entry]
    system_rows: list[SystemRow]
    system_conflicts: list[SystemConflict]
    readings: list[Reading]


def routes(vault: Vault) -> APIRouter:
    """The route, with the vault that opens."""
    found = router()

    @found.post("/v1/workers/{worker}/file", status_code=201, tags=["workers"], response_model=FileOut)
    async def show_own_file(worker: WorkerId, request: CommandRequest) -> Response:
        """Shows a person's own file to them: what is recorded about them, also as a member of a household, on lists and
        under ids that were found to be them; what other systems say; and who read it when, for what, which fields.

        本人查阅档案：所有记录（含家庭、名单及已合并的编号）、各信息系统中的记录，以及何人、何时、为何目的查阅了哪些信息。
        """
        key, store = str(worker), request.web.store
        if request.caller.subject != key:
            raise Problem("file_not_yours")
        people = await _people(store, key)
        commands = [disclose(request, each.worker, _surveys(each), OWN_FILE) for each in people]
        disclosures, answer = await record_all(request, commands)
        revealed = (await reveal_all(store, vault, disclosures)).values()
        opened = {each.disclosed.worker: each for each in revealed if each}
        if key not in opened:
            raise Problem("personal_data_gone")
        for view in (READINGS, ON_LISTS):
            await caught_up(store, view.reader)
        body = {"disclosure": disclosures[0], "worker": key, **await _file(store, vault, people, opened)}
        return shown(answer, body, 201)

    return found


def _surveys(person: Person) -> list[str]:
    return [each.survey for each in surveys_of(person)]


async def _people(store: Store, key: str) -> Sequence[Person]:
    """The person, and whoever was found to be them. Problem where nobody is known or they were erased."""
    await caught_up(store, PERSONS.reader)
    state, _ = await store.state(WORKER, key)
    keys = (key, *await _linked(store, state))
    rows = [row for each in keys if (row := await person(store.pool, each)) and not row.erased]
    if state.privacy.erased:
        raise Problem("personal_data_gone")
    if not rows or rows[0].worker != key:
        raise Problem("not_found")
    return rows


async def _linked(store: Store, state: Worker) -> Sequence[str]:
    """Those whose own streams say so too: the policy that tells them may be a moment behind."""
    if not isinstance(state, Registered):
        return ()
    found = await look_up(store, [each.worker for each in state.linked])
    return [key for key, each in found.items() if isinstance(each, Registered) and each.canonical == state.worker]


async def _file(
    store: Store, vault: Vault, people: Sequence[Person], opened: Mapping[str, Revealed]
) -> Mapping[str, list[object]]:
    found = await recorded(store, opened)
    numbers = {number for each in people for number in each.numbers}
    readings = [*await _imports_read(store, found)]
    for each in people:
        readings += await readings_of(store.pool, each.worker)
    readings.sort(key=lambda reading: reading.at, reverse=True)
    parts: Mapping[str, Sequence[BaseModel]] = {
        "entries": entries(store, found, opened),
        "system_rows": await rows_of(store, vault, numbers),
        "system_conflicts": await conflicts_of(store.pool, opened.keys()),
        "readings": readings,
    }
    return {name: [item.model_dump(mode="json") for item in part] for name, part in parts.items()}


async def _imports_read(store: Store, found: Sequence[Recorded]) -> Sequence[Reading]:
    """Who read the workbook of an import that brought a survey of the person: their rows, in full."""
    surveys = [each for each in found if isinstance(each.event, SurveyRecorded)]
    brought = {each.meta.causation.rpartition("/")[0]: each.event.worker for each in surveys}
    imports = {stream: worker for stream, worker in brought.items() if category_of(stream, [IMPORT.category])}
    return [
        Reading(
            disclosure=f"{each.record['stream_id']}/{each.record['version']}",
            worker=imports[each.record["stream_id"]],
            at=each.record["occurred_at"],
            purpose=each.event.purpose,
            reader=each.event.reader,
            organisation=each.event.organisation,
            office="clerk",
            in_full=list(FIELDS),
            masked=[],
            reference=each.record["stream_id"],
        )
        for each in await read(store, IMPORT, [stream.removeprefix(f"{IMPORT.category}-") for stream in imports])
        if isinstance(each.event, ImportDisclosed)
    ]
