"""Routes that act as somebody's steward: after a restore they wait until the pairs agree, as policies and timers do."""

from typing import Final
from weakref import WeakKeyDictionary

from fastapi import Depends

from eventcore.clock import monotonic
from eventcore.exchange.roll_call import may_act
from eventcore.store import Store
from eventcore.web.problems import RETRY, Problem
from eventcore.web.requests import ApiRequest

AGAIN: Final = 1.0
"""Seconds after which an agreement is looked at again: a command has no round trip to spare for it."""
_until: Final[WeakKeyDictionary[Store, float]] = WeakKeyDictionary()


async def require_agreement(request: ApiRequest) -> None:
    """Problem 503 `border_not_agreed` until every province's receipts agree with this log, and whoever was asked what
    was under way has said so."""
    store = request.web.store
    if monotonic() >= _until.get(store, 0.0):
        if not await may_act(store.pool):
            raise Problem("border_not_agreed", headers=RETRY)
        _until[store] = monotonic() + AGAIN


AS_STEWARD: Final = (Depends(require_agreement),)
"""`dependencies` of a route."""
