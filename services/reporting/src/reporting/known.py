"""What was known when: a position of reporting's own log, or a time that leads to one."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, TypeAlias

from eventcore.database import Pool
from eventcore.readers.queries import reading
from pydantic import PlainValidator, WithJsonSchema

_DIGITS: Final = 18

_TODAY: Final = """
select ((clock_timestamp() + clock_offset) at time zone 'Asia/Shanghai')::date from log.head
"""
_IS_FUTURE: Final = "select $1::timestamptz > clock_timestamp() + clock_offset from log.head"

_BARRIER: Final = "select pg_advisory_xact_lock_shared(log.lock_key())"
"""Whoever has taken an earlier time and not yet committed is waited for."""

_POSITION_AT: Final = """
with recursive halving(low, high) as (
    select 0::bigint, (select pos from log.last())
    union all
    select case when coalesce(r.recorded_at <= $1, true) then m.middle else h.low end,
           case when coalesce(r.recorded_at <= $1, true) then h.high else m.middle - 1 end
    from halving h
    cross join lateral (select (h.low + h.high + 1) / 2 as middle) m
    left join lateral (
        select recorded_at from (
            (select position, recorded_at from log.events where position <= m.middle order by position desc limit 1)
            union all
            (select position, recorded_at from log.inbox where position <= m.middle order by position desc limit 1)
        ) both_logs order by position desc limit 1) r on true
    where h.low < h.high
)
select low from halving where low = high
"""
"""`recorded_at` never steps back, so halving finds the last position of that time."""


class InFuture(ValueError):
    """Nobody can say yet what will be known then."""


def _parse(text: object) -> int | datetime:
    if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= _DIGITS:
        return int(text)
    if not isinstance(text, str) or not text[:10].count("-") == 2:
        raise ValueError("neither a position nor a time")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("a time needs its offset")
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("out of range") from None


Known: TypeAlias = Annotated[
    int | datetime,
    PlainValidator(_parse),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]{1,18}$", "description": "Position. 位置。"},
                {"type": "string", "format": "date-time", "description": "ISO 8601 with offset. 带时区的时间。"},
            ]
        }
    ),
]


async def today(pool: Pool) -> date:
    """The legal day in Asia/Shanghai by the log's clock."""
    with reading():
        day: date = await pool.fetchval(_TODAY)
    return day


async def position_of(pool: Pool, known: int | datetime) -> int:
    """The last position that was known then. The same for ever: InFuture where that cannot be said."""
    with reading():
        if isinstance(known, datetime):
            return await _at(pool, known)
        if known > await pool.fetchval("select pos from log.last()"):
            raise InFuture
    return known


async def _at(pool: Pool, moment: datetime) -> int:
    if await pool.fetchval(_IS_FUTURE, moment):
        raise InFuture
    await pool.execute(_BARRIER)
    found: Any = await pool.fetchval(_POSITION_AT, moment)
    return int(found)
