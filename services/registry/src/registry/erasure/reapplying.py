"""After the data were restored from an older backup, their log has lost erasures which the key database remembers:
they are recorded again, so that the number is free and everybody else is told."""

from typing import Final

import structlog
from eventcore.clock import legal_day
from eventcore.store import Store

from registry.erasure.destroying import incarnation
from registry.erasure.erasing import Held, erase
from registry.privacy.commands import KEY_LOST, RESTORED, ErasePersonalData
from registry.vault.keys import PersonKeys
from registry.workers.worker import WORKER

PAGE: Final = 1_000
LOST: Final = "/lost"
"""In place of a version: no event erased this person; the key was lost."""

log = structlog.get_logger()

_DESTROYED: Final = """
select subject, destroyed_by from vault.person_keys
where wrapped_key is null and destroyed_by like $1 and subject > $2 order by subject limit $3
"""
_NOT_ERASED: Final = """
select w.subject from unnest($1::text[]) w(subject)
where not exists (select from log.events e where e.stream_id = $2 || w.subject and e.type = 'personal-data-erased')
  and (exists (select from log.events e where e.stream_id = $2 || w.subject)
       or exists (select from log.guards g where g.scope = 'person' and g.holder = w.subject))
"""


async def reapply(store: Store, keys: PersonKeys) -> int:
    """Returns how many erasures were recorded again. Unavailable."""
    stream, name, after, done = f"{WORKER.category}-", await incarnation(store.pool), "", 0
    while destroyed := await keys.pool.fetch(_DESTROYED, f"{stream}%", after, PAGE):
        after = destroyed[-1]["subject"]
        by = {row["subject"]: row["destroyed_by"] for row in destroyed}
        for (worker,) in await store.pool.fetch(_NOT_ERASED, list(by), stream):
            await _record(store, worker, by[worker], name)
            done += 1
    if done:
        log.warning("vault.erasures_recorded_again", count=done)
    return done


async def _record(store: Store, worker: str, destroyed_by: str, name: str) -> None:
    ground = KEY_LOST if destroyed_by.endswith(LOST) else RESTORED

    def command(held: Held) -> ErasePersonalData:
        return ErasePersonalData(
            worker=worker,
            ground=ground,
            numbers=held.numbers,
            signs=held.signs,
            linked=held.linked,
            official="registry",
            organisation="registry",
            today=legal_day(),
        )

    await erase(store, command, worker, f"reapply/{name}/{destroyed_by}")
