"""Who the registry has, as a comparison needs them: by the blind indexes that the guards of numbers hold."""

from collections.abc import Mapping, Sequence
from typing import Final

from contracts.survey import EMPLOYED
from eventcore.database import Pool
from eventcore.readers import queries
from eventcore.readers.queries import reading

from registry.matching.own.view import Employment, newest
from registry.matching.people import Person, version_of
from registry.surveys.survey import PERSON

PAGE: Final = 1_000
FLEXIBLE: Final = "FLEXIBLE"
_INDEXES: Final = "select holder, key from log.guards where scope = $1 and holder = any($2::text[]) order by key"


async def people_here(pool: Pool) -> tuple[Person, ...]:
    """Every worker with an approved survey, by index. What was erased or is linked to another worker holds no number,
    and so is not there. Unavailable."""
    found: list[Person] = []
    after = ""
    while page := [Employment(**row) for row in await queries.Query(newest(after, PAGE)).fetch(pool)]:
        after = page[-1].worker
        indexes = await _indexes(pool, [each.worker for each in page])
        found += [_person(each, indexes[each.worker]) for each in page if each.worker in indexes]
    return tuple(sorted(found, key=lambda each: each.indexes[0]))


async def _indexes(pool: Pool, workers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with reading():
        for row in await pool.fetch(_INDEXES, PERSON, workers):
            found.setdefault(row["holder"], []).append(row["key"])
    return {worker: _of_one_number(keys) for worker, keys in found.items()}


def _of_one_number(keys: Sequence[str]) -> tuple[str, ...]:
    """One for each version of the index key, the newest first; a worker may hold a former number too."""
    by_version = {version_of(key): key for key in keys}
    return tuple(by_version[version] for version in sorted(by_version, reverse=True))


def _person(employment: Employment, indexes: tuple[str, ...]) -> Person:
    return Person(
        indexes=indexes,
        names=(),
        region=employment.household_region,
        fields={"employment_status": employment.employment_status, **_insured(employment)},
        records=(employment.worker,),
    )


def _insured(employment: Employment) -> dict[str, str]:
    """Of flexible workers nobody says that an employer insures them, or not."""
    if employment.employment_form == FLEXIBLE:
        return {}
    return {"insured": "YES" if employment.employment_status == EMPLOYED else "NO"}
