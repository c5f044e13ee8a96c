"""An erased person is gone: from answers, views, search and memory, and from what is restored later."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest
from contracts.subsidy import ClaimDecidedV1, Payee
from eventcore.database import Pool, Unavailable
from eventcore.inbox import Inbox
from eventcore.readers import queries
from eventcore.store import Store
from eventcore.verify import verify
from published import RECORDED_AT, Published
from registry.app import SERVICE
from registry.disclosures.views.persons import PERSONS
from registry.duplicates.views.signs import SIGNS
from registry.erasure.destroying import READER
from registry.erasure.watching import Watch
from registry.sweep import sweep
from registry.vault import FileKeys, KeyGone, PersonKeys, Vault
from sqlalchemy import select

pytestmark = pytest.mark.postgres
Post = Callable[..., Any]


async def test_an_erased_person_is_gone_from_every_answer(
    client: Any, headers: Any, recorded: Post, officer: Post, catch_up: Any, pool: Pool, keys_pool: Pool
) -> None:
    made = await recorded()
    await catch_up()
    worker, survey = made["worker"], made["survey"]
    erased = await officer(f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"})
    assert (erased.status_code, erased.json()["state"]) == (201, "erased")
    await catch_up()
    for path, body, who in (
        (f"/v1/surveys/{survey}/identity", {"purpose": "SURVEY_REVIEW"}, headers("chen")),
        (f"/v1/workers/{worker}/identity", {"purpose": "JOB_SERVICE"}, headers("wu", office="clerk")),
        (f"/v1/workers/{worker}/file", None, headers(worker, office="worker")),
    ):
        answer = await client.post(path, json=body, headers=who)
        assert (answer.status_code, answer.json()["code"]) == (410, "personal_data_gone")
    registrar = headers("qian", office="registrar")
    shown = await client.get(f"/v1/workers/{worker}", headers=registrar)
    assert (shown.status_code, shown.json()["code"]) == (410, "personal_data_gone")
    listed = await client.get("/v1/workers?region=520526", headers=registrar)
    assert (listed.status_code, worker in listed.text) == (200, False)
    known = {"by": "number", "number": "520599189003070024"}
    sought = {"known": known, "purpose": "JOB_SERVICE"}
    searched = await client.post("/v1/worker-searches", json=sought, headers=registrar)
    assert searched.status_code == 404
    assert await keys_pool.fetchval("select wrapped_key is null from vault.person_keys where subject = $1", worker)
    persons = PERSONS.definition
    (row,) = await queries.Query(select(persons).where(persons.c.worker == worker)).fetch(pool)
    assert (row["erased"], row["surveys"], row["numbers"]) == (True, "[]", [])
    assert await pool.fetchval("select count(*) from log.guards where scope = 'person'") == 0
    assert await verify(pool, SERVICE.deciders) == []
    said = headers("zhou", office="privacy-officer")
    state = (await client.get(f"/v1/workers/{worker}/privacy", headers=said)).json()
    assert (state["state"], state["key_destroyed"]) == ("erased", True)


async def test_who_was_owed_a_subsidy_is_kept_until_the_legal_term_is_over(
    recorded: Post, officer: Post, catch_up: Any, store: Store
) -> None:
    worker = (await recorded())["worker"]
    event = ClaimDecidedV1(
        claim="c1",
        kind="LIVING",
        worker=worker,
        region="520526",
        outcome="APPROVED",
        reasons=(),
        pack="520000-living@1",
        fund="EMPLOYMENT_SUBSIDY",
        payee=Payee(kind="WORKER", id=worker),
        amount=84_000,
        decided_on=date(2026, 6, 2),
    )
    decided = Published(event=event, stream="claim-c1", version=3, at=RECORDED_AT)
    await Inbox(store.pool, store.appended).receive([decided.message(0)])
    await catch_up()
    erased = await officer(f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"})
    assert (erased.status_code, erased.json().get("code")) == (409, "retention_running")


async def test_an_erased_persons_signs_leave_the_table_also_those_of_who_was_found_to_be_them(
    client: Any, headers: Any, recorded: Post, officer: Post, catch_up: Any, pool: Pool
) -> None:
    stays, other = await recorded(), await recorded(number="520599199003070015")
    there = await recorded(number="520599198803070035", name="李建国")
    decision = {
        "other": other["worker"], "verdict": "SAME", "reason": "NUMBER_CORRECTED", "evidence": ["威人社〔2026〕32号"],
    }  # fmt: skip
    who = headers("sun", office="registrar")
    linked = await client.post(f"/v1/workers/{stays['worker']}/duplicates", json=decision, headers=who)
    assert linked.status_code == 201
    await catch_up()
    assert (await officer(f"/v1/workers/{stays['worker']}/erasure", {"ground": "TERM_OVER"})).status_code == 201
    await catch_up()
    left = await queries.Query(select(SIGNS.definition.c.workers)).fetch(pool)
    assert left
    assert {worker for row in left for worker in row["workers"]} == {there["worker"]}


async def test_erasing_again_changes_nothing_and_nobody_is_somebody(
    recorded: Post, officer: Post, catch_up: Any, pool: Pool
) -> None:
    worker = (await recorded(approve=False))["worker"]
    path = f"/v1/workers/{worker}/erasure"
    elsewhere = await officer(path, {"ground": "TERM_OVER"}, region="440100")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "region_not_yours")
    for status in (201, 200):
        assert (await officer(path, {"ground": "TERM_OVER"})).status_code == status
        await catch_up()
    assert await pool.fetchval("select count(*) from log.events where type = 'personal-data-erased'") == 1
    nobody = await officer("/v1/workers/0195a001-0000-7000-8000-000000000001/erasure", {"ground": "TERM_OVER"})
    assert (nobody.status_code, nobody.json()["code"]) == (404, "not_found")


async def test_nobody_is_asked_to_act_on_an_erased_person(
    client: Any, headers: Any, recorded: Post, officer: Post, catch_up: Any
) -> None:
    gone = await recorded(approve=False, phone="13900001111")
    there = await recorded(approve=False, number="520599199003070015", phone="13900001111")
    registrar = headers("qian", office="registrar", region="520526")
    assert len((await client.get("/v1/duplicate-candidates?region=520526", headers=registrar)).json()["pairs"]) == 1
    await officer(f"/v1/workers/{gone['worker']}/erasure", {"ground": "PERSON_REQUEST"})
    await catch_up()
    waiting = (await client.get("/v1/surveys?region=520526", headers=headers("chen"))).json()["surveys"]
    assert [each["survey"] for each in waiting] == [there["survey"]]
    assert (await client.get("/v1/duplicate-candidates?region=520526", headers=registrar)).json()["pairs"] == []


async def test_the_number_is_free_and_the_person_who_comes_again_is_somebody_else(
    recorded: Post, officer: Post, catch_up: Any
) -> None:
    worker = (await recorded())["worker"]
    await officer(f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"})
    await catch_up()
    again = (await recorded())["worker"]
    assert again != worker


async def test_who_has_a_legal_term_running_is_restricted_and_not_erased(
    client: Any, headers: Any, recorded: Post, officer: Post, catch_up: Any
) -> None:
    made = await recorded()
    path = f"/v1/workers/{made['worker']}"
    body = {"ground": "LEGAL_RETENTION", "until": "2099-01-01"}
    assert (await officer(f"{path}/restriction", body)).json()["state"] == "restricted"
    await catch_up()
    refused = await officer(f"{path}/erasure", {"ground": "PERSON_REQUEST"})
    assert (refused.status_code, refused.json()["code"]) == (409, "retention_running")
    url = f"/v1/surveys/{made['survey']}/identity"
    kept = await client.post(url, json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen"))
    assert (kept.status_code, kept.json()["code"]) == (409, "use_restricted")
    assert (await officer(f"{path}/restriction-end")).json()["state"] == "free"
    shown = await client.post(url, json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen"))
    assert (shown.status_code, shown.json()["name"]) == (201, "王秀英")
    await catch_up()
    assert (await officer(f"{path}/erasure", {"ground": "PERSON_REQUEST"})).status_code == 201


async def test_a_key_is_never_made_again_for_an_erased_person(
    recorded: Post, officer: Post, catch_up: Any, pool: Pool, keys_pool: Pool, vault: Vault
) -> None:
    worker = (await recorded())["worker"]
    await officer(f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"})
    await catch_up()
    other = Vault(PersonKeys(keys_pool, FileKeys([bytes.fromhex("4d" * 32)])))
    for each in (vault, other):
        with pytest.raises(Unavailable):
            await each.prepare(frozenset({worker}))
        with pytest.raises(KeyGone):
            await each.open(worker, "survey-s1/1/name", "v1.x")
    await other.prepare(frozenset({"w9"}))
    for statement in (
        "delete from vault.person_keys where subject = $1",
        "insert into vault.person_keys (subject, wrapped_key, master_version) values ($1, 'x', 1)",
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await keys_pool.execute(statement, worker)
    assert await sweep(keys_pool, pool, patience=timedelta()) == 1


async def test_every_process_forgets_the_key_within_a_second_or_two(
    recorded: Post, officer: Post, pool: Pool, keys_pool: Pool, destroy: Any
) -> None:
    made = await recorded()
    other = Vault(PersonKeys(keys_pool, FileKeys([bytes.fromhex("4d" * 32)])))
    watch = Watch(Store(pool, sealer=other), other.keys)
    await watch.look()
    assert await other.keys.find(made["worker"])
    await officer(f"/v1/workers/{made['worker']}/erasure", {"ground": "PERSON_REQUEST"})
    await destroy()
    assert await other.keys.find(made["worker"])  # in its memory still
    await watch.look()
    with pytest.raises(KeyGone):
        await other.keys.find(made["worker"])


async def test_a_key_that_could_not_be_destroyed_is_destroyed_later(
    recorded: Post, officer: Post, pool: Pool, keys_pool: Pool, databases: Any, destroy: Any
) -> None:
    worker = (await recorded())["worker"]
    await officer(f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"})
    owner = await asyncpg.connect(databases.keys_owner, timeout=5)
    await owner.execute("revoke execute on function vault.destroy from registry_test_app")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await destroy()
    assert (
        await pool.fetchval(
            "select count(*) from log.events where position > (select position from "
            "log.checkpoints where reader = $1) and type = 'personal-data-erased'",
            READER,
        )
        == 1
    )
    await owner.execute("grant execute on function vault.destroy to registry_test_app")
    await owner.close()
    await destroy()
    assert await keys_pool.fetchval("select wrapped_key is null from vault.person_keys where subject = $1", worker)
