"""Two workers found to be one: their numbers, what comes in later, who may decide, and the way back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from eventcore.database import Pool, connect
from eventcore.rebuild import rebuild
from eventcore.verify import verify
from made_up_numbers import number
from registry.app import SERVICE
from registry.duplicates.views.signs import SIGNS

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
CatchUp = Callable[[], Awaitable[None]]

BORN = "19890307"
ONE, TWO, THREE = (number(BORN, n) for n in (2, 4, 6))
SAME = {"verdict": "SAME", "reason": "NUMBER_CORRECTED", "evidence": ["公函〔2026〕12号"]}
DIFFERENT = {"verdict": "DIFFERENT", "reason": "DECIDED_WRONGLY"}


class Office:
    """What people do, over HTTP."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> None:
        self.client, self.headers, self.survey, self.catch_up = client, headers, survey, catch_up

    async def record(self, number: str, **changes: Any) -> dict[str, Any]:
        body = self.survey(number=number, **changes)
        answer = await self.client.post("/v1/surveys", json=body, headers=self.headers("li", region="520000"))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def registered(self, number: str, **changes: Any) -> str:
        made = await self.record(number, **changes)
        approved = await self.client.post(
            f"/v1/surveys/{made['survey']}/approval", headers=self.headers("chen", region="520000")
        )
        assert approved.status_code == 201, approved.text
        await self.catch_up()
        return str(made["worker"])

    async def decide(
        self, worker: str, other: str, word: dict[str, Any], who: str = "sun", region: str = "520526"
    ) -> httpx.Response:
        return await self.client.post(
            f"/v1/workers/{worker}/duplicates",
            json={"other": other, **word},
            headers=self.headers(who, office="registrar", region=region),
        )

    async def get(self, path: str) -> Any:
        answer = await self.client.get(path, headers=self.headers("sun", office="registrar"))
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def office(client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> Office:
    return Office(client, headers, survey, catch_up)


async def test_what_comes_in_under_the_linked_number_is_the_canonical_workers(office: Office, pool: Pool) -> None:
    other, worker = await office.registered(ONE), await office.registered(TWO)
    decided = await office.decide(worker, other, SAME)
    assert (decided.status_code, decided.json()) == (
        201,
        {"worker": worker, "other": other, "linked": True, "version": decided.json()["version"]},
    )
    assert [(await office.record(each))["worker"] for each in (ONE, TWO)] == [worker, worker]
    await office.catch_up()
    undone = await office.decide(worker, other, DIFFERENT)
    assert (undone.status_code, undone.json()["linked"]) == (201, False)
    assert [(await office.record(each))["worker"] for each in (ONE, TWO)] == [other, worker]
    await office.catch_up()
    assert await verify(pool, SERVICE.deciders) == []


async def test_of_links_that_contradict_each_other_one_is_made(office: Office, pool: Pool) -> None:
    one, two, three = [await office.registered(each) for each in (ONE, TWO, THREE)]
    ways = [(one, two), (two, one), (two, three), (three, one), (one, three), (three, two)]
    answers = await asyncio.gather(*(office.decide(worker, other, SAME) for worker, other in ways))
    assert {each.status_code for each in answers} == {201, 409}
    rows = await pool.fetch("select key, holder from log.guards where scope = 'linked-worker'")
    linked = {row["key"]: row["holder"] for row in rows}
    assert 1 <= len(linked) <= 2
    assert not linked.keys() & {*linked.values()}
    for each, worker in ((ONE, one), (TWO, two), (THREE, three)):
        assert (await office.record(each))["worker"] == linked.get(worker, worker)
    assert await verify(pool, SERVICE.deciders) == []


async def test_surveys_and_links_at_the_same_time_leave_one_worker(office: Office, pool: Pool) -> None:
    other, worker = await office.registered(ONE), await office.registered(TWO)
    made = await asyncio.gather(
        *(office.record(ONE) for _ in range(4)), office.decide(worker, other, SAME), *(office.record(ONE) for _ in "ab")
    )
    assert {each["worker"] for each in made if isinstance(each, dict)} <= {worker, other}
    assert (await office.record(ONE))["worker"] == worker
    assert await verify(pool, SERVICE.deciders) == []


async def test_what_offices_say_of_a_linked_worker_is_said_of_the_canonical_one(office: Office) -> None:
    other, worker = await office.registered(ONE), await office.registered(TWO)
    await office.decide(worker, other, SAME)
    await office.catch_up()
    shown = await office.client.get(f"/v1/workers/{other}", headers=office.headers("sun", office="registrar"))
    assert (shown.status_code, shown.json()["canonical"]) == (200, worker)
    listed = await office.get("/v1/workers?region=520526")
    assert [each["worker"] for each in listed["workers"]] == [worker]
    wishes = {"wishes": ["JOB"], "evidence": "2026-12"}
    for key, status, code in ((other, 409, "worker_linked"), (worker, 201, None)):
        registrar = office.headers("sun", office="registrar")
        told = await office.client.post(f"/v1/workers/{key}/wishes", json=wishes, headers=registrar)
        assert (told.status_code, told.json().get("code")) == (status, code)


async def test_a_rebuild_gives_the_same_rows(office: Office, pool: Pool, databases: Any) -> None:
    for each in (ONE, TWO, THREE):
        await office.registered(each)
    page = await office.get("/v1/duplicate-candidates?region=520526")
    owner = await connect(databases.log_owner)
    try:
        await rebuild(owner, SIGNS, SERVICE.pages_of(owner, SIGNS))
    finally:
        await owner.close()
    assert len(page["pairs"]) == 3
    assert await office.get("/v1/duplicate-candidates?region=520526") == page


async def test_a_link_is_undone_whichever_of_the_two_is_named(office: Office, pool: Pool) -> None:
    other, worker = await office.registered(ONE), await office.registered(TWO)
    await office.decide(worker, other, SAME)
    undone = await office.decide(other, worker, DIFFERENT)
    assert (undone.status_code, undone.json()["worker"], undone.json()["linked"]) == (201, worker, False)
    assert (await office.record(ONE))["worker"] == other
    assert await verify(pool, SERVICE.deciders) == []


async def test_the_decision_is_published_without_who_decided(office: Office, pool: Pool) -> None:
    other, worker = await office.registered(ONE), await office.registered(TWO)
    await office.decide(worker, other, SAME)
    told = await office.client.get("/v1/events", headers=office.headers(office="follower"))
    (found,) = (each["data"] for each in told.json() if each["type"].endswith(".duplicate-decided.v1"))
    assert found == {
        "worker": worker,
        "other": other,
        "verdict": "SAME",
        "undone": False,
        "reason": "NUMBER_CORRECTED",
        "organisation": "520526-hrss",
    }


async def test_there_are_no_chains_and_nothing_is_said_twice(office: Office) -> None:
    one, two, three = [await office.registered(each) for each in (ONE, TWO, THREE)]
    assert (await office.decide(two, one, SAME)).status_code == 201
    assert (await office.decide(two, one, SAME)).status_code == 200
    for worker, other, code in (
        (one, three, "duplicate_linked_to_another"),
        (three, one, "duplicate_linked_to_another"),
        (three, two, "duplicate_stands_for_others"),
        (three, three, "duplicate_of_itself"),
    ):
        refused = await office.decide(worker, other, SAME)
        assert (refused.status_code, refused.json().get("code")) == (409, code)
    assert (await office.decide(two, three, SAME)).status_code == 201
    assert {(await office.record(each))["worker"] for each in (ONE, TWO, THREE)} == {two}


async def test_decided_pairs_are_off_the_list_and_do_not_come_back(office: Office) -> None:
    one, two, three = [await office.registered(each) for each in (ONE, TWO, THREE)]

    async def listed() -> list[set[str]]:
        await office.catch_up()
        page = await office.get("/v1/duplicate-candidates?region=520526")
        return [set(each["workers"]) for each in page["pairs"]]

    assert len(await listed()) == 3
    await office.decide(one, three, DIFFERENT)
    assert sorted(map(sorted, await listed())) == sorted(map(sorted, ({one, two}, {two, three})))
    await office.decide(two, one, SAME)  # three is not one, so it is not two either
    await office.record(THREE)
    assert await listed() == []
    await office.decide(two, one, DIFFERENT)
    assert await listed() == [{two, three}]
    await office.decide(two, three, DIFFERENT)
    await office.record(THREE)
    assert await listed() == []


async def test_nobody_decides_about_their_own_survey_or_in_another_county(office: Office) -> None:
    one, two = await office.registered(ONE), await office.registered(TWO, household_region="520524")
    for who, region, code, status in (
        ("li", "520000", "duplicate_own_survey", 409),
        ("sun", "520526", "region_not_yours", 403),
        ("sun", "520524", "region_not_yours", 403),
    ):
        refused = await office.decide(two, one, SAME, who, region)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    missing = await office.decide(two, "0195a001-0000-7000-8000-000000000001", SAME)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (await office.decide(two, one, SAME, region="520500")).status_code == 201


async def test_what_contradicts_is_a_case_until_somebody_decided(office: Office) -> None:
    one = await office.registered(ONE, household_region="520524")
    two = await office.registered(TWO)
    await office.decide(two, one, SAME, region="520500")
    await office.catch_up()
    (case,) = (await office.get("/v1/link-conflicts?region=520526"))["conflicts"]
    assert (case["worker"], case["other"], case["kinds"]) == (two, one, ["SURVEYS", "HOUSEHOLD_REGION"])
    settle = f"/v1/workers/{two}/duplicates/{one}/settlement"
    word, registrar = {"outcome": "BOTH_TRUE"}, office.headers("sun", office="registrar")
    settled = await office.client.post(settle, json=word, headers=registrar)
    assert (settled.status_code, settled.json()["open"]) == (201, False)
    again = await office.client.post(settle, json=word, headers=office.headers("sun", office="registrar"))
    assert (again.status_code, again.json()["code"]) == (409, "link_conflict_not_open")
    await office.catch_up()
    assert (await office.get("/v1/link-conflicts?region=520526"))["conflicts"] == []
    await office.decide(two, one, DIFFERENT, region="520500")
    await office.catch_up()
    (case,) = (await office.get("/v1/link-conflicts?region=520526"))["conflicts"]
    assert case["kinds"] == ["SURVEYED_MEANWHILE"]
