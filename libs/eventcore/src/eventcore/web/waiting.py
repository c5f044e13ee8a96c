"""Who has just written sees it: reads wait until their view has come as far as the caller names, within a limit."""

import asyncio
from typing import Annotated, Final

from fastapi import Query

from eventcore.clock import monotonic
from eventcore.database import Pool, reading
from eventcore.web.problems import RETRY, Problem

LONGEST: Final = 30.0
_SHORTEST_PAUSE: Final = 0.005
_LONGEST_PAUSE: Final = 0.1
_ARRIVED: Final = "select min(position) from log.inbox where id = $1"
_STANDING: Final = "select position from log.checkpoints where reader = $1"

_WHAT: Final = "Log-Position of this service, or id of a public event. 日志位置，或公共事件的标识。"
WaitFor = Annotated[str | None, Query(max_length=300, description=_WHAT)]
WaitSeconds = Annotated[float, Query(ge=0, le=LONGEST, description="How long to wait. 最长等待秒数。")]


async def until_view(pool: Pool, reader: str, wanted: str | None, seconds: float) -> None:
    """Returns when the reader stands at or after `wanted`: a position of the own log, or a foreign public id that has
    arrived. Problem 503 `not_yet_visible` when the time is up, Unavailable where the database is away."""
    until, pause = monotonic() + seconds, _SHORTEST_PAUSE
    while wanted:
        with reading():
            position = int(wanted) if wanted.isdecimal() else await pool.fetchval(_ARRIVED, wanted)
            standing = await pool.fetchval(_STANDING, reader) or 0
        if position is not None and standing >= position:
            return
        if monotonic() + pause > until:
            raise Problem("not_yet_visible", headers=RETRY)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
