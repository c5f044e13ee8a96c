"""Loads streams and guard holders: what waits at the same time is read in one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from eventcore.database import Pool, reading
from eventcore.effects import Guard
from eventcore.grouped import Grouped

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
select g.scope, g.key, g.holder from unnest($1::text[], $2::text[]) x(scope, key)
join log.guards f on f.scope = x.scope and f.key = x.key
join log.guards g on g.scope = any($3::text[]) and g.key = f.holder
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Stored events by stream, `(type, schema version, data)` in order, the metadata of the newest of each, and holders
    of the guards that have one."""

    streams: Mapping[str, Sequence[tuple[str, int, bytes]]]
    newest: Mapping[str, bytes]
    holders: Mapping[Guard, str]


class _Ask(NamedTuple):
    streams: frozenset[str]
    guards: frozenset[Guard]
    followed: frozenset[str]


class Loader:
    """Group load: all who ask together get what any of them asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._calls = Grouped(self._query, lambda ask: len(ask.streams), MAX_STREAMS)

    async def load(self, streams: Iterable[str], guards: Iterable[Guard] = (), followed: Iterable[str] = ()) -> Loaded:
        """Whole streams, as they are now; guards, and those of the scopes `followed` whose key is the holder of one.
        Unavailable where the database does not answer."""
        return await self._calls.ask(_Ask(frozenset(streams), frozenset(guards), frozenset(followed)))

    async def _query(self, asks: Sequence[_Ask]) -> Sequence[Loaded]:
        streams = list(frozenset().union(*(ask.streams for ask in asks)))
        guards = frozenset().union(*(ask.guards for ask in asks))
        followed = frozenset().union(*(ask.followed for ask in asks))
        with reading():
            async with self._pool.acquire(timeout=2) as connection:
                records = await connection.fetch(_STREAMS, streams) if streams else []
                held = await connection.fetch(_GUARDS, *zip(*guards, strict=True), followed) if guards else []
        found: dict[str, list[tuple[str, int, bytes]]] = {}
        newest: dict[str, bytes] = {}
        for n, _, kind, schema_version, data, metadata in records:
            found.setdefault(streams[n - 1], []).append((kind, schema_version, data))
            newest[streams[n - 1]] = metadata
        return [Loaded(found, newest, {(scope, key): holder for scope, key, holder in held})] * len(asks)
