"""What a stream is just now."""

from typing import Any

from eventcore import Decider
from eventcore.store import Order, Store, Task


async def state_of(store: Store, decider: Decider[Any, Any, Any], key: str) -> Any:
    """Folded from its stream. Unavailable."""
    desk = await store.desk([Task(decider, key, None, Order(id=""))], fresh=True)
    return desk.states[decider.stream(key)].state
