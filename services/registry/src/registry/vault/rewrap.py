"""A new master key wraps the keys of all persons, while they are used: batch by batch, each key compared when it is
written, so that nothing is lost to another process or to a stop in the middle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from eventcore.database import Pool

from registry.vault.keyring import MasterKeys, Wrapped

BATCH: Final = 500

_OLDER: Final = """
select subject, wrapped_key, master_version from vault.person_keys
where wrapped_key is not null and master_version < $1 order by master_version, subject limit $2
"""
_NOT_UNDER: Final = """
with recursive used(version) as (
    select min(master_version) from vault.person_keys where wrapped_key is not null
    union all
    select (select min(k.master_version) from vault.person_keys k
            where k.wrapped_key is not null and k.master_version > u.version)
    from used u where u.version is not null)
select min(version) from used where version <> all($1::integer[])
"""
"""Leaps from version to version: the keys may be many."""
_REWRAP: Final = "select vault.rewrap($1::text[], $2::bytea[], $3::bytea[], $4)"
_COUNTS: Final = """
select master_version as version, count(*) as keys from vault.person_keys
where wrapped_key is not null group by master_version order by master_version
"""


@dataclass(frozen=True, slots=True)
class MasterUse:
    """How many keys are under each version of the master key."""

    keys: dict[int, int]
    newest: int

    @property
    def waiting(self) -> int:
        """Keys that are not under the newest version."""
        return sum(count for version, count in self.keys.items() if version < self.newest)

    def free(self) -> list[int]:
        """Versions under which no key is left: their lines may become `-`."""
        return [version for version in range(1, self.newest) if version not in self.keys]


async def missing_master(pool: Pool, versions: Sequence[bytes | None]) -> int | None:
    """A version that keys are under, and that is not there."""
    there = [n for n, key in enumerate(versions, 1) if key is not None]
    found = await pool.fetchval(_NOT_UNDER, there)
    return int(found) if found is not None else None


async def master_use(pool: Pool, masters: MasterKeys) -> MasterUse:
    """What the key database says now."""
    records = await pool.fetch(_COUNTS, timeout=60)
    return MasterUse({record["version"]: record["keys"] for record in records}, masters.newest)


async def rewrap(pool: Pool, masters: MasterKeys, progress: Callable[[int], None] = lambda _: None) -> int:
    """Every key comes under the newest version; returns how many were wrapped anew. Serving goes on meanwhile: an old
    version still unwraps what it wrapped. A key that somebody else changed meanwhile is looked at again.
    MasterKeyMissing, WrappedKeyInvalid."""
    done = 0
    while older := await pool.fetch(_OLDER, masters.newest, BATCH):
        was = {r["subject"]: Wrapped(r["wrapped_key"], r["master_version"]) for r in older}
        now = await masters.wrap(await masters.unwrap(was))
        version = next(iter(now.values())).master_version
        subjects = list(was)
        keys = [was[each].key for each in subjects], [now[each].key for each in subjects]
        done += int(await pool.fetchval(_REWRAP, subjects, *keys, version))
        progress(done)
    return done
