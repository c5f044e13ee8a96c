"""How reporting asks its database: statements in `.sql` files beside their module, and how far its views have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg
from eventcore.database import Pool
from eventcore.readers import View
from eventcore.readers.queries import Query, reading
from eventcore.web import Problem
from eventcore.web.waiting import until_view
from sqlalchemy import text

_SECONDS: Final = 20
_ROOM: Final = f"""
select set_config('statement_timeout', '{_SECONDS}s', true), set_config('work_mem', '32MB', true),
       set_config('enable_hashjoin', 'on', true), set_config('enable_seqscan', 'on', true),
       set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)
"""
"""A report reads a good part of its views: what keeps short statements fast would make it slow. The planner cannot know
how many rows come out of a common table expression, and takes them for few."""

_MOMENT: Final = """
with stands as (select min(position) as standing from log.checkpoints where reader = any($1::text[])),
     at as (select standing, coalesce($2::bigint, standing) as position from stands)
select at.standing, at.position, head.incarnation,
       (select count(distinct stream_id) from log.parked
        where reader = any($1::text[]) and parked.position <= at.position) as parked
from at, log.head
"""


def sql(module_file: str, name: str, **parts: str) -> str:
    """The text of a file beside the module, with names of tables and parts of other files put in."""
    return (Path(module_file).parent / name).read_text(encoding="utf-8").format(**parts)


def tables(**views: View[Any]) -> dict[str, str]:
    """Names of views' tables as SQL has them."""
    return {name: str(view.definition) for name, view in views.items()}


def statement(words: str) -> Query:
    """A query of a text with `:names`."""
    return Query(text(words))


async def report(pool: Pool, query: Query, **given: object) -> list[asyncpg.Record]:
    """The rows, with the memory and the 20 s that a report may take. Unavailable."""
    with reading():
        async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=True):
            await connection.execute(_ROOM)
            return list(await connection.fetch(query.text, *query.arguments(given), timeout=_SECONDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A position of reporting's log, and what its views lack of the facts up to it."""

    position: int
    incarnation: str
    """The log that the position belongs to; a restore gives it a new name."""
    parked: int
    """Streams with facts up to the position that could not be read yet."""


async def moment(pool: Pool, views: Sequence[View[Any]], known_at: int | None = None) -> Moment:
    """`known_at`, or as far as all of the views have come. Problem 503 where one of them has not come so far."""
    with reading():
        found = await pool.fetchrow(_MOMENT, [view.reader for view in views], known_at)
    if found is None or found["standing"] is None or found["position"] > found["standing"]:
        raise Problem("not_yet_visible", headers={"Retry-After": "1"})
    return Moment(position=found["position"], incarnation=found["incarnation"], parked=found["parked"])


async def until_views(pool: Pool, views: Sequence[View[Any]], wanted: str | None, seconds: float) -> None:
    """Waits until all of the views have come as far as the caller names."""
    for view in views:
        await until_view(pool, view.reader, wanted, seconds)
