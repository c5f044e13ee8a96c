"""What a stream says before a command is carried out on it: its region and its institution decide who may."""

from typing import Any, Final, TypeVar

from eventcore import Decider
from eventcore.store import Order, Store, Task
from eventcore.web import ApiRequest, CommandRequest, Problem

S = TypeVar("S")
INSTITUTION_OFFICE: Final = "institution"
"""The kind of office whose organisation is an institution, by its credit code."""


async def look_up(store: Store, decider: Decider[Any, Any, S], key: str) -> tuple[S, int]:
    """The stream's state and version. Unavailable."""
    task = Task(decider, key, None, Order(id=""))
    found = (await store.desk([task], fresh=True)).states[task.stream]
    return found.state, found.version


def require_office(request: ApiRequest | CommandRequest, institution: str, region: str) -> None:
    """An institution acts for itself; every other office in its region. Problem."""
    if request.caller.office != INSTITUTION_OFFICE:
        request.require_region(region)
        return
    request.leave_region_to_rules()
    if request.caller.organisation != institution:
        raise Problem("institution_not_yours")


def not_there(request: ApiRequest | CommandRequest) -> Problem:
    """Nobody is told more than that it is not there."""
    request.leave_region_to_rules()
    return Problem("not_found")
