"""What the runbook says of an import that stopped: others go on, and a retry goes on after what was judged."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest
from eventcore.database import Pool
from eventcore.readers.checkpoints import ask_retry
from eventcore.readers.lease import Leases
from eventcore.readers.loop import follow
from eventcore.readers.tail import Tail
from eventcore.store import Store
from import_clerk import CatchUp, Clerk, Headers, counts
from made_rosters import made_up, roster_of
from registry.app import PROGRAM
from registry.imports.work import ImportWork
from registry.settings import RegistrySettings

pytestmark = pytest.mark.postgres


@asynccontextmanager
async def following(settings: RegistrySettings, store: Store, log: str) -> AsyncIterator[None]:
    """The reader of imports, as in the worker."""
    (work,) = (each for each in PROGRAM.works(settings, store) if isinstance(each, ImportWork))
    leases, tail = Leases(log), Tail(store.pool, store.appended)
    running = [asyncio.create_task(part) for part in (tail.keep(), follow(store.pool, work, leases, tail))]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await leases.close()


async def reach(clerk: Clerk, key: str, state: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            found: dict[str, Any] = (await clerk.get(f"/v1/imports/{key}")).json()
            if found["state"] == state:
                return found
            await asyncio.sleep(0.05)


async def test_an_import_that_cannot_be_done_stops_alone_and_goes_on_when_it_is_asked_to(
    client: httpx.AsyncClient,
    headers: Headers,
    catch_up: CatchUp,
    settings: RegistrySettings,
    store: Store,
    pool: Pool,
    databases: Any,
) -> None:
    clerk = Clerk(client, headers, catch_up)
    persons = made_up(6)
    broken, sound = [(await clerk.send(roster_of(each))).json()["import"] for each in (persons[:3], persons[3:])]
    owner = await asyncpg.connect(databases.log_owner, timeout=5)
    try:
        await owner.execute("update imports.files set import = 'aside' where import = $1", broken)
        async with following(settings, store, databases.log):
            assert (await reach(clerk, broken, "stopped"))["judged"] == 0
            assert (await reach(clerk, sound, "complete"))["verdicts"] == counts(recorded=3)
            await owner.execute("update imports.files set import = $1 where import = 'aside'", broken)
            assert await ask_retry(pool, f"import-{broken}") == 1
            assert (await reach(clerk, broken, "complete"))["verdicts"] == counts(recorded=3)
    finally:
        await owner.close()
