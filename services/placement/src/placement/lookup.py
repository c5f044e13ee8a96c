"""What a stream is, before a command is carried out on it or while it is shown; and who acts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from eventcore.decider import Decider
from eventcore.store import Order, Store, Task
from eventcore.web import ApiRequest, CommandRequest

from placement.acting import Acting
from placement.regions import today

S = TypeVar("S")


async def states(store: Store, decider: Decider[Any, Any, S], keys: Iterable[str]) -> dict[str, tuple[S, int]]:
    """State and version of these streams, freshly read in one query, and kept for what comes next. Unavailable."""
    alone = replace(decider, reads=lambda _: ())
    tasks = [Task(alone, key, None, Order(id="")) for key in keys]
    desk = await store.desk(tasks, fresh=True)
    for stream, found in desk.states.items():
        if found.version:
            store.remember(stream, found)
    return {task.key: (desk.states[task.stream].state, desk.states[task.stream].version) for task in tasks}


async def state(store: Store, decider: Decider[Any, Any, S], key: str) -> tuple[S, int]:
    """`states` of one."""
    return (await states(store, decider, [key]))[key]


def acting(request: ApiRequest | CommandRequest) -> Acting:
    """The caller, today."""
    by = request.caller
    return Acting(official=by.subject, organisation=by.organisation, today=today())
