"""What a worker is, before a command is carried out on it: its region decides who may."""

from collections.abc import Iterable

from eventcore.store import Order, Store, Task
from eventcore.web import ApiRequest, Problem
from eventcore.web.commands import CommandRequest

from registry.workers.commands import LetAttentionLapse
from registry.workers.state import Registered, Worker
from registry.workers.worker import WORKER


async def find(store: Store, key: str) -> tuple[Registered | None, int]:
    """The worker and the version of its stream, freshly read: a region may have changed. Unavailable."""
    task = Task(WORKER, key, LetAttentionLapse(), Order(id=""))
    state = (await store.desk([task], fresh=True)).states[task.stream]
    return (state.state if isinstance(state.state, Registered) else None), state.version


async def look_up(store: Store, keys: Iterable[str]) -> dict[str, Worker]:
    """The workers as the log has them now; in one query, and kept for carrying out what comes next. Unavailable."""
    tasks = [Task(WORKER, key, LetAttentionLapse(), Order(id="")) for key in keys]
    desk = await store.desk(tasks, fresh=True)
    for stream, state in desk.states.items():
        if state.version:
            store.remember(stream, state)
    return {task.key: desk.states[task.stream].state for task in tasks}


def out_of_reach(found: Worker, request: ApiRequest | CommandRequest) -> Problem | None:
    """Why the caller may not do anything with the worker; None where nothing speaks against it."""
    if not isinstance(found, Registered):
        return Problem("not_found")
    if not request.may_touch(found.household_region):
        return Problem("region_not_yours")
    return Problem("personal_data_gone") if found.erased else None


async def within_reach(request: ApiRequest | CommandRequest, key: str) -> tuple[Registered, int]:
    """The worker, who is there, not erased, and lives in the caller's region. Problem."""
    found, version = await find(request.web.store, key)
    if found is None:
        request.leave_region_to_rules()
        raise Problem("not_found")
    request.require_region(found.household_region)
    if found.erased:
        raise Problem("personal_data_gone")
    return found, version
