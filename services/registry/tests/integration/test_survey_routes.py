"""Surveys through REST, on the real log and vault."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from eventcore.database import Pool
from eventcore.verify import verify
from registry.app import SERVICE

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
CatchUp = Callable[[], Awaitable[None]]
EMPLOYED = {
    "status": "EMPLOYED",
    "form": "ENTERPRISE",
    "region": "440112",
    "employer": "粤安电子厂",
    "contact": "0208888-8888",
}


async def recorded(client: httpx.AsyncClient, headers: Headers, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/surveys", json=body, headers=headers("li"))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_survey_is_recorded_approved_and_registers_its_worker(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp, pool: Pool
) -> None:
    made = await recorded(client, headers, survey())
    assert made == {"survey": made["survey"], "worker": made["worker"], "state": "pending", "version": 1}
    approved = await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen", region="520500"))
    assert (approved.status_code, approved.json()) == (201, made | {"state": "approved", "version": 2})
    assert approved.headers["etag"] == '"2"'
    await catch_up()
    await catch_up()
    workers = await pool.fetch("select type from log.events where stream_id = $1", f"worker-{made['worker']}")
    assert [row["type"] for row in workers] == ["worker-registered", "worker-surveyed", "wishes-recorded"]
    assert await verify(pool, SERVICE.deciders) == []


async def test_a_survey_is_shown_as_it_is_without_what_is_personal(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    made = await recorded(client, headers, survey(employment=EMPLOYED, surveyor_kind="CONTRACTOR"))
    await client.post(f"/v1/surveys/{made['survey']}/rejection", json={"reason": "INACCURATE"}, headers=headers("chen"))
    shown = await client.get(f"/v1/surveys/{made['survey']}", headers=headers("chen", region="520000"))
    assert (shown.status_code, shown.headers["etag"]) == (200, '"2"')
    assert shown.json()["state"] == "rejected"
    assert (shown.json()["surveyor"], shown.json()["surveyor_kind"]) == ("li", "CONTRACTOR")
    assert shown.json()["steps"] == [
        {"what": "rejected", "by": "chen", "organisation": "520526-hrss", "reason": "INACCURATE", "approved_at": None}
    ]
    for text in ("王秀英", "5205991890", "1380000", "粤安", "8888", "v1."):
        assert text not in shown.text


async def test_a_retry_gives_the_same_survey_byte_for_byte(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, pool: Pool
) -> None:
    same = headers("li", key="k1")
    first = await client.post("/v1/surveys", json=survey(), headers=same)
    again = await asyncio.gather(*(client.post("/v1/surveys", json=survey(), headers=same) for _ in range(8)))
    assert {each.content for each in again} == {first.content}
    other = await client.post("/v1/surveys", json=survey(name="李明"), headers=same)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await pool.fetchval("select count(*) from log.events") == 1


async def test_the_surveyor_is_who_calls_and_reviews_nothing_of_their_own(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    made = await recorded(client, headers, survey())
    for path, body in (("approval", None), ("rejection", {"reason": "INACCURATE"})):
        refused = await client.post(
            f"/v1/surveys/{made['survey']}/{path}", json=body, headers=headers("li", office="reviewer")
        )
        assert (refused.status_code, refused.json()["code"]) == (409, "survey_own_review")


async def test_nobody_acts_outside_their_region(client: httpx.AsyncClient, headers: Headers, survey: Survey) -> None:
    elsewhere = await client.post("/v1/surveys", json=survey(household_region="522301"), headers=headers("li"))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")
    made = await recorded(client, headers, survey())
    url = f"/v1/surveys/{made['survey']}"
    stranger = headers("chen", region="522301")
    for answer in (
        await client.post(f"{url}/approval", headers=stranger),
        await client.post(f"{url}/rejection", json={"reason": "INACCURATE"}, headers=stranger),
        await client.post(f"{url}/invalidation", json={"reason": "WRONG_GROUP"}, headers=stranger),
        await client.post(f"{url}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=stranger),
        await client.get(url, headers=stranger),
        await client.get("/v1/surveys?region=520526", headers=stranger),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "region_not_yours")


async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient, headers: Headers) -> None:
    url = "/v1/surveys/0195a002-0000-7000-8000-000000000002"
    for answer in (
        await client.post(f"{url}/approval", headers=headers("chen")),
        await client.post(f"{url}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen")),
        await client.get(url, headers=headers()),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_surveyors_review_nothing_and_reviewers_record_nothing(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    made = await recorded(client, headers, survey())
    url = f"/v1/surveys/{made['survey']}"
    for answer in (
        await client.post(f"{url}/approval", headers=headers("zhou", office="surveyor")),
        await client.post(f"{url}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=headers("li")),
        await client.post("/v1/surveys", json=survey(), headers=headers("chen")),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "office_not_allowed")


BAD: dict[str, dict[str, Any]] = {
    "number.checksum": {"number": "520599189003070025"},
    "number.fifteen": {"number": "520599890307002"},
    "name.empty": {"name": "  "},
    "name.control": {"name": "王\u202e秀"},
    "region.unknown": {"household_region": "520599"},
    "group.unknown": {"groups": [{"group": "FRIENDS", "valid_from": "2024-01-01"}]},
    "channel.unknown": {"channel": "TELEPHONE"},
    "wishes.missing": {"employment": {"status": "UNEMPLOYED"}},
    "wishes.twice": {"employment": {"status": "UNEMPLOYED", "wishes": ["JOB", "JOB"]}},
    "both situations": {"employment": {"status": "UNEMPLOYED", "wishes": [], "employer": "粤安电子厂"}},
    "contact.missing": {"employment": {k: v for k, v in EMPLOYED.items() if k != "contact"}},
    "surveyor given": {"surveyor": "zhao"},
    "corrects no id": {"corrects": "s1"},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD.keys())
async def test_what_is_malformed_is_refused_without_an_echo(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, changes: dict[str, Any], pool: Pool
) -> None:
    answer = await client.post("/v1/surveys", json=survey(**changes), headers=headers())
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    assert len(answer.json()["errors"]) >= 1
    for text in ("王", "52059918", "890307", "粤安"):
        assert text not in answer.text
    assert await pool.fetchval("select count(*) from log.commands") == 0


async def test_a_number_of_another_province_is_refused_in_both_languages(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    body = survey(number="330106189009300037")
    zh = await client.post("/v1/surveys", json=body, headers=headers())
    en = await client.post("/v1/surveys", json=body, headers=headers() | {"Accept-Language": "en"})
    assert {zh.status_code, en.status_code} == {409}
    assert zh.json()["code"] == en.json()["code"] == "number_of_another_province"
    assert zh.json()["title"] == "该居民身份号码属于其他省份，应由该省登记。"
    assert "330106" not in zh.text + en.text


async def test_numbers_are_taken_as_people_type_them(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    plain = await recorded(client, headers, survey(number="52059918850304002X"))
    typed = await recorded(client, headers, survey(number="５２０５９９ 18850304 002x"))
    assert plain["worker"] == typed["worker"]
    assert plain["survey"] != typed["survey"]


async def test_wrong_data_is_invalidated_and_surveyed_again_once(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp, pool: Pool
) -> None:
    wrong = await recorded(client, headers, survey())
    early = await client.post("/v1/surveys", json=survey(corrects=wrong["survey"]), headers=headers())
    assert (early.status_code, early.json()["code"]) == (409, "survey_not_invalidated")
    url = f"/v1/surveys/{wrong['survey']}"
    await client.post(f"{url}/approval", headers=headers("chen"))
    void = await client.post(f"{url}/invalidation", json={"reason": "WRONG_GROUP"}, headers=headers("zhao"))
    assert void.json() == wrong | {"state": "invalidated", "version": 3}
    await catch_up()
    listed = await client.get("/v1/surveys?region=520500&state=invalidated", headers=headers("zhao", region="520500"))
    assert [(each["survey"], each["reason"]) for each in listed.json()["surveys"]] == [(wrong["survey"], "WRONG_GROUP")]
    again = await recorded(client, headers, survey(groups=[], corrects=wrong["survey"]))
    assert again["worker"] == wrong["worker"]
    twice = await client.post("/v1/surveys", json=survey(corrects=wrong["survey"]), headers=headers())
    assert (twice.status_code, twice.json()["code"]) == (409, "survey_already_corrected")
    await catch_up()
    listed = await client.get("/v1/surveys?region=520526&state=invalidated", headers=headers())
    assert listed.json() == {"surveys": [], "next": None}
    told = await client.get("/v1/events", headers=headers(office="follower"))
    fallen = next(each["data"] for each in told.json() if each["type"].endswith("survey-invalidated.v1"))
    approval = next(each for each in told.json() if each["type"].endswith("survey-approved.v1"))
    assert fallen["corrects"] == f"survey-{wrong['survey']}/1"
    assert fallen["approval"] == {"event": f"survey-{wrong['survey']}/2", "at": approval["time"]}
    assert await verify(pool, SERVICE.deciders) == []


async def test_a_reviewer_who_has_seen_another_version_is_told(
    client: httpx.AsyncClient, headers: Headers, survey: Survey
) -> None:
    made = await recorded(client, headers, survey())
    url = f"/v1/surveys/{made['survey']}"
    await client.post(f"{url}/invalidation", json={"reason": "WRONG_GROUP"}, headers=headers("zhao"))
    late = await client.post(f"{url}/approval", headers=headers("chen") | {"If-Match": '"1"'})
    assert (late.status_code, late.headers["etag"]) == (412, '"2"')


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
async def test_the_curl_of_the_readme_is_taken(client: httpx.AsyncClient, headers: Headers, readme: str) -> None:
    text = (Path(__file__).parents[4] / readme).read_text(encoding="utf-8")
    (path, office, region, body), *others = re.findall(
        r"^curl -X POST http://127.0.0.1:5530(\S+) .+?--office (\w+) --region (\d+)\).+?-d '(.+?)'", text, re.M | re.S
    )
    assert others == []
    answer = await client.post(path, json=json.loads(body), headers=headers(office=office, region=region))
    assert answer.status_code == 201, answer.text


async def test_the_document_describes_every_route(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    for path in ("/v1/surveys", "/v1/survey-batches", "/v1/review-batches", "/v1/surveys/{survey}/identity"):
        assert path in document["paths"]
    answer = document["paths"]["/v1/surveys"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/SurveyAnswer"}
    item = document["components"]["schemas"]["SurveyBatchIn"]["properties"]["surveys"]["items"]
    assert item == {"$ref": "#/components/schemas/SurveyIn"}


async def test_the_document_names_what_the_rules_of_surveys_refuse(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    said = paths["/v1/surveys/{survey}/approval"]["post"]["responses"]["409"]["description"]
    assert "- `survey_own_review`: 不得审核" in said
    assert "`contended`" in said
    assert "`household_not_registered`" not in said
    assert "`survey_own_review`" not in json.dumps(paths["/v1/households"])


async def test_after_a_restore_nobody_is_surveyed_until_the_provinces_agree(
    client: httpx.AsyncClient, headers: Headers, survey: Survey, pool: Pool
) -> None:
    await pool.execute("insert into log.pairs (region, agreed) values ('440000', 'before-the-restore')")
    waits = await client.post("/v1/surveys", json=survey(), headers=headers("li"))
    assert (waits.status_code, waits.json()["code"]) == (503, "border_not_agreed")
    assert await pool.fetchval("select count(*) from log.commands") == 0
    await pool.execute("update log.pairs set agreed = (select incarnation from log.head)")
    await recorded(client, headers, survey())
