"""Keys that are lost and in no backup: nobody can read their data any more. Giving them up opens the vault."""

from typing import Final

from eventcore.store import Store

from registry.erasure.reapplying import LOST, reapply
from registry.surveys.survey import PERSON
from registry.vault.keys import PersonKeys
from registry.workers.worker import WORKER

PAGE: Final = 1_000
_HOLDERS: Final = """
select distinct holder from log.guards where scope = $1 and holder > $2 order by holder limit $3
"""
_ABSENT: Final = """
select w.subject from unnest($1::text[]) w(subject)
where not exists (select from vault.person_keys k where k.subject = w.subject)
"""


async def accept_loss(store: Store, keys: PersonKeys) -> int:
    """Every worker who holds a number and has no key is recorded as erased, and can be registered anew. Returns how
    many. Unavailable."""
    after, lost = "", 0
    while holders := [row["holder"] for row in await store.pool.fetch(_HOLDERS, PERSON, after, PAGE)]:
        after = holders[-1]
        absent = [row["subject"] for row in await keys.pool.fetch(_ABSENT, holders)]
        await keys.destroy({worker: f"{WORKER.stream(worker)}{LOST}" for worker in absent})
        lost += len(absent)
    await reapply(store, keys)
    return lost
