"""Workers with their groups over time, households, designation and lists of trainees, through the API."""

from datetime import date, timedelta

import httpx
import pytest
from eventcore.clock import legal_day
from eventcore.database import Pool
from eventcore.readers import queries
from eventcore.store import Order, Store, Task, carry_out
from eventcore.verify import verify
from made_up_numbers import number
from people_office import CatchUp, Headers, Office, Survey, designated, since
from registry.app import SERVICE
from registry.workers.alarms import ring
from registry.workers.views.lists import members


@pytest.fixture
def office(client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> Office:
    return Office(client, headers, survey, catch_up)


async def test_queries_in_old_and_new_vocabulary_give_the_same_people(office: Office) -> None:
    poor = await office.surveyed(
        since("POOR_HOUSEHOLD", "2014-01-01", "2016-12-02"),
        since("REGISTERED_POOR", "2016-12-02", "2021-01-01"),
        since("POVERTY_LIFTED", "2021-01-01"),
    )
    watched = await office.surveyed(since("MONITORED", "2022-01-01"))
    left = await office.surveyed(since("REGISTERED_POOR", "2017-01-01", "2019-01-01"))
    never_renamed = await office.surveyed(since("REGISTERED_POOR", "2017-01-01"), surveyed_on="2019-03-02")
    one, two, gone, old = (each["worker"] for each in (poor, watched, left, never_renamed))
    names = ("POOR_HOUSEHOLD", "REGISTERED_POOR", "POVERTY_LIFTED", "MONITORED")
    for day, people in (("2015-06-01", [one]), ("2018-06-01", [one, gone, old]), ("2020-06-01", [one, old])):
        for name in names:
            assert await office.in_group(name, day) == people, (day, name)
    assert await office.in_group("POVERTY_LIFTED", "2023-06-01") == [one, old]
    assert await office.in_group("MONITORED", "2023-06-01") == [two, old]
    for name in ("POOR_HOUSEHOLD", "REGISTERED_POOR"):
        assert await office.in_group(name, "2023-06-01") == [one, two, old]
    assert await office.in_group("LAND_LOST", "2023-06-01") == []


async def test_a_group_that_an_office_ends_is_left_on_that_day(office: Office, pool: Pool) -> None:
    worker = (await office.surveyed(since("MONITORED", "2024-01-01")))["worker"]
    path = f"/v1/workers/{worker}"
    end = {"group": "MONITORED", "valid_to": "2025-07-01", "evidence": "威乡振〔2025〕9号"}
    ended = await office.post(f"{path}/group-ends", end)
    assert ended.status_code == 201, ended.text
    assert (await office.post(f"{path}/group-ends", end)).status_code == 200
    await office.catch_up()
    assert await office.in_group("MONITORED", "2025-06-30") == [worker]
    assert await office.in_group("MONITORED", "2025-07-01") == []
    assigned = await office.post(
        f"{path}/groups", {**since("HARD_TO_EMPLOY", "2026-01-01"), "evidence": "威人社就〔2026〕12号"}
    )
    assert assigned.status_code == 201
    await office.catch_up()
    assert (await office.get(f"{path}?on=2026-02-01"))["groups"] == ["HARD_TO_EMPLOY"]
    assert (await office.get(f"{path}?on=2024-02-01"))["groups"] == ["MONITORED"]
    told = await office.client.get("/v1/events", headers=office.headers(office="follower"))
    kinds = [each["type"].split(".")[-2] for each in told.json()]
    assert kinds[-2:] == ["worker-group-ended", "worker-group-assigned"]
    assert b"zhao" not in told.content
    assert await verify(pool, SERVICE.deciders) == []


async def test_an_invalidated_survey_counts_no_more_for_its_worker(office: Office) -> None:
    first = await office.surveyed(since("MONITORED", "2023-01-01"), surveyed_on="2025-03-02")
    second = await office.surveyed(
        since("LAND_LOST", "2020-01-01"), n=1, household_region="520524", surveyed_on="2026-03-02"
    )
    assert second["worker"] == first["worker"]
    path = f"/v1/workers/{first['worker']}"
    both = await office.get(path)
    assert (both["groups"], both["household_region"]) == (["LAND_LOST", "MONITORED"], "520524")
    fallen = await office.post(
        f"/v1/surveys/{second['survey']}/invalidation",
        {"reason": "WRONG_GROUP"},
        office="reviewer",
        region="520000",
        subject="chen",
    )
    assert fallen.status_code == 201, fallen.text
    await office.catch_up()
    after = await office.get(f"{path}?wait_for={fallen.headers['log-position']}")
    assert (after["groups"], after["household_region"]) == (["MONITORED"], "520526")
    assert after["status"]["as_of"] == "2025-03-02"
    assert await office.in_group("LAND_LOST", "2026-06-01") == []


async def test_a_status_has_an_age_and_warns_when_it_is_stale(office: Office) -> None:
    day = legal_day()
    fresh = await office.surveyed(surveyed_on=str(day - timedelta(days=180)))
    stale = await office.surveyed(surveyed_on=str(day - timedelta(days=181)))
    for made, age, warns in ((fresh, 180, False), (stale, 181, True)):
        status = (await office.get(f"/v1/workers/{made['worker']}"))["status"]
        assert (status["age_days"], status["stale"], status["employment_status"]) == (age, warns, "UNEMPLOYED")


async def test_a_worker_is_shown_with_an_etag_and_changed_with_if_match(office: Office) -> None:
    worker = (await office.surveyed())["worker"]
    path, headers = f"/v1/workers/{worker}", office.headers("zhao", office="registrar")
    shown = await office.client.get(path, headers=headers)
    assert shown.headers["etag"] == f'"{shown.json()["version"]}"'
    body = {"wishes": ["JOB"], "evidence": "电话回访2026-11"}
    moved = await office.client.post(
        f"{path}/wishes", json=body, headers={**office.headers("zhao", office="clerk"), "If-Match": '"1"'}
    )
    assert moved.status_code == 412
    done = await office.client.post(
        f"{path}/wishes",
        json=body,
        headers={**office.headers("zhao", office="clerk"), "If-Match": shown.headers["etag"]},
    )
    assert done.status_code == 201
    for secret in ("王秀英", "520599", "13800001234", "zhao"):
        assert secret not in shown.text


async def test_only_the_offices_of_the_region_decide(office: Office) -> None:
    worker = (await office.surveyed())["worker"]
    body = {**since("LAND_LOST", "2020-01-01"), "evidence": "1号"}
    path = f"/v1/workers/{worker}/groups"
    assert (await office.post(path, body, office="clerk")).json()["code"] == "office_not_allowed"
    assert (await office.post(path, body, region="520100")).json()["code"] == "region_not_yours"
    named = await office.post(path, {**body, "evidence": "王秀英"})
    assert (named.status_code, named.json()["code"]) == (422, "request_invalid")
    nobody = "/v1/workers/0195a001-0000-7000-8000-00000000ffff/groups"
    assert (await office.post(nobody, body)).status_code == 404


async def test_households_tell_their_workers_and_death_ends_it_all(office: Office, pool: Pool) -> None:
    worker = await designated(office, since("RURAL_TRANSFERRED", "2020-01-01"))
    made = await office.post("/v1/households", {"region": "520526", "evidence": "威乡振〔2026〕1号"}, office="clerk")
    path = f"/v1/households/{made.json()['household']}"
    member = {"worker": worker, "relation": "HEAD", "joined_on": "2015-06-01"}
    assert (await office.post(f"{path}/members", member, office="clerk")).status_code == 201
    child = {"relation": "CHILD", "age_group": "UNDER_16", "joined_on": "2018-06-01"}
    assert (await office.post(f"{path}/members", child, office="clerk")).json()["members"] == 2
    for status, first in (("REGISTERED_POOR", "2018-01-01"), ("POVERTY_LIFTED", "2021-01-01")):
        body = {"status": status, "valid_from": first, "evidence": "威乡振〔2021〕3号"}
        assert (await office.post(f"{path}/status", body)).status_code == 201
    found = {
        "surveyed_on": "2026-03-02",
        "members": [{"member": 2, "situation": "AT_SCHOOL", "wishes": ["TECHNICAL_SCHOOL"]}],
    }
    assert (await office.post(f"{path}/surveys", found, office="surveyor", subject="li")).status_code == 201
    await office.catch_up()
    shown = await office.get(f"/v1/workers/{worker}")
    assert (shown["household"], shown["groups"]) == (made.json()["household"], ["POVERTY_LIFTED", "RURAL_TRANSFERRED"])
    for name in ("POOR_HOUSEHOLD", "POVERTY_LIFTED"):
        assert await office.in_group(name, "2019-01-01") == [worker]
    attention = {"reason": "ILLNESS", "until": str(legal_day() + timedelta(days=30))}
    assert (await office.post(f"/v1/workers/{worker}/attention", attention)).status_code == 201
    assert await timers(pool) == [f"worker-{worker}"]
    died = {"died_on": str(legal_day()), "evidence": "威公户〔2026〕7号"}
    assert (await office.post(f"/v1/workers/{worker}/death", died, office="clerk")).status_code == 201
    await office.catch_up()
    await office.catch_up()  # the household's answer to the death
    assert await timers(pool) == []
    after = await office.get(f"/v1/workers/{worker}")
    assert (after["designation"], after["attention"], after["household"]) == (None, None, None)
    household = await office.get(path)
    assert [each["left_on"] is None for each in household["members"]] == [False, True]
    assert household["members"][1]["found"]["wishes"] == ["TECHNICAL_SCHOOL"]
    refused = await office.post(f"/v1/workers/{worker}/attention", attention)
    assert refused.json()["code"] == "worker_deceased"
    assert await verify(pool, SERVICE.deciders) == []


async def test_who_belongs_to_a_household_moves_with_it(office: Office, pool: Pool) -> None:
    worker = (await office.surveyed())["worker"]
    made = await office.post("/v1/households", {"region": "520526", "evidence": "威乡振〔2026〕1号"}, office="clerk")
    path = f"/v1/households/{made.json()['household']}"
    member = {"worker": worker, "relation": "HEAD", "joined_on": "2015-06-01"}
    assert (await office.post(f"{path}/members", member, office="clerk")).status_code == 201
    move = {"region": "520524", "moved_on": str(legal_day()), "evidence": "威公户〔2026〕8号"}
    assert (await office.post(f"{path}/region", move, office="clerk")).status_code == 201
    await office.catch_up()
    assert (await office.get(f"/v1/workers/{worker}"))["household_region"] == "520524"
    there = await office.get("/v1/workers?region=520524")
    assert [each["worker"] for each in there["workers"]] == [worker]
    told = (await office.client.get("/v1/events", headers=office.headers(office="follower"))).json()
    assert told[-1]["type"] == "cn.labourbridge.registry.worker-moved.v1"
    assert await verify(pool, SERVICE.deciders) == []


async def test_a_wrong_death_is_taken_back_by_another_person_and_what_ended_is_shown(
    office: Office, pool: Pool
) -> None:
    worker = await designated(office, since("RURAL_TRANSFERRED", "2020-01-01"))
    path = f"/v1/workers/{worker}"
    died = {"died_on": str(legal_day()), "evidence": "威公户〔2026〕7号"}
    assert (await office.post(f"{path}/death", died)).status_code == 201
    lives = {"evidence": "威公户〔2026〕9号"}
    own = await office.post(f"{path}/death-withdrawal", lives)
    assert (own.status_code, own.json()["code"]) == (409, "death_own_record")
    assert (await office.post(f"{path}/death-withdrawal", lives, office="clerk")).status_code == 403
    assert (await office.post(f"{path}/death-withdrawal", lives, subject="sun")).status_code == 201
    await office.catch_up()
    shown = await office.get(path)
    assert (shown["deceased_on"], shown["designation"]) == (None, None)
    assert shown["withdrawn_death"]["plan"] == "520000-2026"
    assert await verify(pool, SERVICE.deciders) == []


async def timers(pool: Pool) -> list[str]:
    rows = await pool.fetch("select stream_id from log.timers where stream_id like 'worker-%'")
    return [row["stream_id"] for row in rows]


async def test_attention_is_listed_until_its_timer_rings(office: Office, store: Store) -> None:
    worker = (await office.surveyed())["worker"]
    await office.surveyed()
    attention = {"reason": "LOST_JOB", "until": str(legal_day() + timedelta(days=30))}
    await office.post(f"/v1/workers/{worker}/attention", attention)
    await office.catch_up()
    page = await office.get("/v1/workers?region=520526&attention=true")
    assert [each["worker"] for each in page["workers"]] == [worker]
    do = ring(worker, "attention")
    await carry_out(store, Task(do.decider, do.key, do.command, Order(id="timer/1")))
    await office.catch_up()
    assert (await office.get("/v1/workers?region=520526&attention=true"))["workers"] == []


async def test_migrants_of_the_new_generation_follow_from_their_group_and_generation(office: Office) -> None:
    migrant = since("RURAL_TRANSFERRED", "2020-01-01", "2024-01-01")
    young = (await office.surveyed(migrant))["worker"]
    await office.surveyed(migrant, number=number("19790307", 1))
    await office.surveyed(since("LAND_LOST", "2020-01-01"))
    assert await office.in_group("NEW_GENERATION_MIGRANT", "2021-01-01") == [young]
    assert await office.in_group("NEW_GENERATION_MIGRANT", "2025-01-01") == []
    page = await office.get("/v1/workers?region=520526&on=2021-01-01")
    assert [each["derived"] for each in page["workers"]] == [["NEW_GENERATION_MIGRANT"], [], []]
    named = await office.post(
        f"/v1/workers/{young}/groups",
        {**since("NEW_GENERATION_MIGRANT", "2020-01-01"), "evidence": "威人社就〔2026〕12号"},
    )
    assert named.status_code == 422


async def test_workers_are_listed_page_by_page(office: Office, pool: Pool) -> None:
    made = [(await office.surveyed(since("LAND_LOST", "2020-01-01")))["worker"] for _ in range(3)]
    first = await office.get("/v1/workers?region=520526&group=LAND_LOST&limit=2")
    second = await office.get(f"/v1/workers?region=520526&group=LAND_LOST&limit=2&cursor={first['next']}")
    assert [each["worker"] for each in [*first["workers"], *second["workers"]]] == sorted(made)
    statement = members("LAND_LOST", date(2019, 12, 31), "520000", None)
    assert await queries.Query(statement).fetch(pool) == []


async def test_key_counties_of_a_day_are_listed_with_who_supports_them(office: Office) -> None:
    then = await office.get("/v1/key-counties?on=2018-06-01")
    assert {"region": "520526", "name": "威宁彝族回族苗族自治县"}.items() <= then["counties"][1].items()
    assert [each["region"] for each in then["counties"][1]["supporters"]] == ["440100"]
    assert all(not each["supporters"] for each in (await office.get("/v1/key-counties?on=2022-01-01"))["counties"])
    assert (await office.get("/v1/key-counties?on=2021-06-01"))["counties"] == []
