"""Where each reader stands, and which streams are parked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from eventcore.codec import UnknownEvent
from eventcore.database import Connection, Pool

_MOVE: Final = """
update log.checkpoints c set position = p.goal, updated_at = clock_timestamp()
from unnest($1::text[], $2::bigint[], $3::bigint[]) p(reader, expected, goal)
where c.reader = p.reader and c.position = p.expected returning c.reader
"""
_SOON: Final = f"{_MOVE}, set_config('synchronous_commit', 'off', true)"
"""The disk is not waited for: after a crash the stretch is passed over again."""
_PARK: Final = """
insert into log.parked (reader, stream_id, position, reason) values ($1, $2, $3, $4)
on conflict (reader, stream_id) do update
set attempts = log.parked.attempts + 1, reason = excluded.reason, position = excluded.position, retry_asked = false
"""
_STANDINGS: Final = """
select c.reader, c.position, greatest(l.pos - c.position, 0) as events,
       coalesce(extract(epoch from clock_timestamp() - least(
           (select recorded_at from log.events where position > c.position order by position limit 1),
           (select recorded_at from log.inbox where position > c.position order by position limit 1))), 0)::float8
from log.checkpoints c, log.last() l
"""
_PARKED: Final = """
select reader, stream_id, position, retry_asked from log.parked where $1::text is null or reader = $1
"""
_ASK: Final = "update log.parked set retry_asked = true where $1::text is null or stream_id = $1"


@dataclass(frozen=True, slots=True)
class Resumed:
    """A parked stream of which one fact is applied now, and the position of the next that waits, if any."""

    stream: str
    following: int | None


class CheckpointMoved(Exception):
    """Another process moved this reader's checkpoint: nothing was done here."""


async def position(pool: Pool, reader: str) -> int:
    """The checkpoint; a new reader starts at 0."""
    await pool.execute("insert into log.checkpoints (reader, position) values ($1, 0) on conflict do nothing", reader)
    return int(await pool.fetchval("select position from log.checkpoints where reader = $1", reader))


async def standings(pool: Pool) -> dict[str, tuple[int, int, float]]:
    """reader -> (the checkpoint, how many facts are behind it, the age in seconds of the oldest of them)."""
    return {reader: (at, events, age) for reader, at, events, age in await pool.fetch(_STANDINGS)}


async def move(connection: Connection | Pool, reader: str, expected: int, goal: int) -> None:
    """Moves the checkpoint where it still stands as expected; else CheckpointMoved."""
    if await connection.fetchval(_MOVE, (reader,), (expected,), (goal,)) is None:
        raise CheckpointMoved(reader)


async def pass_over(pool: Pool, passed: Sequence[tuple[str, int, int]]) -> list[bool]:
    """Moves checkpoints (reader, expected, goal) past what concerns nobody, not durably. Which of them moved?"""
    moved = {reader for reader, _ in await pool.fetch(_SOON, *zip(*sorted(passed), strict=True))}
    return [reader in moved for reader, _, _ in passed]


async def park(connection: Connection | Pool, reader: str, stream: str, at: int, reason: str) -> None:
    """Facts of this stream from this position on wait for an operator."""
    await connection.execute(_PARK, reader, stream, at, reason)


async def resume(connection: Connection | Pool, reader: str, resumed: Resumed) -> None:
    """A waiting fact was applied: the parking moves on to the next, or ends."""
    if resumed.following is None:
        await connection.execute("delete from log.parked where reader = $1 and stream_id = $2", reader, resumed.stream)
    else:
        following = "update log.parked set position = $3 where reader = $1 and stream_id = $2"
        await connection.execute(following, reader, resumed.stream, resumed.following)


async def parked(pool: Pool, of: str | None = None) -> dict[str, dict[str, tuple[int, bool]]]:
    """reader -> stream -> (first waiting position, whether a retry was asked for), of one reader or of all."""
    found: dict[str, dict[str, tuple[int, bool]]] = {}
    for reader, stream, at, asked in await pool.fetch(_PARKED, of):
        found.setdefault(reader, {})[stream] = (at, asked)
    return found


async def parked_streams(pool: Pool) -> list[Any]:
    """Everything that waits for an operator."""
    return list(await pool.fetch("select * from log.parked order by since"))


async def ask_retry(pool: Pool, stream: str | None) -> int:
    """Asks the readers to try a stream again, or all; how many were parked."""
    return int((await pool.execute(_ASK, stream)).rpartition(" ")[2])


async def ask_unknown(pool: Pool, reader: str) -> None:
    """What was parked because older code did not know an event is tried again by whoever leads next."""
    asked = "update log.parked set retry_asked = true where reader = $1 and reason = $2"
    await pool.execute(asked, reader, UnknownEvent.__name__)
