"""Many surveys at a time: lists of what waits, and batches with a verdict for each."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from eventcore.database import Pool

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
CatchUp = Callable[[], Awaitable[None]]
NUMBERS = ("520599189003070024", "520599188001010015", "52059918850304002X")


async def recorded(client: httpx.AsyncClient, headers: Headers, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/surveys", json=body, headers=headers("li"))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_waiting_surveys_are_listed_by_county_page_by_page(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    province = headers("li", region="520000")
    made: dict[str, list[str]] = {}
    for county in ("520526", "520524", "520526", "522301", "520526"):
        answer = await client.post(
            "/v1/surveys",
            json=survey(household_region=county),
            headers=headers("li", region="520000"),
        )
        made.setdefault(county, []).append(answer.json()["survey"])
    await catch_up()
    found: list[str] = []
    cursor = ""
    while cursor is not None:
        page = await client.get(f"/v1/surveys?region=520500&limit=2&cursor={cursor}", headers=province)
        assert page.status_code == 200, page.text
        found += [each["survey"] for each in page.json()["surveys"]]
        cursor = page.json()["next"]
    assert found == [*made["520524"], *made["520526"]]
    whole = await client.get("/v1/surveys?region=520000", headers=province)
    assert [each["survey"] for each in whole.json()["surveys"]] == [*found, *made["522301"]]
    await client.post(f"/v1/surveys/{found[0]}/approval", headers=headers("chen", region="520000"))
    await catch_up()
    left = await client.get("/v1/surveys?region=520500", headers=province)
    assert [each["survey"] for each in left.json()["surveys"]] == found[1:]


async def test_a_list_waits_for_what_its_reader_has_written(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp
) -> None:
    written = await client.post("/v1/surveys", json=survey(), headers=headers())
    at = written.headers["log-position"]
    behind = await client.get(f"/v1/surveys?region=520526&wait_for={at}&wait_seconds=0", headers=headers())
    assert (behind.status_code, behind.json()["code"]) == (503, "not_yet_visible")
    waiting = asyncio.create_task(
        client.get(f"/v1/surveys?region=520526&wait_for={at}&wait_seconds=10", headers=headers())
    )
    await catch_up()
    assert [each["survey"] for each in (await waiting).json()["surveys"]] == [written.json()["survey"]]


async def test_a_batch_has_a_verdict_for_each(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, pool: Pool
) -> None:
    bodies = [
        survey(number=NUMBERS[0]),
        survey(number="520599189003070025"),
        survey(household_region="522301"),
        survey(number=NUMBERS[0]),
        survey(surveyed_on="2099-01-01"),
        survey(number=NUMBERS[1], name="李明"),
    ]
    same = headers("li", key="batch-1")
    answer = await client.post("/v1/survey-batches", json={"surveys": bodies}, headers=same)
    assert answer.status_code == 200, answer.text
    verdicts = answer.json()["results"]
    assert [each["status"] for each in verdicts] == [201, 422, 403, 201, 409, 201]
    assert verdicts[1]["answer"]["errors"] == [{"field": "number", "code": "resident_id_checksum"}]
    assert verdicts[4]["answer"]["code"] == "surveyed_in_future"
    assert verdicts[0]["answer"]["worker"] == verdicts[3]["answer"]["worker"]
    assert "52059" not in answer.text
    again = await client.post("/v1/survey-batches", json={"surveys": bodies}, headers=same)
    assert [each["answer"] for each in again.json()["results"] if each["status"] == 201] == [
        each["answer"] for each in verdicts if each["status"] == 201
    ]
    assert await pool.fetchval("select count(*) from log.events") == 3


async def test_reviews_come_in_batches_too(client: httpx.AsyncClient, headers: Headers, survey: Survey) -> None:
    surveys = [(await recorded(client, headers, survey(number=number)))["survey"] for number in NUMBERS]
    elsewhere = await client.post(
        "/v1/surveys", json=survey(household_region="522301"), headers=headers("li", region="522301")
    )
    reviews = [
        {"survey": surveys[0], "decision": "approve"},
        {"survey": surveys[1], "decision": "reject", "reason": "INCOMPLETE"},
        {"survey": "0195a002-0000-7000-8000-000000000002", "decision": "approve"},
        {"survey": elsewhere.json()["survey"], "decision": "approve"},
        {"survey": surveys[0], "decision": "reject", "reason": "INCOMPLETE"},
        {"survey": surveys[0], "decision": "approve"},
    ]
    answer = await client.post("/v1/review-batches", json={"reviews": reviews}, headers=headers("chen"))
    assert answer.status_code == 200, answer.text
    assert [each["status"] for each in answer.json()["results"]] == [201, 201, 404, 403, 409, 200]
    assert [each["answer"].get("state") for each in answer.json()["results"][:2]] == ["approved", "rejected"]


async def test_a_batch_is_bounded(client: httpx.AsyncClient, headers: Headers, survey: Survey) -> None:
    for surveys in ([], [survey()] * 501):
        answer = await client.post("/v1/survey-batches", json={"surveys": surveys}, headers=headers())
        assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
