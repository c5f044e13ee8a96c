"""A worker's person: whether the caller may ask of them, and which other ids are the same person."""

from typing import Final

from eventcore.store import Store
from eventcore.web import ApiRequest

from certification.persons.person import PERSON, Person

MOST: Final = 100
"""Ids of one person that are followed."""


async def person(request: ApiRequest, worker: str) -> Person:
    """A worker of the caller's region. Problem where the registry has told of none."""
    found, _ = await request.web.store.state(PERSON, worker)
    if found.region is None:
        raise request.not_there()
    request.require_region(found.region)
    return found


async def one_person(store: Store, worker: str, found: Person) -> list[str]:
    """All ids that were found to be this person: who stands for the worker, and everybody for whom that one does."""
    known: dict[str, Person] = {worker: found}
    while len(known) < MOST:
        linked = {other for each in known.values() for other in (*each.others, *filter(None, [each.canonical]))}
        if not (new := linked - known.keys()):
            break
        known |= {key: said for key, (said, _) in (await store.states(PERSON, sorted(new))).items()}
    return sorted(known)
