"""What is kept of a roster: sealed, shown to its own office only, destroyed at its term."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from eventcore.database import Pool
from eventcore.readers.lease import Leases
from eventcore.readers.timers import keep_time
from eventcore.serving import application
from eventcore.store import Store
from eventcore.verify import verify
from eventcore.web import Health
from following import soon
from import_clerk import CatchUp, Clerk, Headers, counts
from made_rosters import CSV, line, made_up, roster, roster_of
from registry.app import PROGRAM, SERVICE
from registry.imports.roster_import import IMPORT, TERM, Gone
from registry.imports.shelf import Shelf
from registry.imports.wiring import vault_of
from registry.imports.work import ImportWork
from registry.settings import RegistrySettings
from registry.sweep import sweep

pytestmark = pytest.mark.postgres


@pytest.fixture
def clerk(client: httpx.AsyncClient, headers: Headers, catch_up: CatchUp) -> Clerk:
    return Clerk(client, headers, catch_up)


@pytest.fixture
def work(settings: RegistrySettings, store: Store) -> ImportWork:
    (found,) = (each for each in PROGRAM.works(settings, store) if isinstance(each, ImportWork))
    return found


async def test_nothing_of_a_roster_lies_anywhere_in_clear(clerk: Clerk, pool: Pool) -> None:
    good, bad = made_up(2)
    found = await clerk.imported(roster([line(good), line(bad, 户籍地="")]))
    assert found["judged"] == 2
    for table in ("imports.files", "imports.rosters", "imports.verdicts", "log.events", "log.commands", "log.guards"):
        rows = await pool.fetch(f"select t::text as whole, to_jsonb(t)::text as json from {table} t")  # noqa: S608
        assert rows
        for text in (f"{row['whole']}{row['json']}" for row in rows):
            for plain in (good.number, good.name, bad.number, bad.name, good.phone, "身份证号"):
                for form in (plain, plain.encode().hex(), plain.encode("utf-8-sig").hex()):
                    assert form not in text, f"{table} holds it in clear"


async def test_verdicts_lie_sealed_under_the_key_of_their_import(clerk: Clerk, pool: Pool) -> None:
    found = await clerk.imported(roster([line(made_up(1)[0], 户籍地="")]))
    (verdict,) = await clerk.verdicts(found["import"])
    assert verdict["code"] == "field_missing"
    sealed = await pool.fetchval("select sealed from imports.verdicts where import = $1", found["import"])
    assert b"field_missing" not in sealed
    assert b"household_region" not in sealed


async def test_what_was_put_for_one_place_opens_nowhere_else(clerk: Clerk, databases: Any) -> None:
    found = await clerk.imported(roster_of(made_up(2)))
    other = await clerk.imported(roster_of(made_up(2, seed=8)))
    owner = await asyncpg.connect(databases.log_owner, timeout=5)
    await owner.execute(
        "update imports.verdicts v set sealed = o.sealed from imports.verdicts o where v.import = $1 and o.import = $2",
        found["import"],
        other["import"],
    )
    await owner.close()
    assert (await clerk.get(f"/v1/imports/{found['import']}/verdicts")).status_code == 500


async def test_what_an_organisation_sent_is_listed_page_by_page_the_newest_first(clerk: Clerk) -> None:
    made = [(await clerk.imported(roster_of(made_up(1, seed=seed))))["import"] for seed in range(3)]
    first = (await clerk.get("/v1/imports", limit=2)).json()
    second = (await clerk.get("/v1/imports", limit=2, cursor=first["next"])).json()
    assert [each["import"] for each in [*first["imports"], *second["imports"]]] == made[::-1]
    assert second["next"] is None


async def test_at_its_term_file_verdicts_and_key_are_destroyed(
    clerk: Clerk, pool: Pool, keys_pool: Pool, store: Store, databases: Any
) -> None:
    found = await clerk.imported(roster_of(made_up(3)))
    stream = f"import-{found['import']}"
    (timer,) = await pool.fetch("select name, due_at from log.timers where stream_id = $1", stream)
    assert (timer["name"], timer["due_at"].isoformat()) == (TERM, datetime.fromisoformat(found["ends_at"]).isoformat())
    await expire(store, databases, found["import"])
    for path, query in (("verdicts", {}), ("workbook", {"purpose": "ROSTER_FILING"})):
        answer = await clerk.get(f"/v1/imports/{found['import']}/{path}", **query)
        assert (answer.status_code, answer.json()["code"]) == (410, "import_expired")
    await clerk.catch_up()
    key = await keys_pool.fetchrow("select wrapped_key, destroyed_by from vault.person_keys where subject = $1", stream)
    assert key is not None
    assert (key["wrapped_key"], key["destroyed_by"]) == (None, f"{stream}/3")
    for table in ("files", "rosters", "verdicts"):
        assert await pool.fetchval(f"select count(*) from imports.{table}") == 0  # noqa: S608
    after = (await clerk.get(f"/v1/imports/{found['import']}")).json()
    assert (after["state"], after["verdicts"]) == ("expired", counts(recorded=3))
    assert await verify(pool, SERVICE.deciders) == []


async def expire(store: Store, databases: Any, key: str) -> None:
    """A month goes by, and the timer rings."""

    async def gone() -> bool:
        return isinstance((await store.state(IMPORT, key))[0], Gone)

    owner = await asyncpg.connect(databases.log_owner, timeout=5)
    await owner.execute("update log.head set clock_offset = interval '31 days'")
    await owner.close()
    leases = Leases(databases.log)
    ringing = asyncio.create_task(keep_time(store, tuple(SERVICE.alarms), leases))
    try:
        await soon(gone)
    finally:
        ringing.cancel()
        await asyncio.gather(ringing, return_exceptions=True)
        await leases.close()


async def test_an_expired_import_is_not_run_any_more(clerk: Clerk, pool: Pool, store: Store, databases: Any) -> None:
    sent = await clerk.send(roster_of(made_up(3)))
    key = sent.json()["import"]
    await expire(store, databases, key)
    await clerk.catch_up()
    assert (await clerk.get(f"/v1/imports/{key}")).json()["state"] == "expired"
    assert await pool.fetchval("select count(*) from log.events where type = 'survey-recorded'") == 0


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "roster_empty"),
        (b"%PDF-1.7 nothing for us", 415, "roster_kind_unsupported"),
        (b"PK\x03\x04 broken", 422, "roster_broken"),
        ("姓名,身份证号,就业状态\n".encode(), 422, "roster_columns_missing"),
    ],
)
async def test_a_file_that_is_no_roster_is_refused_before_anything_is_kept(
    clerk: Clerk, pool: Pool, data: bytes, status: int, code: str
) -> None:
    answer = await clerk.send(data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await pool.fetchval("select count(*) from imports.files") == 0
    assert await pool.fetchval("select count(*) from log.events") == 0


async def test_a_body_of_another_kind_or_too_large_is_refused(
    clerk: Clerk, settings: RegistrySettings, store: Store, headers: Headers
) -> None:
    assert (await clerk.send(b"{}", kind="application/json")).json()["code"] == "content_type_unsupported"
    small = settings.model_copy(update={"import_bytes": 1000})
    app = await application(PROGRAM, small, store, Health())

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 400

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registry") as client:
        for content in (b"x" * 1001, parts()):
            given = headers("zhang", office="clerk") | {"Content-Type": CSV}
            answer = await client.post("/v1/imports", content=content, headers=given)
            assert (answer.status_code, answer.json()["code"]) == (413, "import_too_large")


async def test_another_office_sees_nothing_of_an_import(clerk: Clerk) -> None:
    found = await clerk.imported(roster_of(made_up(1)))
    other = Clerk(clerk.client, clerk.headers, clerk.catch_up, region="520524")
    for path, query in (("", {}), ("/verdicts", {}), ("/workbook", {"purpose": "ROSTER_FILING"})):
        answer = await other.get(f"/v1/imports/{found['import']}{path}", **query)
        assert answer.json()["code"] == "region_not_yours"
    above = Clerk(clerk.client, clerk.headers, clerk.catch_up, region="520500")
    assert (await above.get(f"/v1/imports/{found['import']}")).status_code == 404
    assert (await other.get("/v1/imports")).json()["imports"] == []
    (own,) = (await clerk.get("/v1/imports")).json()["imports"]
    assert (own["import"], own["state"], own["recorded"], own["refused"]) == (found["import"], "complete", 1, 0)


async def test_files_whose_import_never_started_are_cleared_away(
    work: ImportWork, clerk: Clerk, settings: RegistrySettings, store: Store, pool: Pool
) -> None:
    shelf = Shelf(pool, vault_of(store))
    await clerk.imported(roster_of(made_up(1)))
    await shelf.put_file("0195a001-0000-7000-8000-000000000001", b"nothing came of it")
    await work.tend()
    assert await pool.fetchval("select count(*) from imports.files") == 2
    await shelf.clear_orphans(timedelta())
    assert await pool.fetchval("select count(*) from imports.files") == 1


async def test_the_sweep_leaves_the_key_of_an_import_alone(clerk: Clerk, pool: Pool, keys_pool: Pool) -> None:
    found = await clerk.imported(roster_of(made_up(1)))
    await sweep(keys_pool, pool, timedelta())
    assert len(await clerk.verdicts(found["import"])) == 1
    subjects = await keys_pool.fetch("select subject from vault.person_keys where confirmed")
    assert f"import-{found['import']}" in {row["subject"] for row in subjects}
