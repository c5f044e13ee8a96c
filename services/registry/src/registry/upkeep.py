"""What keeps the vault in order beside requests: in every process, and in the one that leads."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Final

import asyncpg
import structlog
from eventcore.database import GONE, Unavailable
from eventcore.decider import Undecided
from eventcore.settings import Refused
from eventcore.store import Store

from registry.erasure.reapplying import reapply
from registry.erasure.watching import Watch
from registry.numbers.reindexing import Reindexing, missing_versions
from registry.settings import RegistrySettings
from registry.sweep import keep_swept
from registry.vault import NumberIndex, Vault
from registry.vault.keyring import WrappedKeyInvalid
from registry.vault.rewrap import missing_master, rewrap

EVERY: Final = 5.0
SELDOM: Final = 600.0

log = structlog.get_logger()


@asynccontextmanager
async def kept(settings: RegistrySettings, store: Store, vault: Vault) -> AsyncIterator[None]:
    """Within the block this process watches its keys. Refused where one is not there that is needed."""
    files = settings.key_file("master_key"), settings.key_file("index_key")
    watch = Watch(store, vault.keys, files)
    await _require_keys(settings, store, vault)
    await watch.look()
    tasks = [
        asyncio.create_task(watch.keep(), name="watch"),
        asyncio.create_task(keep_swept(vault.keys.pool, store.pool), name="sweep"),
    ]
    try:
        yield
    finally:
        await _end(tasks)


async def _require_keys(settings: RegistrySettings, store: Store, vault: Vault) -> None:
    index = settings.key_file("index_key")
    state = await Reindexing(store, vault, NumberIndex(index)).state()
    if missing := missing_versions(state, index):
        raise Refused(f"the secret index_key in LB_SECRETS_DIR lacks version {missing[0]}, which is in use")
    if lacking := await missing_master(vault.keys.pool, settings.key_file("master_key")):
        raise Refused(f"the secret master_key in LB_SECRETS_DIR lacks version {lacking}, which keys are under")


@asynccontextmanager
async def leading(store: Store, vault: Vault, index: NumberIndex) -> AsyncIterator[None]:
    """Within the block this process brings keys and numbers under the newest versions, and records erasures again that
    a restored log has lost."""
    keys, reindexing = vault.keys, Reindexing(store, vault, index)
    jobs: list[tuple[str, float, Callable[[], Awaitable[int]]]] = [
        ("rewrap", EVERY, lambda: rewrap(keys.pool, keys.masters)),
        ("reindex", EVERY, reindexing.run),
        ("reapply", SELDOM, lambda: reapply(store, keys)),
    ]
    tasks = [asyncio.create_task(_again(*job), name=job[0]) for job in jobs]
    try:
        yield
    finally:
        await _end(tasks)


async def _again(name: str, every: float, job: Callable[[], Awaitable[int]]) -> None:
    """Does it now and then; what fails is tried again."""
    while True:
        try:
            if count := await job():
                log.info("vault.upkeep", name=name, count=count)
        except (*GONE, asyncpg.PostgresError, Unavailable, Undecided, WrappedKeyInvalid) as error:
            log.warning("vault.upkeep_waits", name=name, error=type(error).__name__)
        await asyncio.sleep(every)


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
