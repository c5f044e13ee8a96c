"""What named systems get of us and send us, through the routes."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from eventcore.database import Pool
from registry.sources.system import systems

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
FILES = Path(__file__).parents[1] / "fixtures" / "sources"
EMPLOYED = {
    "status": "EMPLOYED",
    "form": "ENTERPRISE",
    "region": "330203",
    "employer": "宁波某电子厂",
    "contact": "057480000000",
    "wishes": [],
}


async def approved(client: httpx.AsyncClient, headers: Headers, body: dict[str, Any]) -> str:
    made = await client.post("/v1/surveys", json=body, headers=headers())
    assert made.status_code == 201, made.text
    key: str = made.json()["survey"]
    reviewed = await client.post(f"/v1/surveys/{key}/approval", headers=headers("chen"))
    assert reviewed.status_code == 201
    return key


async def test_every_system_is_described(client: httpx.AsyncClient, headers: Headers) -> None:
    answer = await client.get("/v1/sources", headers=headers("zhou", office="clerk"))
    assert answer.status_code == 200, answer.text
    found = {each["source"]: each for each in answer.json()["sources"]}
    assert set(found) == set(systems())
    columns = {each["field"]: each for each in found["rural-poor-employment-platform"]["columns"]}
    assert (columns["number"]["rs"], columns["employment_form"]["illustrative"]) == ("AAC002", True)


@pytest.mark.parametrize("source", ["poverty-alleviation-development", "rural-poor-employment-platform"])
async def test_approved_surveys_are_sent_to_a_system_and_each_person_is_a_disclosure(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, pool: Pool, source: str
) -> None:
    first = await approved(client, headers, survey())
    second = await approved(client, headers, survey(number="520599188001010015", name="李建国", employment=EMPLOYED))
    clerk = headers("zhou", office="clerk", key="export-1")
    path = f"/v1/sources/{source}/exports"
    answer = await client.post(path, json={"surveys": [first, second]}, headers=clerk)
    assert answer.status_code == 201, answer.text
    if source == "rural-poor-employment-platform":
        sent = json.loads(answer.content)["records"]
        assert [each["AAC002"] for each in sent] == ["520599189003070024", "520599188001010015"]
    else:
        sent = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [each["就业地点"] for each in sent] == ["", "330203"]
        assert sent[0]["就业意愿和就业服务需求"] == "求职就业、参加职业培训"
    disclosed = "select count(*) from log.events where type = 'personal-data-disclosed'"
    assert await pool.fetchval(disclosed) == 2
    again = await client.post(path, json={"surveys": [first, second]}, headers=clerk)
    assert (again.status_code, again.content) == (201, answer.content)
    assert await pool.fetchval(disclosed) == 2
    stored = b"".join(row["answer"] for row in await pool.fetch("select answer from log.commands"))
    assert b"52059918" not in stored


async def test_only_approved_surveys_of_the_callers_region_are_sent_and_only_by_clerks(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    key = await approved(client, headers, survey())
    waiting = (await client.post("/v1/surveys", json=survey(number="520599188001010015"), headers=headers())).json()
    clerk: dict[str, Any] = {"office": "clerk"}
    for body, head, source, status, code in (
        ([key, waiting["survey"]], clerk, "poverty-alleviation-development", 409, "source_survey_not_approved"),
        (["0195a002-0000-7000-8000-000000000002"], clerk, "poverty-alleviation-development", 404, "not_found"),
        ([key], {**clerk, "region": "522301"}, "poverty-alleviation-development", 403, "region_not_yours"),
        ([key], {"office": "registrar"}, "poverty-alleviation-development", 403, "office_not_allowed"),
        ([key], clerk, "registered-poverty", 404, "not_found"),
    ):
        path = f"/v1/sources/{source}/exports"
        answer = await client.post(path, json={"surveys": body}, headers=headers("zhou", **head))
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_platform_sends_surveys_and_each_has_a_verdict(
    client: httpx.AsyncClient, headers: Headers, pool: Pool
) -> None:
    message = json.loads((FILES / "rural-poor-employment-platform.json").read_text("utf-8"))
    path = "/v1/sources/rural-poor-employment-platform/surveys"
    clerk = headers("zhou", office="clerk", region="520526", key="message-1")
    answer = await client.post(path, json=message, headers=clerk)
    assert answer.status_code == 200, answer.text
    verdicts = answer.json()["results"]
    assert [each["status"] for each in verdicts] == [201, 403, 422, 422]
    assert verdicts[2]["answer"]["errors"] == [{"field": "number", "code": "number_check_digit"}]
    again = await client.post(path, json=message, headers=clerk)
    assert again.json()["results"][0]["answer"] == verdicts[0]["answer"]
    assert await pool.fetchval("select count(*) from log.events where type = 'survey-recorded'") == 1
    shown = await client.get(f"/v1/surveys/{verdicts[0]['answer']['survey']}", headers=headers("chen"))
    assert (shown.json()["capture_method"], shown.json()["surveyor"]) == ("INFORMATION_SHARING", "zhou")
    other = await client.post(path, json={"records": []}, headers=headers("zhou", office="clerk"))
    assert (other.status_code, other.json()["code"]) == (422, "source_message_malformed")
    table = "/v1/sources/registered-poverty/surveys"
    assert (await client.post(table, json=message, headers=headers("zhou", office="clerk"))).status_code == 404
