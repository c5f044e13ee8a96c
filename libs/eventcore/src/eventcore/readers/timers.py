"""Timers that are due become commands. A timer is an effect of an event; it goes with the command that it caused."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog

from eventcore.call import Fired
from eventcore.database import BUSY, GONE, Unavailable
from eventcore.facts import Meta, category_of
from eventcore.reactions import Do
from eventcore.readers.lease import Leases
from eventcore.readers.policy import When
from eventcore.store import Contended, Order, Store, Task, carry_out

log = structlog.get_logger()

BATCH: Final = 64
PAUSE: Final = 1.0

_DUE: Final = """
select t.stream_id, t.name, t.due_at from log.timers t, log.head h
where t.due_at <= clock_timestamp() + h.clock_offset
  and not exists (select from unnest($2::text[]) waiting where starts_with(t.stream_id, waiting || '-'))
order by t.due_at limit $1
"""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a timer of a kind of stream asks: `react(key, name)` is the command."""

    category: str
    react: Callable[[str, str], Do[Any]]
    when: When | None = None


async def keep_time(store: Store, alarms: tuple[Alarm, ...], leases: Leases) -> None:
    """Sends due timers' commands until it is cancelled; in the order of their times, each once."""
    by_category = {alarm.category: alarm for alarm in alarms}
    while True:
        await leases.hold("timers")
        try:
            waiting = [alarm.category for alarm in alarms if alarm.when and not await alarm.when(store.pool)]
            due = await store.pool.fetch(_DUE, BATCH, waiting)
            for stream, name, due_at in due:
                await _ring(store, by_category, stream, name, due_at)
            await asyncio.sleep(0 if len(due) == BATCH else PAUSE)
        except (*GONE, *BUSY, Unavailable, Contended) as error:
            log.warning("timers.wait", error=type(error).__name__)
            await asyncio.sleep(PAUSE)


async def _ring(store: Store, alarms: dict[str, Alarm], stream: str, name: str, due_at: datetime) -> None:
    category = category_of(stream, alarms)
    do = alarms[category].react(stream.removeprefix(f"{category}-"), name)
    order = Order(id=f"timer/{stream}/{name}/{due_at.isoformat()}", meta=Meta(actor=f"timer/{name}", causation=stream))
    await carry_out(store, Task(do.decider, do.key, do.command, order, fired=Fired(stream, name, due_at)))
