"""The key database: a key for each person, committed first, shared by all processes, gone with its row."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from eventcore.database import Pool, Unavailable, connect
from registry.sweep import sweep
from registry.vault import FileKeys, KeyGone, PersonKeys, Unopenable, Vault, keys
from registry.vault.keyring import Wrapped

pytestmark = pytest.mark.postgres
MASTER = FileKeys([b"M" * 32])
PLACE = "survey-s1/1/name"


def another(pool: Pool, masters: FileKeys = MASTER) -> Vault:
    """As another process would have it."""
    return Vault(PersonKeys(pool, masters))


async def test_what_one_process_seals_another_opens(keys_pool: Pool) -> None:
    one, other = another(keys_pool), another(keys_pool)
    await one.prepare(frozenset({"w1"}))
    assert await other.open("w1", PLACE, one.sealing("w1")(PLACE, "王秀英")) == "王秀英"


async def test_the_key_is_committed_before_anything_is_sealed(keys_pool: Pool) -> None:
    vault = another(keys_pool)
    with pytest.raises(KeyGone):
        vault.sealing("w1")(PLACE, "王秀英")
    async with keys_pool.acquire() as other, other.transaction():
        await other.execute("lock table vault.person_keys in exclusive mode")
        preparing = asyncio.create_task(vault.prepare(frozenset({"w1", "w2"})))
        await asyncio.wait({preparing}, timeout=0.3)
        assert not preparing.done()
    await preparing
    assert await keys_pool.fetchval("select count(*) from vault.person_keys") == 2


async def test_many_processes_that_meet_agree_on_a_key(keys_pool: Pool) -> None:
    vaults = [another(keys_pool) for _ in range(8)]
    people = [f"w{n}" for n in range(40)]
    for _ in range(3):
        await asyncio.gather(*(vault.prepare(frozenset(people[n:] + people[:n])) for n, vault in enumerate(vaults)))
    for person in people:
        sealed = vaults[0].sealing(person)(PLACE, person)
        assert {await vault.open(person, PLACE, sealed) for vault in vaults} == {person}


async def test_callers_that_wait_share_one_statement(keys_pool: Pool) -> None:
    calls: list[int] = []

    class Counting(FileKeys):
        async def wrap(self, keys: Mapping[str, bytes]) -> Mapping[str, Wrapped]:
            calls.append(len(keys))
            return await FileKeys.wrap(self, keys)

    vault = another(keys_pool, Counting([b"M" * 32]))
    await asyncio.gather(*(vault.prepare(frozenset({f"w{n}"})) for n in range(200)))
    assert sum(calls) == 200
    assert len(calls) <= 3
    await vault.prepare(frozenset({"w7"}))
    assert sum(calls) == 200


async def test_a_destroyed_key_opens_nothing_once_a_minute_has_passed(
    keys_pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(keys, "monotonic", lambda: now)
    vault = another(keys_pool)
    await vault.prepare(frozenset({"w1"}))
    sealed = vault.sealing("w1")(PLACE, "王秀英")
    await keys_pool.execute("delete from vault.person_keys")
    now += 59.9
    assert await vault.open("w1", PLACE, sealed) == "王秀英"
    now += 0.2
    with pytest.raises(KeyGone):
        await vault.open("w1", PLACE, sealed)
    with pytest.raises(KeyGone):
        vault.sealing("w1")(PLACE, "王秀英")


async def test_a_key_that_is_prepared_lasts_until_it_is_used(keys_pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(keys, "monotonic", lambda: now)
    vault = another(keys_pool)
    await vault.prepare(frozenset({"w1"}))
    now += 45
    await vault.prepare(frozenset({"w1"}))
    now += 45
    assert vault.sealing("w1")(PLACE, "x")


async def test_memory_is_bounded(keys_pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MOST_KEPT", 10)
    person_keys = PersonKeys(keys_pool, MASTER)
    await person_keys.provide([f"w{n}" for n in range(30)])
    kept = 0
    for n in range(30):
        try:
            person_keys.ready(f"w{n}")
            kept += 1
        except KeyGone:
            continue
    assert kept == 10


async def test_another_persons_stored_key_in_ones_place_is_refused(keys_pool: Pool, databases: Any) -> None:
    vault = another(keys_pool)
    await vault.prepare(frozenset({"w1", "w2"}))
    sealed = vault.sealing("w2")(PLACE, "王秀英")
    vault.keys.forget()
    owner = await asyncpg.connect(databases.keys_owner, timeout=5)
    await owner.execute(
        "update vault.person_keys k set wrapped_key = o.wrapped_key from vault.person_keys o "
        "where k.subject = 'w1' and o.subject = 'w2'"
    )
    await owner.close()
    with pytest.raises(Exception, match="w1"):
        await vault.open("w1", PLACE, sealed)
    assert await vault.open("w2", PLACE, sealed) == "王秀英"
    with pytest.raises(Unopenable):
        await vault.open("w2", "survey-s2/1/name", sealed)


async def test_the_application_never_changes_a_key(keys_pool: Pool) -> None:
    await another(keys_pool).prepare(frozenset({"w1"}))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await keys_pool.execute("update vault.person_keys set wrapped_key = ''")


async def test_without_its_database_the_vault_says_so(databases: Any) -> None:
    pool = await connect(databases.keys)
    vault = another(pool)
    await pool.close()
    with pytest.raises(Unavailable):
        await vault.prepare(frozenset({"w1"}))
    with pytest.raises(Unavailable):
        await vault.open("w1", PLACE, "v1.x")


async def test_a_key_without_an_event_is_destroyed_after_its_time(
    keys_pool: Pool, pool: Pool, client: Any, headers: Any, survey: Any, vault: Vault
) -> None:
    answer = await client.post("/v1/surveys", json=survey(), headers=headers())
    await vault.prepare(frozenset({"orphan-1", "orphan-2"}))
    assert await sweep(keys_pool, pool) == 0
    assert await keys_pool.fetchval("select count(*) from vault.person_keys") == 3
    assert await sweep(keys_pool, pool, patience=timedelta()) == 2
    rows = await keys_pool.fetch("select subject, confirmed from vault.person_keys")
    assert [tuple(row) for row in rows] == [(answer.json()["worker"], True)]
    assert await sweep(keys_pool, pool, patience=timedelta()) == 0
