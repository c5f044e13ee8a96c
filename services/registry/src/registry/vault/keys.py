"""Keys of persons: made before the first event that needs them, kept in memory for a minute at most."""

import os
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventcore.clock import monotonic
from eventcore.database import BUSY, GONE, Pool, Unavailable

from registry.vault.gathering import Gathering
from registry.vault.keyfile import KEY_BYTES
from registry.vault.keyring import MasterKeyMissing, MasterKeys, Wrapped

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
_DESTROY: Final = "select vault.destroy($1::text[], $2::text[])"
_IS_DESTROYED: Final = "select exists (select from vault.person_keys where subject = $1 and wrapped_key is null)"
_SET_HORIZON: Final = "select vault.set_horizon($1, $2)"


Own = Mapping[tuple[str, bytes], bytes]
"""(subject, wrapped key) -> the key, of those that were made just now: they need no unwrapping."""


class KeyGone(Exception):
    """There is no key for this person: what it sealed cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The log whose erasures are carried out in the key database, and up to which position."""

    incarnation: str
    position: int


class PersonDestroyed(Unavailable):
    """The person was erased while a command on them was decided: it has to be decided again."""


class PersonKeys:
    """The key database, with a bounded memory of what it said. `closed` says why no key is given out at all."""

    def __init__(self, pool: Pool, masters: MasterKeys) -> None:
        self.pool = pool
        self.masters = masters
        self.closed: str | None = None
        self._kept: OrderedDict[str, tuple[float, AESGCM]] = OrderedDict()
        self._destroyed: OrderedDict[str, None] = OrderedDict()
        self._provide = Gathering(self._provide_now, MOST_AT_ONCE)

    async def answers(self) -> bool:
        """Whether the key database is there."""
        return bool(await self.pool.fetchval("select true"))

    async def provide(self, subjects: Collection[str]) -> None:
        """Every subject has a key, committed. Callers that wait at the same time share one statement. Unavailable,
        PersonDestroyed."""
        self._require_open()
        if missing := frozenset(each for each in subjects if self._kept_for(each, FRESH_SECONDS) is None):
            await self._provide(missing)
            if not missing.isdisjoint(self._destroyed):
                raise PersonDestroyed

    def ready(self, subject: str) -> AESGCM:
        """The key of a subject that was provided just now. KeyGone otherwise."""
        since, key = self._kept.get(subject, (0.0, None))
        if key and monotonic() - since < KEPT_SECONDS:
            return key
        raise KeyGone(subject)

    async def find(self, subject: str) -> AESGCM:
        """The key of a subject. KeyGone where there is none, Unavailable."""
        self._require_open()
        if key := self._kept_for(subject, KEPT_SECONDS):
            return key
        await self._fetch(_FIND, [subject])
        return self.ready(subject)

    async def gather(self, subjects: Collection[str]) -> None:
        """Fetches the keys of those who have one in one statement, so that `find` has them. Unavailable."""
        self._require_open()
        if missing := [each for each in subjects if self._kept_for(each, FRESH_SECONDS) is None]:
            await self._fetch(_FIND, missing)

    async def secret(self, subject: str) -> bytes:
        """The key itself, never kept in memory. KeyGone where there is none, Unavailable."""
        self._require_open()
        try:
            records = await self.pool.fetch(_FIND, [subject])
        except (*GONE, *BUSY) as error:
            raise Unavailable from error
        if not records or records[0]["wrapped_key"] is None:
            raise KeyGone(subject)
        wrapped = Wrapped(records[0]["wrapped_key"], records[0]["master_version"])
        try:
            return (await self.masters.unwrap({subject: wrapped}))[subject]
        except MasterKeyMissing as missing:
            raise Unavailable from missing

    def forget(self, subject: str | None = None) -> None:
        """Drops one key from memory, or all of them."""
        if subject is None:
            self._kept.clear()
        else:
            self._kept.pop(subject, None)

    async def destroy(self, events: Mapping[str, str], horizon: Horizon | None = None) -> int:
        """Destroys the keys of these subjects for ever, each by the event that erased them, and moves the horizon in
        the same transaction. Returns how many were not destroyed before; again it changes nothing. Unavailable."""
        try:
            async with self.pool.acquire(timeout=5) as connection, connection.transaction():
                done = await connection.fetchval(_DESTROY, list(events), list(events.values()))
                if horizon:
                    await connection.execute(_SET_HORIZON, horizon.incarnation, horizon.position)
        except (*GONE, *BUSY, asyncpg.ReadOnlySQLTransactionError) as error:
            raise Unavailable from error
        for subject in events:
            self._note_destroyed(subject)
        return int(done)

    async def is_destroyed(self, subject: str) -> bool:
        """Whether the key database has confirmed it. Unavailable."""
        try:
            return bool(await self.pool.fetchval(_IS_DESTROYED, subject))
        except (*GONE, *BUSY) as error:
            raise Unavailable from error

    async def horizon(self) -> Horizon:
        """Up to where the key database has carried out erasures."""
        record = await self.pool.fetchrow("select incarnation, position from vault.horizon")
        return Horizon(record["incarnation"], record["position"]) if record else Horizon("", 0)

    def _require_open(self) -> None:
        if self.closed:
            raise Unavailable(self.closed)

    async def _provide_now(self, subjects: frozenset[str]) -> None:
        made = {each: os.urandom(KEY_BYTES) for each in sorted(subjects)}
        wrapped = await self.masters.wrap(made)
        keys, versions = [each.key for each in wrapped.values()], [each.master_version for each in wrapped.values()]
        own = {(subject, each.key): made[subject] for subject, each in wrapped.items()}
        found = await self._fetch(_PROVIDE, list(wrapped), keys, versions, own=own)
        if missed := subjects - found - self._destroyed.keys():  # another process made them while this statement ran
            missed = missed - await self._fetch(_FIND, list(missed)) - self._destroyed.keys()
        if missed:
            raise Unavailable

    async def _fetch(self, statement: str, *arguments: object, own: Own = MappingProxyType({})) -> frozenset[str]:
        try:
            records = await self.pool.fetch(statement, *arguments)
        except (*GONE, *BUSY, asyncpg.ReadOnlySQLTransactionError) as error:
            raise Unavailable from error
        there = {r["subject"]: Wrapped(r["wrapped_key"], r["master_version"]) for r in records if r["wrapped_key"]}
        for record in records:
            if record["subject"] not in there:
                self._note_destroyed(record["subject"])
        try:
            await self._remember(there, own)
        except MasterKeyMissing as missing:
            raise Unavailable from missing
        return frozenset(there)

    def _note_destroyed(self, subject: str) -> None:
        self.forget(subject)
        self._destroyed[subject] = None
        while len(self._destroyed) > MOST_KEPT:
            self._destroyed.popitem(last=False)

    async def _remember(self, wrapped: Mapping[str, Wrapped], own: Own) -> None:
        now = monotonic()
        keys = {subject: own[subject, each.key] for subject, each in wrapped.items() if (subject, each.key) in own}
        if others := {subject: each for subject, each in wrapped.items() if subject not in keys}:
            keys |= await self.masters.unwrap(others)
        for subject, key in keys.items():
            if subject in self._destroyed:  # while it was being fetched
                continue
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
