"""Keys of persons: made before the first event that needs them, kept in memory for a minute at most."""

import secrets
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Final

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventcore.clock import monotonic
from eventcore.database import BUSY, GONE, Pool, Unavailable

from registry.vault.gathering import Gathering
from registry.vault.keyring import KEY_BYTES, MasterKeys, Wrapped

KEPT_SECONDS: Final = 60.0
"""An erased person's key is used nowhere after this time."""
FRESH_SECONDS: Final = 30.0
"""What is older is fetched anew before sealing, so that it does not run out between preparing and sealing."""
MOST_KEPT: Final = 10_000
MOST_AT_ONCE: Final = 1_000

_PROVIDE: Final = """
with made as (
    insert into vault.person_keys (subject, wrapped_key, master_version)
    select * from unnest($1::text[], $2::bytea[], $3::integer[])
    on conflict (subject) do nothing
    returning subject, wrapped_key, master_version)
select subject, wrapped_key, master_version from made
union all
select k.subject, k.wrapped_key, k.master_version
from unnest($1::text[]) w(subject) join vault.person_keys k on k.subject = w.subject
"""
_FIND: Final = """
select k.subject, k.wrapped_key, k.master_version
from unnest($1::text[]) w(subject) join vault.person_keys k on k.subject = w.subject
"""


class KeyGone(Exception):
    """There is no key for this person: what it sealed cannot be read any more."""


class PersonKeys:
    """The key database, with a bounded memory of what it said."""

    def __init__(self, pool: Pool, masters: MasterKeys) -> None:
        self._pool = pool
        self._masters = masters
        self._kept: OrderedDict[str, tuple[float, AESGCM]] = OrderedDict()
        self._provide = Gathering(self._provide_now, MOST_AT_ONCE)

    async def answers(self) -> bool:
        """Whether the key database is there."""
        return bool(await self._pool.fetchval("select true"))

    async def provide(self, subjects: Collection[str]) -> None:
        """Every subject has a key, committed. Callers that wait at the same time share one statement. Unavailable."""
        if missing := frozenset(each for each in subjects if self._kept_for(each, FRESH_SECONDS) is None):
            await self._provide(missing)

    def ready(self, subject: str) -> AESGCM:
        """The key of a subject that was provided just now. KeyGone otherwise."""
        if key := self._kept_for(subject, KEPT_SECONDS):
            return key
        raise KeyGone(subject)

    async def find(self, subject: str) -> AESGCM:
        """The key of a subject. KeyGone where there is none, Unavailable."""
        if key := self._kept_for(subject, KEPT_SECONDS):
            return key
        await self._fetch(_FIND, [subject])
        return self.ready(subject)

    def forget(self, subject: str | None = None) -> None:
        """Drops one key from memory, or all of them."""
        if subject is None:
            self._kept.clear()
        else:
            self._kept.pop(subject, None)

    async def _provide_now(self, subjects: frozenset[str]) -> None:
        wrapped = await self._masters.wrap({each: secrets.token_bytes(KEY_BYTES) for each in sorted(subjects)})
        keys, versions = [each.key for each in wrapped.values()], [each.master_version for each in wrapped.values()]
        found = await self._fetch(_PROVIDE, list(wrapped), keys, versions)
        if missed := subjects - found:  # another process made them while this statement ran
            missed -= await self._fetch(_FIND, list(missed))
        if missed:
            raise Unavailable

    async def _fetch(self, statement: str, *arguments: object) -> frozenset[str]:
        try:
            records = await self._pool.fetch(statement, *arguments)
        except (*GONE, *BUSY, asyncpg.ReadOnlySQLTransactionError) as error:
            raise Unavailable from error
        await self._remember({r["subject"]: Wrapped(r["wrapped_key"], r["master_version"]) for r in records})
        return frozenset(record["subject"] for record in records)

    async def _remember(self, wrapped: Mapping[str, Wrapped]) -> None:
        now = monotonic()
        for subject, key in (await self._masters.unwrap(wrapped)).items():
            self._kept[subject] = now, AESGCM(key)
            self._kept.move_to_end(subject)
        self._drop_old(now)

    def _kept_for(self, subject: str, seconds: float) -> AESGCM | None:
        now = monotonic()
        self._drop_old(now)
        since, key = self._kept.get(subject, (now - seconds, None))
        return key if now - since < seconds else None

    def _drop_old(self, now: float) -> None:
        """The oldest are first. Nothing here outlives a minute of work; a process without work uses no key."""
        while self._kept:
            subject, (since, _) = next(iter(self._kept.items()))
            if now - since < KEPT_SECONDS and len(self._kept) <= MOST_KEPT:
                return
            del self._kept[subject]
