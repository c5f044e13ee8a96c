"""What a worker is, before a command is carried out on it: its region decides who may."""

from collections.abc import Iterable

from eventcore.store import Store
from eventcore.web import ApiRequest, Problem
from eventcore.web.commands import CommandRequest

from registry.workers.state import Registered, Worker
from registry.workers.worker import WORKER


async def find(store: Store, key: str) -> tuple[Registered | None, int]:
    """The worker and the version of its stream, freshly read: a region may have changed. Unavailable."""
    found, version = await store.state(WORKER, key)
    return (found if isinstance(found, Registered) else None), version


async def look_up(store: Store, keys: Iterable[str]) -> dict[str, Worker]:
    """The workers as the log has them now. Unavailable."""
    return {key: found for key, (found, _) in (await store.states(WORKER, keys)).items()}


def out_of_reach(found: Worker, request: ApiRequest | CommandRequest) -> Problem | None:
    """Why the caller may not do anything with the worker; None where nothing speaks against it."""
    if not isinstance(found, Registered):
        return Problem("not_found")
    if not request.may_touch(found.county):
        return Problem("region_not_yours")
    return Problem("personal_data_gone") if found.erased else None


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Registered, int]:
    """The worker, who is there, not erased, and lives in the caller's region. Problem."""
    found, version = await find(request.web.store, key)
    if found is None:
        raise request.not_there()
    request.require_region(found.county)
    if found.erased:
        raise Problem("personal_data_gone")
    return found, version
