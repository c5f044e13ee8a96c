"""Many workers in one request: each has its own verdict, and what is not the caller's stays as it was."""

from uuid import uuid4

import httpx
import pytest
from people_office import UNEMPLOYED, CatchUp, Headers, Office, Survey, since

pytestmark = pytest.mark.postgres
PLAN = "520000-2026"


@pytest.fixture
def office(client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> Office:
    return Office(client, headers, survey, catch_up)


async def test_workers_become_trainees_in_batches_and_the_same_batch_does_nothing_twice(office: Office) -> None:
    workers = [(await office.surveyed(employment=UNEMPLOYED))["worker"] for _ in range(3)]
    acts = {
        "group-batches": {**since("RURAL_TRANSFERRED", "2025-01-01"), "evidence": "村证-1"},
        "wish-batches": {"wishes": ["VOCATIONAL_TRAINING", "JOB"], "evidence": "宣传-1"},
        "eligibility-batches": {"able_to_work": True},
        "designation-batches": {"plan": PLAN, "evidence": "黔人社训〔2026〕3号"},
    }
    for path, act in acts.items():
        body = {"items": [{"worker": worker, **act} for worker in workers]}
        first = await office.post(f"/v1/{path}", body, key=path)
        again = await office.post(f"/v1/{path}", body, key=path)
        assert [each["status"] for each in first.json()["results"]] == [201, 201, 201], first.text
        assert again.content == first.content
    await office.catch_up()
    shown = await office.get(f"/v1/workers/{workers[0]}")
    assert (shown["designation"]["plan"], shown["groups"]) == (PLAN, ["RURAL_TRANSFERRED"])
    assert shown["wishes"]["wishes"] == ["VOCATIONAL_TRAINING", "JOB"]


async def test_an_item_that_is_not_the_callers_has_its_own_problem_and_spoils_nothing(office: Office) -> None:
    near = (await office.surveyed(employment=UNEMPLOYED))["worker"]
    far = (await office.surveyed(employment=UNEMPLOYED, household_region="520625"))["worker"]
    items = [{"worker": worker, "able_to_work": True} for worker in (far, str(uuid4()), near)]
    answer = await office.post("/v1/eligibility-batches", {"items": items})
    verdicts = [(each["status"], each["answer"].get("code")) for each in answer.json()["results"]]
    assert verdicts == [(403, "region_not_yours"), (404, "not_found"), (201, None)]


async def test_a_batch_that_is_not_well_formed_is_refused_whole(office: Office) -> None:
    worker = (await office.surveyed(employment=UNEMPLOYED))["worker"]
    before = await office.get(f"/v1/workers/{worker}")
    for items in ([], [{"worker": worker}], [{"worker": worker, "able_to_work": True}] * 201):
        assert (await office.post("/v1/eligibility-batches", {"items": items})).status_code == 422
    assert await office.get(f"/v1/workers/{worker}") == before
