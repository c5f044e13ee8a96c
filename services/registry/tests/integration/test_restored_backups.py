"""Backups of the data and of the keys are restored apart from each other: what was erased stays so."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from eventcore.database import Pool
from eventcore.serving import application
from eventcore.store import Store
from eventcore.verify import verify
from eventcore.web import Health
from httpx import ASGITransport, AsyncClient
from registry.app import PROGRAM, SERVICE
from registry.erasure.destroying import READER, DestroyWork
from registry.erasure.reapplying import reapply
from registry.erasure.standing import MISSING, OLDER, trouble
from registry.erasure.watching import Watch
from registry.vault import KeyGone, Vault

pytestmark = pytest.mark.postgres
Post = Callable[..., Any]


async def test_keys_older_than_the_log_close_the_service_until_they_are_destroyed_again(
    recorded: Post,
    officer: Post,
    client: Any,
    headers: Any,
    settings: Any,
    store: Store,
    vault: Vault,
    pool: Pool,
    keys_pool: Pool,
    databases: Any,
    destroying: DestroyWork,
    destroy: Any,
) -> None:
    erased, other = await recorded(), await recorded(number="520599199003070015")
    backup = [tuple(row) for row in await keys_pool.fetch("select * from vault.person_keys")]
    await officer(f"/v1/workers/{erased['worker']}/erasure", {"ground": "PERSON_REQUEST"})
    await destroy()
    await destroying.tend()
    assert await trouble(pool, vault.keys) is None
    await restore(databases.keys_owner, backup)
    watch = Watch(store, vault.keys)
    await watch.look()
    assert vault.keys.closed == OLDER
    vault.keys.forget()
    shown = await client.post(
        f"/v1/surveys/{other['survey']}/identity", json={"purpose": "SURVEY_REVIEW"}, headers=headers("chen")
    )
    assert shown.status_code == 503
    ready = await probe(settings, store)
    assert ready["ok"] is False
    assert ready["checks"]["keys_not_older_than_log"] is False
    async with destroying.leading():
        await watch.look()
    assert vault.keys.closed is None
    with pytest.raises(KeyGone):
        await vault.keys.find(erased["worker"])
    assert await vault.keys.find(other["worker"])


async def restore(owner_url: str, backup: list[tuple[Any, ...]]) -> None:
    """The key database as it was: other rows, and the horizon of then."""
    owner = await asyncpg.connect(owner_url, timeout=5)
    await owner.execute("truncate vault.person_keys; update vault.horizon set incarnation = '', position = 0")
    await owner.copy_records_to_table("person_keys", schema_name="vault", records=backup)
    await owner.close()


async def probe(settings: Any, store: Store) -> Any:
    app = await application(PROGRAM, settings, store, Health())
    async with AsyncClient(transport=ASGITransport(app), base_url="http://registry") as asking:
        return (await asking.get("/readyz")).json()


async def test_keys_that_are_missing_close_the_service_and_are_not_made_anew(
    recorded: Post, client: Any, headers: Any, survey: Any, store: Store, vault: Vault, keys_pool: Pool
) -> None:
    made = await recorded()
    await keys_pool.execute("delete from vault.person_keys")
    vault.keys.forget()
    await Watch(store, vault.keys).look()
    assert vault.keys.closed == MISSING
    again = await client.post("/v1/surveys", json=survey(), headers=headers("li"))
    assert again.status_code == 503
    assert await keys_pool.fetchval("select count(*) from vault.person_keys") == 0
    assert made["worker"]


async def test_erasures_that_a_restored_log_has_lost_are_recorded_again(
    recorded: Post,
    officer: Post,
    store: Store,
    vault: Vault,
    pool: Pool,
    databases: Any,
    destroying: DestroyWork,
    destroy: Any,
) -> None:
    worker = (await recorded())["worker"]
    guards = [tuple(row) for row in await pool.fetch("select * from log.guards")]
    await officer(f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"})
    await destroy()
    await destroying.tend()
    owner = await asyncpg.connect(databases.log_owner, timeout=5)
    await owner.execute("set session_replication_role = replica")
    await owner.execute("delete from log.events where type = 'personal-data-erased'")
    await owner.execute("delete from log.commands where position > (select max(position) from log.events)")
    await owner.execute("truncate log.guards; update log.head set incarnation = 'restored'")
    await owner.copy_records_to_table("guards", schema_name="log", records=guards)
    await owner.execute("update log.checkpoints set position = 0 where reader = $1", READER)
    await owner.close()
    fresh = Store(pool, sealer=vault)
    assert await reapply(fresh, vault.keys) == 1
    assert await reapply(fresh, vault.keys) == 0
    assert await pool.fetchval("select count(*) from log.guards where scope = 'person'") == 0
    await destroy()
    assert await trouble(pool, vault.keys) is None
    assert await verify(pool, SERVICE.deciders) == []
