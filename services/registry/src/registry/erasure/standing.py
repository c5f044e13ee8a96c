"""Does the key database fit the log? One that was restored from an older backup closes the vault."""

from typing import Final

import msgspec
from eventcore.database import Pool

from registry.erasure.destroying import known_up_to, undone_since
from registry.vault.keys import PersonKeys

OLDER: Final = "keys_older_than_log"
"""Erasures that were carried out are not any more. Ends by itself: they are carried out again."""
MISSING: Final = "keys_missing"
"""Events are sealed under keys that are not there. Ends when the newer key database is back."""
NEWEST: Final = 200

_SEALED: Final = """
select data from (select type, data from log.events order by position desc limit $1) newest
where type = 'survey-recorded'
"""
_ABSENT: Final = """
select count(*) from unnest($1::text[]) w(subject)
where not exists (select from vault.person_keys k where k.subject = w.subject)
"""


class _Subject(msgspec.Struct):
    worker: str


async def trouble(pool: Pool, keys: PersonKeys) -> str | None:
    """Why no personal data may be read or written now; None where all is well."""
    return await older(pool, keys) or await incomplete(pool, keys)


async def older(pool: Pool, keys: PersonKeys) -> str | None:
    """`OLDER`, where an erasure that was carried out is not any more."""
    if await undone_since(pool, await known_up_to(pool, keys)) is not None:
        return OLDER
    return None


async def incomplete(pool: Pool, keys: PersonKeys) -> str | None:
    """`MISSING`, where the newest surveys are about persons without a key."""
    sealed = await pool.fetch(_SEALED, NEWEST)
    subjects = sorted({msgspec.json.decode(row["data"], type=_Subject).worker for row in sealed})
    # Keys commit before their events: a key database that has those of the newest has all.
    if subjects and await keys.pool.fetchval(_ABSENT, subjects):
        return MISSING
    return None
