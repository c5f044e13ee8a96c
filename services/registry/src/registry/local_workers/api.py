"""The route by which a region gets the basic data of workers who are in it now. Each worker that it shows has left a
receipt before."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from contracts.groups import GroupCode
from contracts.region import RegionCode
from contracts.survey import EMPLOYED
from eventcore.database import Pool
from eventcore.ids import new_id
from eventcore.store import Store
from eventcore.web import Body, CommandRequest, Each, example, router
from eventcore.web.commands import Reply
from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from registry.disclosures.disclosure import DISCLOSURE, DiscloseIdentity
from registry.disclosures.purposes import LOCAL_WORKERS
from registry.disclosures.reading import PersonOut, disclose, shown
from registry.disclosures.views.persons import Surveyed, person, surveys_of, working_in
from registry.local_workers.request import LOCAL_REQUEST, AskedWorker, AskForLocalWorkers, LocalWorkersAsked
from registry.local_workers.views.guests import Guest, guest, guests_in
from registry.records.copies import identity
from registry.vault import KeyGone, Vault

MOST = 100


class LocalRequestIn(Body):
    """Which region asks, for workers of which groups; none: of any. 就业地、人员类别。"""

    model_config = example({"region": "520526", "groups": ["MONITORED"]})

    region: Annotated[RegionCode, Field(description="Where they work now: a county, prefecture or province")]
    groups: Annotated[tuple[GroupCode, ...], Field(max_length=50)] = ()
    after: Annotated[str, Field(max_length=100, description="`next` of the answer before")] = ""


class LocalWorker(PersonOut):
    """Basic data of a worker who is here: by the newest survey, or, of a guest, by the job and by the record that home
    sent. 在本地的劳动力基础信息。"""

    worker: str
    survey: str | None
    household_region: str | None
    work_region: str | None
    employment_status: str
    groups: list[str]
    surveyed_on: date | None


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
        """Shows workers whose newest survey that counts says that they work in the region, and workers of other
        provinces who have a job there and for whom this province is responsible, up to 100, by id (R-REG-41, R-ADD-08).

        就业地获取在本地的劳动力基础信息；逐人留痕。
        """
        request.require_region(body.region)
        store = request.web.store
        recorded = await _ask(request, body)
        key = msgspec.json.decode(bytes(recorded.body))["request"]
        asked = await _asked(store, key)
        receipts = await _receipts(request, key, asked.found)
        workers = [each for who, receipt in receipts if (each := await _worker(store, vault, who, receipt))]
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
    command = AskForLocalWorkers(
        region=body.region,
        groups=body.groups,
        found=await _found(request.web.store.pool, body),
        reader=caller.subject,
        organisation=caller.organisation,
        office=caller.office,
    )
    return await request.handle(LOCAL_REQUEST, key, command, reply=lambda _, version: {"request": key})


async def _found(pool: Pool, body: LocalRequestIn) -> tuple[AskedWorker, ...]:
    """The newest survey says more of somebody than the record."""
    place = body.region, body.groups, body.after, MOST
    guests, surveyed = await guests_in(pool, *place), await working_in(pool, *place)
    found = {each.worker: AskedWorker(worker=each.worker, survey=None, record=each.record) for each in guests}
    found |= {each.worker: AskedWorker(worker=each.worker, survey=each.survey) for each in surveyed if each.survey}
    return tuple(found[worker] for worker in sorted(found))[:MOST]


async def _asked(store: Store, key: str) -> LocalWorkersAsked:
    stream = LOCAL_REQUEST.stream(key)
    loaded = await store.loader.load([stream])
    event = store.codec(LOCAL_REQUEST).decode(*loaded.streams[stream][0])
    if not isinstance(event, LocalWorkersAsked):
        raise TypeError(stream)
    return event


async def _receipts(request: CommandRequest, key: str, found: Sequence[AskedWorker]) -> list[tuple[AskedWorker, str]]:
    """Keys of the disclosures that were recorded, and of whom."""
    if not found:
        return []
    each = [
        Each(
            DISCLOSURE,
            f"{key}-{n}",
            _reading(request, key, asked),
            reply=_named(f"{key}-{n}"),
        )
        for n, asked in enumerate(found, 1)
    ]
    answer = await request.handle_each(each)
    results = msgspec.json.decode(bytes(answer.body))["results"]
    recorded = zip(found, results, strict=True)
    return [(who, result["answer"]["disclosure"]) for who, result in recorded if result["status"] in (200, 201)]


def _reading(request: CommandRequest, key: str, asked: AskedWorker) -> DiscloseIdentity:
    surveys = [asked.survey] if asked.survey else []
    return disclose(request, asked.worker, surveys, LOCAL_WORKERS, local_request=key, record=asked.record)


def _named(disclosure: str) -> Reply:
    return lambda _, version: {"disclosure": disclosure}


async def _worker(store: Store, vault: Vault, asked: AskedWorker, disclosure: str) -> dict[str, Any] | None:
    """None where the key was destroyed since."""
    try:
        who = await identity(store, vault, disclosure)
    except KeyGone:
        return None
    facts = await _facts(store.pool, asked)
    return {"disclosure": disclosure, "worker": asked.worker, "survey": asked.survey, **who, **facts} if facts else None


async def _facts(pool: Pool, asked: AskedWorker) -> dict[str, Any] | None:
    if asked.survey is None:
        return _of_guest(await guest(pool, asked.worker))
    row = await person(pool, asked.worker)
    return next((_surveyed(each) for each in surveys_of(row) if each.survey == asked.survey), None) if row else None


def _surveyed(survey: Surveyed) -> dict[str, Any]:
    return {
        "household_region": survey.household_region,
        "work_region": survey.work_region,
        "employment_status": survey.employment_status,
        "groups": list(survey.groups),
        "surveyed_on": survey.surveyed_on.isoformat(),
    }


def _of_guest(row: Guest | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "household_region": row.household_region,
        "work_region": row.county,
        "employment_status": EMPLOYED,
        "groups": row.groups,
        "surveyed_on": None,
    }
