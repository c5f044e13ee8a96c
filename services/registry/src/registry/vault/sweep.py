"""Keys commit before their event; where the event never came, the key goes again."""

import asyncio
from datetime import timedelta
from typing import Final

import asyncpg
import structlog
from eventcore.database import GONE, Pool

from registry.surveys.survey import PERSON

PATIENCE: Final = timedelta(hours=1)
"""A command lives for seconds: after this time its event will not come any more."""
EVERY: Final = 600.0
PAGE: Final = 1_000

log = structlog.get_logger()

_UNCONFIRMED: Final = """
select subject from vault.person_keys
where not confirmed and created_at < clock_timestamp() - $1::interval order by created_at limit $2
"""
_CONFIRM: Final = "update vault.person_keys set confirmed = true where subject = any($1::text[])"
_DESTROY: Final = """
delete from vault.person_keys
where subject = any($1::text[]) and not confirmed and created_at < clock_timestamp() - $2::interval
"""
_HOLDERS: Final = "select distinct holder from log.guards where scope = $1 and holder = any($2::text[])"


async def sweep(keys: Pool, log_pool: Pool, patience: timedelta = PATIENCE) -> int:
    """Destroys the keys of subjects that have no event, and returns how many. Whoever has one holds the guard of a
    number, taken by the same call of the door: that is asked, not a view, which may lag."""
    destroyed = 0
    while subjects := [r["subject"] for r in await keys.fetch(_UNCONFIRMED, patience, PAGE)]:
        holders = [r["holder"] for r in await log_pool.fetch(_HOLDERS, PERSON, subjects)]
        orphans = list({*subjects} - {*holders})
        await keys.execute(_CONFIRM, holders)
        await keys.execute(_DESTROY, orphans, patience)
        destroyed += len(orphans)
    return destroyed


async def keep_swept(keys: Pool, log_pool: Pool, every: float = EVERY) -> None:
    """Sweeps now and then, until it is cancelled."""
    while True:
        try:
            if count := await sweep(keys, log_pool):
                log.info("vault.swept", count=count)
        except (*GONE, asyncpg.PostgresError) as error:
            log.warning("vault.not_swept", error=type(error).__name__)
        await asyncio.sleep(every)
