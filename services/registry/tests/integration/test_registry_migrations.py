"""Migrations: again is harmless, and the application may do what it has to and nothing else."""

from typing import Any

import asyncpg
import pytest
from eventcore import migrations
from eventcore.database import Pool
from lb.local.blocking import run_apart
from pydantic import SecretStr
from registry.app import MIGRATIONS, SERVICE, migrate_further

pytestmark = pytest.mark.postgres


async def test_migrating_again_changes_nothing(databases: Any, settings: Any, pool: Pool, keys_pool: Pool) -> None:
    async def shape(pool: Pool) -> Any:
        return await pool.fetch(
            "select table_schema, table_name, column_name, data_type from information_schema.columns "
            "where table_schema in ('log', 'views', 'vault', 'public') order by 1, 2, 3"
        )

    incarnation = await pool.fetchval("select incarnation from log.head")
    before = (await shape(pool), await shape(keys_pool))
    owners = {"database_owner_url": databases.log_owner, "keys_database_owner_url": databases.keys_owner}
    owner = settings.model_copy(update={name: SecretStr(url) for name, url in owners.items()})
    for _ in range(2):
        run_apart(lambda: _upgrade(databases.log_owner))
        await migrations.lay(databases.log_owner, "registry_test_app", SERVICE.views)
        await migrate_further(owner)
    assert (await shape(pool), await shape(keys_pool)) == before
    assert await pool.fetchval("select incarnation from log.head") == incarnation


async def _upgrade(url: str) -> None:
    import asyncio

    await asyncio.to_thread(migrations.upgrade, url, MIGRATIONS / "log")


@pytest.mark.parametrize(
    "statement",
    [
        "insert into log.guards values ('person', 'x', 'w', 'e')",
        "delete from log.events",
        "update log.commands set answer = ''",
        "create table log.mine (x text)",
    ],
)
async def test_the_application_writes_facts_through_the_door_only(pool: Pool, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute(statement)


async def test_the_holder_of_a_number_is_found_by_an_index(pool: Pool) -> None:
    plan = await pool.fetch(
        "explain select holder from log.guards where scope = 'person' and holder = any(array['w1', 'w2'])"
    )
    assert any("guards_person_holder" in row[0] for row in plan)
