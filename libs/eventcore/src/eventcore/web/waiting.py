"""Who has just written sees it: reads wait until their view has come as far as the caller names, within a limit."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Query

from eventcore.clock import monotonic
from eventcore.database import Pool
from eventcore.readers.queries import reading
from eventcore.web.problems import RETRY, Problem

LONGEST: Final = 30.0
_SHORTEST_PAUSE: Final = 0.005
_LONGEST_PAUSE: Final = 0.1

_WHAT: Final = "Log-Position of this service, or id of a public event. 日志位置，或公共事件的标识。"
WaitFor = Annotated[str | None, Query(max_length=300, description=_WHAT)]
WaitSeconds = Annotated[float, Query(ge=0, le=LONGEST, description="How long to wait. 最长等待秒数。")]


async def until_visible(
    wanted: str | None,
    seconds: float,
    *,
    view: Callable[[], Awaitable[int]],
    foreign: Callable[[str], Awaitable[int | None]],
) -> None:
    """Returns when the view stands at or after `wanted`: a position of the own log, or a foreign public id, whose
    position `foreign` knows once it has arrived. Problem 503 `not_yet_visible` when the time is up."""
    until, pause = monotonic() + seconds, _SHORTEST_PAUSE
    while wanted:
        position = int(wanted) if wanted.isdecimal() else await foreign(wanted)
        if position is not None and await view() >= position:
            return
        if monotonic() + pause > until:
            raise Problem("not_yet_visible", headers=RETRY)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def until_view(pool: Pool, reader: str, wanted: str | None, seconds: float) -> None:
    """`until_visible` for a view, by the name of its checkpoint. Unavailable where the database is away."""

    async def standing() -> int:
        return await pool.fetchval("select position from log.checkpoints where reader = $1", reader) or 0

    async def arrived(id: str) -> int | None:
        position: int | None = await pool.fetchval("select min(position) from log.inbox where id = $1", id)
        return position

    with reading():
        await until_visible(wanted, seconds, view=standing, foreign=arrived)
