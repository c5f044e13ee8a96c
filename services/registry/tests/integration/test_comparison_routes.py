"""Runs compare snapshots of systems, and people decide what contradicts."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from eventcore.database import Pool
from eventcore.verify import verify
from registry.app import SERVICE
from sent_snapshots import THREE, table, upload, uploaded

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]
CatchUp = Callable[[], Awaitable[None]]


@pytest.fixture
def clerk(headers: Headers) -> Callable[..., dict[str, str]]:
    """A clerk of the province's office, or another one."""

    def of(office: str = "clerk", region: str = "520000", key: str | None = None) -> dict[str, str]:
        return headers("zhou", region=region, office=office, key=key)

    return of


async def run(client: httpx.AsyncClient, clerk: Headers, snapshots: dict[str, str]) -> dict[str, Any]:
    body = {"comparison": "three-systems", "snapshots": snapshots}
    answer = await client.post("/v1/match-runs", json=body, headers=clerk())
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def conflicts(client: httpx.AsyncClient, clerk: Headers, **query: str) -> list[dict[str, Any]]:
    text = "&".join(f"{name}={value}" for name, value in {"region": "520000", **query}.items())
    answer = await client.get(f"/v1/match-conflicts?{text}", headers=clerk())
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["conflicts"]
    return found


async def test_three_systems_are_compared_and_each_contradiction_is_listed_once(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp, pool: Pool
) -> None:
    snapshots = await uploaded(client, clerk)
    done = await run(client, clerk, snapshots)
    await catch_up()
    found = await conflicts(client, clerk)
    assert done["found"] == len(found)
    assert {(each["rule"], each["county"]) for each in found} == {
        ("POOR_STUDENT_NOT_REGISTERED", "520526"),
        ("STUDENT_WITHOUT_SCHOOL_RECORD", "522301"),
        ("POVERTY_DIFFERS", "520526"),
        ("TRAINED_WITHOUT_RECORD", "522301"),
        ("TRAINING_DIFFERS", "520526"),
        ("TWO_NAMES", "520526"),
        ("POOR_TRAINEE_NOT_REGISTERED", "522301"),
    }
    assert all(each["age_days"] == 0 for each in found)
    await run(client, clerk, snapshots)
    await catch_up()
    assert {each["conflict"] for each in await conflicts(client, clerk)} == {each["conflict"] for each in found}
    here = await conflicts(client, lambda: clerk(region="522301"), region="522301")
    assert {each["county"] for each in here} == {"522301"}
    counts = await client.get("/v1/match-conflict-counts?region=520526", headers=clerk(region="520526"))
    assert sum(each["open"] for each in counts.json()["counties"]) == len(found) - len(here)
    read = await client.get(f"/v1/match-runs/{done['run']}", headers=clerk())
    assert read.json() == done
    assert await verify(pool, SERVICE.deciders) == []


async def test_a_decided_conflict_is_not_opened_again_unless_the_systems_say_otherwise(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp
) -> None:
    snapshots = await uploaded(client, clerk)
    await run(client, clerk, snapshots)
    await catch_up()
    (conflict,) = (each for each in await conflicts(client, clerk) if each["rule"] == "POVERTY_DIFFERS")
    path = f"/v1/match-conflicts/{conflict['conflict']}/decision"
    decision = {"right": "registered-poverty", "follow_up": "SOURCE_CORRECTS", "reason": "OFFICE_CONFIRMED"}
    for head in (clerk(), clerk(office="registrar", region="522301")):
        refused = await client.post(path, json=decision, headers=head)
        assert refused.status_code == 403
    registrar = clerk(office="registrar", region="520526")
    wrong = await client.post(path, json={**decision, "right": "social-insurance"}, headers=registrar)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "match_conflict_no_such_side")
    decided = await client.post(path, json=decision, headers=clerk(office="registrar", region="520526"))
    assert (decided.status_code, decided.json()["state"]) == (201, "decided")
    await run(client, clerk, snapshots)
    await catch_up()
    assert conflict["conflict"] not in {each["conflict"] for each in await conflicts(client, clerk)}
    (kept,) = await conflicts(client, clerk, state="decided")
    assert (kept["right"], kept["official"], kept["reason"]) == ("registered-poverty", "zhou", "OFFICE_CONFIRMED")
    more = "T9009,杨·阿依,520599200901010052,威宁县,是,创业培训,2026-06-01,2026-06-20\r\n".encode()
    otherwise = await uploaded(client, clerk, real_name_training=table("real-name-training") + more)
    await run(client, clerk, otherwise)
    await catch_up()
    (again,) = (each for each in await conflicts(client, clerk) if each["rule"] == "POVERTY_DIFFERS")
    assert again["conflict"] == conflict["conflict"]
    assert again["opened_at"] > conflict["opened_at"]
    assert await conflicts(client, clerk, state="decided") == []


async def test_a_conflict_that_is_gone_vanishes_and_its_opening_is_remembered(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp
) -> None:
    await run(client, clerk, await uploaded(client, clerk))
    await catch_up()
    before = {each["rule"]: each for each in await conflicts(client, clerk)}
    other = table("technical-school-registration").replace("护理,在读,否".encode(), "护理,在读,是".encode())
    done = await run(client, clerk, await uploaded(client, clerk, technical_school_registration=other))
    await catch_up()
    assert done["gone"] == 1
    (gone,) = await conflicts(client, clerk, state="vanished")
    assert gone["conflict"] == before["POVERTY_DIFFERS"]["conflict"]
    assert gone["opened_at"] == before["POVERTY_DIFFERS"]["opened_at"]


async def test_the_order_of_uploads_and_of_rows_does_not_matter(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp
) -> None:
    first = await uploaded(client, clerk)
    await run(client, clerk, first)
    await catch_up()
    found = await conflicts(client, clerk)
    head, *rows = table("registered-poverty").decode("utf-8-sig").splitlines()
    turned = "\n".join([head, *reversed(rows)]).encode()
    answers = await asyncio.gather(
        *(upload(client, clerk(), s, turned if s == "registered-poverty" else table(s)) for s in reversed(THREE))
    )
    second = {answer.json()["source"]: answer.json()["snapshot"] for answer in answers}
    assert not set(second.values()) & set(first.values())
    again = await run(client, clerk, second)
    await catch_up()
    assert (again["found"], again["gone"]) == (len(found), 0)
    assert await conflicts(client, clerk) == found


async def test_a_comparison_has_a_due_day_and_a_run_that_is_interrupted_goes_on(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp, pool: Pool
) -> None:
    (before,) = (
        each
        for each in (await client.get("/v1/comparisons", headers=clerk())).json()["comparisons"]
        if each["comparison"] == "three-systems"
    )
    assert (before["done"], before["missed"]) == (False, [])
    await uploaded(client, clerk)
    await catch_up()
    (shown,) = (
        each
        for each in (await client.get("/v1/comparisons", headers=clerk())).json()["comparisons"]
        if each["comparison"] == "three-systems"
    )
    chosen = {each["source"]: each["snapshot"] for each in shown["sides"]}
    body = {"comparison": "three-systems", "snapshots": chosen}
    head = clerk(key="run-1")
    first = await client.post("/v1/match-runs", json=body, headers=head)
    events = await pool.fetchval("select count(*) from log.events")
    again = await client.post("/v1/match-runs", json=body, headers=head)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert await pool.fetchval("select count(*) from log.events") == events
    await catch_up()
    (after,) = (
        each
        for each in (await client.get("/v1/comparisons", headers=clerk())).json()["comparisons"]
        if each["comparison"] == "three-systems"
    )
    assert (after["done"], after["overdue"]) == (True, False)
    assert await pool.fetchval("select count(*) from log.timers where stream_id = 'comparison-three-systems'") == 1


async def test_a_run_needs_a_whole_snapshot_of_each_side(client: httpx.AsyncClient, clerk: Headers) -> None:
    snapshots = await uploaded(client, clerk)
    for sides, status, code in (
        ({**snapshots, THREE[0]: snapshots[THREE[1]]}, 409, "match_snapshot_unusable"),
        ({**snapshots, THREE[0]: "0195a002-0000-7000-8000-000000000002"}, 409, "match_snapshot_unusable"),
        ({THREE[0]: snapshots[THREE[0]], THREE[1]: snapshots[THREE[1]]}, 422, "match_sides_wrong"),
    ):
        body = {"comparison": "three-systems", "snapshots": sides}
        answer = await client.post("/v1/match-runs", json=body, headers=clerk())
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    elsewhere = {"comparison": "three-systems", "snapshots": snapshots}
    refused = await client.post("/v1/match-runs", json=elsewhere, headers=clerk(region="520526"))
    assert (refused.status_code, refused.json()["code"]) == (403, "region_not_yours")


async def test_the_table_for_offices_is_safe_and_holds_nothing_personal(
    client: httpx.AsyncClient, clerk: Headers, catch_up: CatchUp
) -> None:
    school = table("technical-school-registration").replace(b"X0002", b"@SUM(A1)")
    await run(client, clerk, await uploaded(client, clerk, technical_school_registration=school))
    await catch_up()
    answer = await client.get("/v1/match-conflict-table?region=520000", headers=clerk())
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + len(await conflicts(client, clerk))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "520599" not in text
    assert "王" not in text


async def test_surveys_are_compared_with_social_insurance(
    client: httpx.AsyncClient,
    clerk: Headers,
    headers: Headers,
    survey: Callable[..., dict[str, Any]],
    catch_up: CatchUp,
) -> None:
    """The insured: 王秀英 yes, 李建国 no longer, 赵铁柱 yes."""
    employed = {
        "status": "EMPLOYED",
        "form": "ENTERPRISE",
        "region": "520526",
        "employer": "厂",
        "contact": "05740000000",
    }
    flexible = {"status": "EMPLOYED", "form": "FLEXIBLE", "region": "520526", "contact": "05740000000"}
    bodies = (
        survey(number="520599199003070023"),
        survey(number="520599198801010055", employment=employed),
        survey(number="520599199202290088", employment=employed),
        survey(number="52059918850304002X", employment=flexible),
        survey(number="520599188001010015", employment=employed),
    )
    workers: list[str] = []
    for body in bodies:
        made = (await client.post("/v1/surveys", json=body, headers=headers())).json()
        await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
        workers.append(made["worker"])
    await catch_up()
    ours = await client.post("/v1/own-snapshots", headers=clerk())
    assert (ours.status_code, ours.json()["people"]) == (201, 5), ours.text
    theirs = await upload(client, clerk(), "social-insurance", table("social-insurance"))
    snapshots = {"registry": ours.json()["snapshot"], "social-insurance": theirs.json()["snapshot"]}
    answer = await client.post(
        "/v1/match-runs", json={"comparison": "social-insurance", "snapshots": snapshots}, headers=clerk()
    )
    assert answer.status_code == 201, answer.text
    await catch_up()
    found = await conflicts(client, clerk, comparison="social-insurance")
    assert {(each["rule"], each["worker"]) for each in found} == {
        ("INSURANCE_DIFFERS", workers[0]),
        ("INSURANCE_DIFFERS", workers[1]),
        ("EMPLOYED_NOT_INSURED", workers[4]),
    }
