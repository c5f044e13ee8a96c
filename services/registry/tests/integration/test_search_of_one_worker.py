"""A search finds exactly one worker, or says that it does not; and whoever is found can read who looked for them."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from eventcore.database import Pool
from made_up_numbers import number
from registry.settings import RegistrySettings

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
CatchUp = Callable[[], Awaitable[None]]

BORN = "19890307"
ONE, TWO, THREE = (number(BORN, n) for n in (2, 4, 6))
BY_NUMBER = {"by": "number", "number": ONE}
BY_OLD = {"by": "old_number", "old_number": ONE[:6] + ONE[8:17]}
BY_NAME = {"by": "name_and_birth_date", "name": "王 秀英", "birth_date": "1989-03-07"}
BY_PHONE = {"by": "phone", "phone": "+86 138-0000-1234".replace(" ", "")}
Search = Callable[..., Awaitable[httpx.Response]]
Registered = Callable[..., Awaitable[str]]


@pytest.fixture
def search(client: httpx.AsyncClient, headers: Headers) -> Search:
    async def of(known: dict[str, str], *, purpose: str = "REGISTRY_ENTRY", **who: Any) -> httpx.Response:
        caller = headers(**{"subject": "sun", "office": "registrar"} | who)
        return await client.post("/v1/worker-searches", json={"known": known, "purpose": purpose}, headers=caller)

    return of


@pytest.fixture
def registered(client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> Registered:
    async def of(number: str, **changes: Any) -> str:
        body = survey(number=number, **changes)
        made = (await client.post("/v1/surveys", json=body, headers=headers("li", region="520000"))).json()
        approval = f"/v1/surveys/{made['survey']}/approval"
        approved = await client.post(approval, headers=headers("chen", region="520000"))
        assert approved.status_code == 201, approved.text
        await catch_up()
        return str(made["worker"])

    return of


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json().get("code"))


async def test_one_worker_is_found_by_what_is_known_of_them(registered: Registered, search: Search) -> None:
    worker = await registered(ONE)
    await registered(number("19910101", 2), name="王秀兰", phone="13900001234")
    for known in (BY_NUMBER, BY_OLD, BY_NAME, BY_PHONE):
        found = await search(known)
        assert (found.status_code, found.json().get("worker")) == (200, worker), known
        assert set(found.json()) == {"worker", "disclosure", "version"}


async def test_more_than_one_is_a_number_and_never_a_list(registered: Registered, search: Search) -> None:
    workers = [await registered(each) for each in (ONE, TWO, THREE)]
    for known in (BY_NAME, BY_PHONE):
        many = await search(known)
        assert (*refusal(many), many.json().get("count")) == (409, "not_exactly_one", 3)
        assert many.headers["content-type"] == "application/problem+json"
        assert not any(worker in many.text for worker in workers)


async def test_nobody_is_not_everybody(registered: Registered, search: Search) -> None:
    await registered(ONE)
    for known in (
        {"by": "number", "number": TWO},
        {"by": "old_number", "old_number": TWO[:6] + TWO[8:17]},
        {**BY_NAME, "name": "王秀"},
        {**BY_NAME, "birth_date": "1989-03-08"},
        {"by": "phone", "phone": "13900000000"},
    ):
        assert refusal(await search(known)) == (404, "worker_not_found")


async def test_a_search_that_is_not_as_it_should_be_finds_nobody(registered: Registered, search: Search) -> None:
    await registered(ONE)
    for known in (
        {},
        {"by": "number"},
        {"by": "everything"},
        {"by": "number", "number": ONE, "name": "王秀英"},
        {"by": "number", "number": ONE[:17] + "Y"},
        {"by": "old_number", "old_number": ONE},
        {"by": "name_and_birth_date", "name": "王秀英"},
        {"by": "phone", "phone": "%"},
    ):
        answer = await search(known)
        assert refusal(answer) == (422, "request_invalid"), known
        assert ONE not in answer.text


async def test_parameters_in_the_address_are_refused(client: httpx.AsyncClient, headers: Headers) -> None:
    answer = await client.post(
        "/v1/worker-searches?limit=100",
        json={"known": BY_NAME, "purpose": "REGISTRY_ENTRY"},
        headers=headers("sun", office="registrar"),
    )
    assert refusal(answer) == (400, "parameter_unknown")


async def test_a_find_is_recorded_and_nothing_else(registered: Registered, search: Search, pool: Pool) -> None:
    worker = await registered(ONE)
    await registered(TWO, phone="13900001234")
    for known in (BY_NAME, {**BY_NAME, "name": "王"}):
        await search(known)
    found = (await search(BY_NUMBER)).json()
    kept = "select data from log.readable where type = 'personal-data-disclosed'"
    records = [json.loads(row["data"]) for row in await pool.fetch(kept)]
    recorded: dict[str, Any] = {
        "worker": worker,
        "surveys": [],
        "purpose": "REGISTRY_ENTRY",
        "reader": "sun",
        "organisation": "520526-hrss",
        "office": "registrar",
        "in_full": [],
        "masked": [],
        "request": None,
        "accounts": [],
        "reference": None,
        "record": None,
    }
    assert records == [recorded]
    assert found["worker"] == worker
    answers = [bytes(row["answer"]).decode() for row in await pool.fetch("select answer from log.commands")]
    assert not any(each in answer for answer in answers for each in (ONE, "王", "1380000"))


async def test_a_retry_gets_the_same_answer_and_leaves_one_record(
    registered: Registered, client: httpx.AsyncClient, headers: Headers, pool: Pool
) -> None:
    await registered(ONE)
    same = headers("sun", office="registrar", key="k1")
    body = {"known": BY_NUMBER, "purpose": "REGISTRY_ENTRY"}
    first, again = [await client.post("/v1/worker-searches", json=body, headers=same) for _ in range(2)]
    assert (first.status_code, first.content) == (again.status_code, again.content)
    count = "select count(*) from log.events where type = 'personal-data-disclosed'"
    assert await pool.fetchval(count) == 1


async def test_an_office_searches_in_its_region_and_for_its_purposes(registered: Registered, search: Search) -> None:
    await registered(ONE)
    assert refusal(await search(BY_NUMBER, region="520524")) == (404, "worker_not_found")
    assert (await search(BY_NUMBER, region="520500")).status_code == 200
    assert refusal(await search(BY_NUMBER, purpose="SURVEY_REVIEW")) == (403, "purpose_not_yours")
    assert refusal(await search(BY_NUMBER, office="surveyor")) == (403, "office_not_allowed")


async def test_a_linked_worker_is_found_as_the_one_that_stands_for_it(
    registered: Registered, search: Search, client: httpx.AsyncClient, headers: Headers, catch_up: CatchUp
) -> None:
    other, worker = await registered(ONE), await registered(TWO)
    decision = {"other": other, "verdict": "SAME", "reason": "PERSON_ASKED"}
    url, registrar = f"/v1/workers/{worker}/duplicates", headers("sun", office="registrar")
    assert (await client.post(url, json=decision, headers=registrar)).status_code == 201
    for known in (BY_NUMBER, BY_OLD, BY_NAME, BY_PHONE, {"by": "number", "number": TWO}):
        found = await search(known)
        assert (found.status_code, found.json().get("worker")) == (200, worker), known


async def test_a_former_number_finds_who_had_it(registered: Registered, search: Search) -> None:
    worker = await registered(TWO, former_number=ONE)
    for known in (BY_NUMBER, BY_OLD):
        assert (await search(known)).json()["worker"] == worker


async def test_what_only_a_rejected_survey_said_finds_nobody(
    registered: Registered, search: Search, client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    worker = await registered(ONE)
    wrong = await client.post("/v1/surveys", json=survey(number=ONE, phone="13900001234"), headers=headers("li"))
    url = f"/v1/surveys/{wrong.json()['survey']}/rejection"
    assert (await client.post(url, json={"reason": "INACCURATE"}, headers=headers("chen"))).status_code == 201
    assert refusal(await search({"by": "phone", "phone": "13900001234"})) == (404, "worker_not_found")
    assert (await search(BY_PHONE)).json()["worker"] == worker


async def test_a_search_waits_for_what_its_caller_wrote(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, registered: Registered
) -> None:
    await registered(ONE)
    written = await client.post("/v1/surveys", json=survey(number=TWO), headers=headers("li"))
    url = f"/v1/worker-searches?wait_for={written.headers['log-position']}&wait_seconds=0"
    body = {"known": BY_NAME, "purpose": "REGISTRY_ENTRY"}
    behind = await client.post(url, json=body, headers=headers("sun", office="registrar"))
    assert refusal(behind) == (503, "not_yet_visible")


@pytest.fixture
def settings(settings: RegistrySettings, request: pytest.FixtureRequest) -> RegistrySettings:
    return settings.model_copy(update=getattr(request, "param", {}))


@pytest.mark.parametrize("settings", [{"searches_a_minute": 2}], indirect=True)
async def test_nobody_tries_out_numbers(search: Search, settings: RegistrySettings) -> None:
    assert settings.searches_a_minute == 2
    tries = [await search({"by": "number", "number": number(BORN, n)}) for n in (20, 22, 24)]
    assert [refusal(each)[1] for each in tries] == ["worker_not_found", "worker_not_found", "searched_too_often"]
    assert (tries[2].status_code, tries[2].headers["retry-after"]) == (429, "30")
    assert refusal(await search(BY_NUMBER, subject="chen"))[0] == 404
