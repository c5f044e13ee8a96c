"""What a read is asked for: to have seen what the caller has just written, and of a list one page."""

import asyncio
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, Final, TypeAlias, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel
from sqlalchemy import Select, desc, tuple_

from eventcore.clock import monotonic
from eventcore.database import Pool, reading
from eventcore.readers import queries
from eventcore.readers.view import R, View
from eventcore.web.problems import RETRY, Problem
from eventcore.web.requests import ApiRequest

Shown = TypeVar("Shown", bound=BaseModel)
_PAUSE, _LONGEST_PAUSE = 0.005, 0.1
_ARRIVED: Final = "select min(position) from log.inbox where id = $1"
_STANDING: Final = "select position from log.checkpoints where reader = $1"

_WHAT: Final = "Log-Position of this service, or id of a public event. 日志位置，或公共事件的标识。"
WaitFor = Annotated[str | None, Query(max_length=300, description=_WHAT)]
WaitSeconds = Annotated[float, Query(ge=0, le=30, description="How long to wait. 最长等待秒数。")]
Cursor = Annotated[str, Query(max_length=500, description="`next` of the page before. 上一页的游标。")]
Limit = Annotated[int, Query(ge=1, le=500, description="At most so many. 最多条数。")]


async def until_view(pool: Pool, reader: str, wanted: str | None, seconds: float) -> None:
    """Returns when the reader stands at or after `wanted`: a position of the own log, or a foreign public id that has
    arrived. Problem 503 `not_yet_visible` when the time is up, Unavailable where the database is away."""
    until, pause = monotonic() + seconds, _PAUSE
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


@dataclass(frozen=True, slots=True)
class Paging:
    """What a list is asked for. A route takes it as `page: Paged`."""

    request: ApiRequest
    cursor: Cursor = ""
    limit: Limit = 50
    wait_for: WaitFor = None
    wait_seconds: WaitSeconds = 5

    async def rows(
        self, view: View[R], statement: Select[Any], *by: Any, newest: bool = False
    ) -> tuple[list[R], str | None]:
        """Rows of the view in the order `by` these of its columns, which together name one, and the cursor of the next
        page where there may be one. `newest`: those with the greatest come first. Problem where the cursor is not of
        this route, or the view has not come so far."""
        return await self.shown(view, view.row, statement, *by, newest=newest)

    async def shown(
        self, view: View[Any], row: type[Shown], statement: Select[Any], *by: Any, newest: bool = False
    ) -> tuple[list[Shown], str | None]:
        """The same of a statement that has more columns than the view; `row` names all of them."""
        pool = self.request.web.store.pool
        if self.cursor:
            kinds: Any = GenericAlias(tuple, tuple(row.model_fields[each.key].annotation for each in by))
            after = self.request.after(self.cursor, kinds)
            statement = statement.where(tuple_(*by) < after if newest else tuple_(*by) > after)
        await until_view(pool, view.reader, self.wait_for, self.wait_seconds)
        order = [desc(each) for each in by] if newest else by
        found = await queries.Query(statement.order_by(*order).limit(self.limit)).fetch(pool)
        rows = [row.model_construct(**each) for each in found]
        last = [getattr(each, name.key) for each in rows[-1:] for name in by]
        return rows, self.request.cursor(*last) if len(rows) == self.limit else None


Paged: TypeAlias = Annotated[Paging, Depends()]
