"""Candidates in their order, designation, and lists of trainees with their receipts, through the API."""

from datetime import date
from typing import Any

import httpx
import pytest
from contracts.groups import GROUPS
from contracts.memberships import Membership
from eventcore.database import Pool
from eventcore.readers import queries
from eventcore.verify import verify
from people_office import UNEMPLOYED, CatchUp, Headers, Office, Survey, designated, since
from registry.app import SERVICE
from registry.workers import priority
from registry.workers.views.lists import candidates, rank


@pytest.fixture
def office(client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> Office:
    return Office(client, headers, survey, catch_up)


async def test_candidates_come_in_the_order_of_the_priorities_with_the_reasons(office: Office, pool: Pool) -> None:
    held = [(), (since("LAND_LOST", "2020-01-01"),), (since("POVERTY_LIFTED", "2021-01-01"),)]
    held += [(since("LAND_LOST", "2020-01-01"), since("MONITORED", "2024-01-01")), (since("LAND_LOST", "2027-01-01"),)]
    held[-1] = (since("POVERTY_LIFTED", "2021-01-01", "2022-01-01"), since("HARD_TO_EMPLOY", "2023-01-01"))
    workers = [(await office.surveyed(*each, employment=UNEMPLOYED))["worker"] for each in held]
    no_wish = await office.surveyed(since("POVERTY_LIFTED", "2021-01-01"), employment={**UNEMPLOYED, "wishes": ["JOB"]})
    ineligible = await office.surveyed(since("POVERTY_LIFTED", "2021-01-01"), employment=UNEMPLOYED)
    await office.post(f"/v1/workers/{ineligible['worker']}/eligibility", {"able_to_work": False})
    await office.catch_up()
    pages, query = [], "/v1/trainee-candidates?region=520526&limit=2"
    page = await office.get(query)
    while page["candidates"]:
        pages += page["candidates"]
        page = await office.get(f"{query}&cursor={page['next']}") if page["next"] else {"candidates": []}
    assert [each["worker"] for each in pages] == [workers[n] for n in (2, 3, 1, 4, 0)]
    assert [each["reasons"] for each in pages] == [
        ["POOR_HOUSEHOLD"],
        ["POOR_HOUSEHOLD", "LAND_LOST"],
        ["LAND_LOST"],
        ["HARD_TO_EMPLOY"],
        [],
    ]
    assert no_wish["worker"] not in [each["worker"] for each in pages]
    on = {each["worker"]: each for each in await candidates_on(pool, date(2021, 6, 1))}
    assert on[workers[4]]["rank"] == 0


async def candidates_on(pool: Pool, day: date) -> list[Any]:
    return await queries.Query(candidates("520000", rank(day)).order_by("rank", "worker")).fetch(pool)


async def test_the_query_ranks_as_the_pure_function_does(office: Office, pool: Pool) -> None:
    """Every group on its own, on days before, within and after its time."""
    for code in GROUPS.codes:
        first = max(code.valid_from or date(2015, 1, 1), date(2015, 1, 1))
        group = since(code.code, str(first), str(code.valid_to) if code.valid_to else None)
        await office.surveyed(group, employment=UNEMPLOYED, seen=False)
    await office.catch_up()
    for day in (date(2014, 6, 1), date(2016, 6, 1), date(2019, 6, 1), date(2026, 6, 1)):
        rows = await candidates_on(pool, day)
        assert len(rows) == len(GROUPS.codes)
        for row in rows:
            held = [
                Membership(group=group, valid_from=first, valid_to=last)
                for group, first, last in zip(row["group_codes"], row["group_from"], row["group_to"], strict=True)
            ]
            assert row["rank"] == priority.rank(held, day)
        assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)


async def test_a_list_of_trainees_goes_to_its_receivers_who_confirm(office: Office, pool: Pool) -> None:
    land = await designated(office, since("LAND_LOST", "2020-01-01"))
    poor = await designated(office, since("POVERTY_LIFTED", "2021-01-01"))
    body = {
        "region": "520526",
        "plan": "520000-2026",
        "trainees": [land, poor],
        "receivers": [
            {"kind": "LABOUR_DEPARTMENT", "organisation": "520526-hrss"},
            {"kind": "TRAINING_INSTITUTION", "organisation": "520100-hrss"},
        ],
    }
    published = await office.post("/v1/trainee-lists", body)
    assert published.status_code == 201, published.text
    path = f"/v1/trainee-lists/{published.json()['trainee_list']}"
    institution: dict[str, Any] = {"office": "institution", "region": "520100"}
    assert (await office.get(path, **institution))["workers"] == [poor, land]
    stranger = office.headers("wu", office="institution", region="520300")
    assert (await office.client.get(path, headers=stranger)).status_code == 404
    assert (await office.post(f"{path}/receipt", **institution)).status_code == 201
    assert (await office.post(f"{path}/receipt", **institution)).status_code == 200
    assert (await office.post(f"{path}/receipt", office="institution", region="520300")).status_code == 403
    await office.catch_up()
    (shown,) = (await office.get("/v1/trainee-lists?region=520526&only_open=true"))["lists"]
    assert [(each["open_days"], each["late"]) for each in shown["receipts"]] == [(0, False), (None, False)]
    (own,) = (await office.get("/v1/trainee-lists?region=520000", **institution))["lists"]
    assert own["trainee_list"] == shown["trainee_list"]
    assert await verify(pool, SERVICE.deciders) == []
