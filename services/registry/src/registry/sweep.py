"""Keys commit before their event; where the event never came, the key goes again."""

import asyncio
from datetime import timedelta
from typing import Final

import asyncpg
import structlog
from eventcore.database import GONE, Pool

from registry.disclosures.views.persons import PERSONS
from registry.records.record import RECORD
from registry.surveys.survey import PERSON
from registry.workers.worker import WORKER

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
_KNOWN: Final = f"""
select w.subject from unnest($1::text[]) w(subject)
where exists (select from log.guards g where g.scope = $2 and g.holder = w.subject)
   or exists (select from log.events e
              where e.stream_id in (w.subject, $3 || w.subject, $4 || split_part(w.subject, '/', 1)))
   or exists (select from views."{PERSONS.name}" p where p.worker = w.subject)
"""  # noqa: S608 the name is our own
"""Whoever was surveyed holds the guard of a number, taken by the same call of the door: that is asked first, for a view
may lag. A guard may have gone to another worker since, by a link or an erasure; then the worker's stream or the view
knows them. Of an import or a snapshot the subject is its stream; of a key of one use for another province's worker it
is `<worker>/<transfer>`, and the worker's record has a stream."""


async def sweep(keys: Pool, log_pool: Pool, patience: timedelta = PATIENCE) -> int:
    """Destroys the keys of subjects that have no event, and returns how many."""
    destroyed = 0
    while subjects := [r["subject"] for r in await keys.fetch(_UNCONFIRMED, patience, PAGE)]:
        stream, records = f"{WORKER.category}-", f"{RECORD.category}-"
        known = [r["subject"] for r in await log_pool.fetch(_KNOWN, subjects, PERSON, stream, records)]
        orphans = list({*subjects} - {*known})
        await keys.execute(_CONFIRM, known)
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
