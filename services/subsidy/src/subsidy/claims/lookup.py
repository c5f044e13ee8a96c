"""Claims and dossiers as the log has them, for routes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eventcore.decider import Decider
from eventcore.desk import State
from eventcore.store import Order, Store, Task
from eventcore.web import ApiRequest, Problem

from subsidy.claims.claim import CLAIM
from subsidy.claims.state import Claim, Opened


async def states(store: Store, decider: Decider[Any, Any, Any], keys: Sequence[str]) -> Mapping[str, State]:
    """What each stream is now, by its key; the initial state where there is none."""
    alone = replace(decider, reads=lambda _: ())  # nothing is decided
    tasks = {key: Task(alone, key, None, Order(id="")) for key in keys}
    found = (await store.desk(list(tasks.values()), fresh=True)).states
    return {key: found[task.stream] for key, task in tasks.items()}


async def within_reach(request: ApiRequest, key: str) -> tuple[Opened, int]:
    """The claim, which is there and lies in the caller's region. Problem."""
    state = (await states(request.web.store, CLAIM, [key]))[key]
    found: Claim = state.state
    if not isinstance(found, Opened):
        request.leave_region_to_rules()
        raise Problem("not_found")
    request.require_region(found.region)
    return found, state.version


def is_own(request: ApiRequest, worker: str) -> bool:
    """Whether the caller is that worker."""
    return request.caller.office == "worker" and request.caller.subject == worker
