"""The route by which a region gets the basic data of workers who are in it now. Each worker that it shows has left a
receipt before."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from contracts.groups import GroupCode
from contracts.region import RegionCode
from eventcore.ids import new_id
from eventcore.store import Store
from eventcore.web import Body, CommandRequest, Each, router
from eventcore.web.commands import Reply
from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE
from registry.disclosures.local_request import LOCAL_REQUEST, AskedWorker, AskForLocalWorkers, LocalWorkersAsked
from registry.disclosures.purposes import LOCAL_WORKERS
from registry.disclosures.reading import IdentityOut, disclose, shown
from registry.disclosures.reveal import reveal
from registry.disclosures.views.persons import Surveyed, person, surveys_of, working_in
from registry.vault import KeyGone, Vault

MOST = 100


class LocalRequestIn(Body):
    """Which region asks, for workers of which groups; none: of any. 就业地、人员类别。"""

    region: Annotated[RegionCode, Field(description="Where they work now: a county, prefecture or province")]
    groups: Annotated[tuple[GroupCode, ...], Field(max_length=50)] = ()
    after: Annotated[str, Field(max_length=100, description="`next` of the answer before")] = ""


class LocalWorker(IdentityOut):
    """Basic data of a worker who is here. 在本地的劳动力基础信息。"""

    worker: str
    household_region: str
    work_region: str | None
    employment_status: str
    groups: list[str]
    surveyed_on: date


class LocalWorkers(BaseModel):
    """Workers who may be shown, and how many may not: their data were erased, or are only kept. 可查阅与不可查阅者。"""

    request: str
    workers: list[LocalWorker]
    withheld: int
    next: str | None


def routes(vault: Vault) -> APIRouter:
    """The route, with the vault that opens."""
    found = router()

    @found.post("/v1/local-worker-requests", status_code=201, tags=["workers"], response_model=LocalWorkers)
    async def ask_for_local_workers(body: LocalRequestIn, request: CommandRequest) -> Response:
        """Shows workers whose newest survey that counts says that they work in the region, up to 100, by id (R-REG-41).

        就业地获取在本地的劳动力基础信息；逐人留痕。
        """
        request.require_region(body.region)
        store = request.web.store
        recorded = await _ask(request, body)
        key = msgspec.json.decode(bytes(recorded.body))["request"]
        asked = await _asked(store, key)
        disclosures = await _receipts(request, key, asked.found)
        workers = [each for disclosure in disclosures if (each := await _worker(store, vault, disclosure))]
        answer = {
            "request": key,
            "workers": workers,
            "withheld": len(asked.found) - len(workers),
            "next": asked.found[-1].worker if len(asked.found) == MOST else None,
        }
        return shown(recorded, answer)

    return found


async def _ask(request: CommandRequest, body: LocalRequestIn) -> Response:
    """A retry answers with the request that was recorded the first time, and whom it found then."""
    caller, key = request.caller, new_id()
    people = await working_in(request.web.store.pool, body.region, body.groups, body.after, MOST)
    command = AskForLocalWorkers(
        region=body.region,
        groups=body.groups,
        found=tuple(AskedWorker(worker=each.worker, survey=each.survey) for each in people if each.survey),
        reader=caller.subject,
        organisation=caller.organisation,
        office=caller.office,
    )
    return await request.handle(LOCAL_REQUEST, key, command, reply=lambda _, version: {"request": key})


async def _asked(store: Store, key: str) -> LocalWorkersAsked:
    stream = LOCAL_REQUEST.stream(key)
    loaded = await store.loader.load([stream])
    event = store.codec(LOCAL_REQUEST).decode(*loaded.streams[stream][0])
    if not isinstance(event, LocalWorkersAsked):
        raise TypeError(stream)
    return event


async def _receipts(request: CommandRequest, key: str, found: Sequence[AskedWorker]) -> list[str]:
    """Keys of the disclosures that were recorded."""
    if not found:
        return []
    each = [
        Each(
            DISCLOSURE,
            f"{key}-{n}",
            disclose(request, asked.worker, [asked.survey], LOCAL_WORKERS, local_request=key),
            reply=_named(f"{key}-{n}"),
        )
        for n, asked in enumerate(found, 1)
    ]
    answer = await request.handle_each(each)
    results = msgspec.json.decode(bytes(answer.body))["results"]
    return [result["answer"]["disclosure"] for result in results if result["status"] in (200, 201)]


def _named(disclosure: str) -> Reply:
    return lambda _, version: {"disclosure": disclosure}


async def _worker(store: Store, vault: Vault, disclosure: str) -> dict[str, Any] | None:
    """None where the key was destroyed since."""
    try:
        revealed = await reveal(store, vault, disclosure)
    except KeyGone:
        return None
    (survey, fields), worker = next(iter(revealed.surveys.items())), revealed.disclosed.worker
    row = await person(store.pool, worker)
    facts = next((each for each in surveys_of(row) if each.survey == survey), None) if row else None
    return {"disclosure": disclosure, "survey": survey, "worker": worker, **fields, **_facts(facts)} if facts else None


def _facts(survey: Surveyed) -> dict[str, Any]:
    return {
        "household_region": survey.household_region,
        "work_region": survey.work_region,
        "employment_status": survey.employment_status,
        "groups": list(survey.groups),
        "surveyed_on": survey.surveyed_on.isoformat(),
    }
