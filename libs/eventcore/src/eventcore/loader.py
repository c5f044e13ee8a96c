"""Loads streams and guard holders: what waits at the same time is read in one query."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from eventcore.database import BUSY, GONE, Connection, Pool, Unavailable

MAX_STREAMS: Final = 512

_STREAMS: Final = """
select s.n, e.version, e.type, e.schema_version, e.data, e.metadata
from unnest($1::text[]) with ordinality s(stream, n)
join lateral (select version, type, schema_version, data, metadata from log.events
              where stream_id = s.stream order by version) e on true
order by s.n, e.version
"""
_GUARDS: Final = """
select g.scope, g.key, g.holder from unnest($1::text[], $2::text[]) x(scope, key)
join log.guards g on g.scope = x.scope and g.key = x.key
union all
select g.scope, g.key, g.holder from unnest($3::text[], $4::text[], $5::text[]) x(scope, key, next)
join log.guards f on f.scope = x.scope and f.key = x.key
join log.guards g on g.scope = x.next and g.key = f.holder
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Stored events by stream, `(type, schema version, data)` in order, the metadata of the newest of each, and holders
    of the guards that have one."""

    streams: Mapping[str, Sequence[tuple[str, int, bytes]]]
    newest: Mapping[str, bytes]
    holders: Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Ask:
    streams: frozenset[str]
    guards: frozenset[tuple[str, str]]
    followed: frozenset[tuple[str, str, str]]
    answer: "asyncio.Future[Loaded]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Loader:
    """One query in flight; the next takes everything that has come meanwhile, bounded."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._asks: deque[_Ask] = deque()
        self._drain: asyncio.Task[None] | None = None

    async def load(
        self,
        streams: Iterable[str],
        guards: Iterable[tuple[str, str]] = (),
        followed: Iterable[tuple[str, str, str]] = (),
    ) -> Loaded:
        """Whole streams, as they are now; guards, and those of a scope whose key is the holder of one (scope, key,
        next scope). Unavailable where the database does not answer."""
        ask = _Ask(frozenset(streams), frozenset(guards), frozenset(followed))
        self._asks.append(ask)
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._work(), name="loader")
        return await ask.answer

    async def _work(self) -> None:
        while self._asks:
            asks = self._take()
            try:
                loaded = await self._query(asks)
            except (*GONE, *BUSY) as error:
                _fail(asks, Unavailable(), error)
            except BaseException as error:
                _fail(asks, error, None)
                if not isinstance(error, Exception):
                    raise
            else:
                for ask in asks:
                    if not ask.answer.done():
                        ask.answer.set_result(loaded)

    def _take(self) -> list[_Ask]:
        size, asks = 0, []
        while self._asks and size < MAX_STREAMS:
            asks.append(self._asks.popleft())
            size += len(asks[-1].streams)
        return asks

    async def _query(self, asks: Sequence[_Ask]) -> Loaded:
        streams = list(frozenset().union(*(ask.streams for ask in asks)))
        async with self._pool.acquire(timeout=2) as connection:
            records = await connection.fetch(_STREAMS, streams) if streams else []
            held = await _held(connection, asks)
        found: dict[str, list[tuple[str, int, bytes]]] = {}
        newest: dict[str, bytes] = {}
        for n, _, kind, schema_version, data, metadata in records:
            found.setdefault(streams[n - 1], []).append((kind, schema_version, data))
            newest[streams[n - 1]] = metadata
        return Loaded(found, newest, {(scope, key): holder for scope, key, holder in held})


async def _held(connection: Connection, asks: Sequence[_Ask]) -> Sequence[Any]:
    guards = frozenset().union(*(ask.guards for ask in asks))
    followed = frozenset().union(*(ask.followed for ask in asks))
    columns = [[each[n] for each in guards] for n in range(2)] + [[each[n] for each in followed] for n in range(3)]
    return await connection.fetch(_GUARDS, *columns) if guards else ()


def _fail(asks: Sequence[_Ask], error: BaseException, cause: BaseException | None) -> None:
    error.__cause__ = cause or error.__cause__
    for ask in asks:
        if not ask.answer.done():
            ask.answer.set_exception(error)
