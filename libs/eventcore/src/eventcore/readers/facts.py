"""Pages of the log, own and foreign facts in position order, decoded.

Both come in one statement: two statements would have two snapshots, and what committed between them would be skipped.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from eventcore.codec import Codec, UnknownEvent
from eventcore.database import Connection, Pool
from eventcore.facts import Fact, Meta
from eventcore.published import Dialect

PAGE: Final = 500

_UNION: Final = """
select * from (
    (select position, null::text as source, stream_id, version, type, schema_version,
            case when type = any($3) or not type = any($5) then data end as data,
            metadata, occurred_at, recorded_at, null::text as id
     from log.events where position > $1 and position <= $4 order by position limit $2)
    union all
    (select position, source, stream_id, 0, type, 0::smallint,
            case when type = any($3) then data end, headers, recorded_at, recorded_at, id
     from log.inbox where position > $1 and position <= $4 order by position limit $2)
) both_logs order by position limit $2
"""

_OF_STREAM: Final = """
select position, null::text as source, stream_id, version, type, schema_version, data, metadata, occurred_at,
       recorded_at, null::text as id
from log.events where stream_id = $1 and position >= $2 and position <= $3
union all
select position, source, stream_id, 0, type, 0::smallint, data, headers, recorded_at, recorded_at, id
from log.inbox where source || '#' || stream_id = $1 and position >= $2 and position <= $3
order by position
"""

_decode_meta: Final = msgspec.json.Decoder(Meta).decode
END: Final = 2**62


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be decoded: poison for the reader that wants it."""

    stream: str
    position: int
    error: Exception


@dataclass(frozen=True, slots=True)
class Page:
    """Facts that a reader wants, in order, and the last position that was looked at."""

    facts: Sequence[Fact[Any] | Unread]
    last: int
    full: bool
    recorded_at: datetime | None = None


class Pages:
    """Reads the log for one reader: only the types that it wants are fetched and decoded. `known` are the types of all
    own events that this code knows: another one was written by newer code, and is not passed over but poison."""

    def __init__(
        self,
        pool: Pool,
        codecs: Sequence[Codec],
        dialect: Dialect | None = None,
        foreign: Collection[str] = (),
        size: int = PAGE,
        known: Collection[str] | None = None,
    ) -> None:
        self._pool = pool
        self._by_type = {kind: codec for codec in codecs for kind in codec.types()}
        self._dialect = dialect
        self._types = sorted({*self._by_type, *foreign})
        self._known = None if known is None else sorted(known)
        self.size = size

    async def after(self, position: int, until: int = END, connection: Connection | None = None) -> Page:
        """The next page after this position."""
        source = connection or self._pool
        records = await source.fetch(_UNION, position, self.size, self._types, until, self._known)
        facts = [self._fact(record) for record in records if record["data"] is not None]
        last = records[-1] if records else None
        return Page(
            facts,
            last["position"] if last else position,
            len(records) == self.size,
            last["recorded_at"] if last else None,
        )

    async def of_stream(self, stream: str, first: int, last: int) -> list[Fact[Any] | Unread]:
        """What waits of a parked stream."""
        records = await self._pool.fetch(_OF_STREAM, stream, first, last)
        return [self._fact(record) for record in records if self._wants(record)]

    def _wants(self, record: Any) -> bool:
        foreign_or_known = record["source"] or self._known is None or record["type"] in self._known
        return record["type"] in self._types or not foreign_or_known

    def _fact(self, record: Any) -> Fact[Any] | Unread:
        try:
            return self._foreign(record) if record["source"] else self._own(record)
        except Exception as error:  # whatever is wrong with the bytes: the stream is parked, nothing is skipped
            return Unread(stream_name(record["source"], record["stream_id"]), record["position"], error)

    def _own(self, record: Any) -> Fact[Any]:
        _, _, stream, version, kind, schema_version, data, metadata, occurred_at, recorded_at, _ = record
        return Fact(
            event=self._codec(kind).decode(kind, schema_version, data),
            id=f"{stream}/{version}",
            stream=stream,
            version=version,
            position=record["position"],
            occurred_at=occurred_at,
            recorded_at=recorded_at,
            meta=_decode_meta(metadata),
        )

    def _codec(self, kind: str) -> Codec:
        if kind not in self._by_type:
            raise UnknownEvent(kind)
        return self._by_type[kind]

    def _foreign(self, record: Any) -> Fact[Any]:
        if self._dialect is None:
            raise TypeError("a reader of foreign facts needs a dialect")
        found = self._dialect.unpack(record["stream_id"].encode(), record["data"], decode_headers(record["metadata"]))
        return Fact(
            event=found.event,
            id=record["id"],
            stream=record["stream_id"],
            version=found.version,
            position=record["position"],
            occurred_at=found.occurred_at,
            recorded_at=record["recorded_at"],
            meta=Meta(causation=found.causation, correlation=found.correlation, trace=found.trace),
            source=record["source"],
        )


def stream_name(source: str | None, stream: str) -> str:
    """How a stream is parked: foreign ones with their source, so that they never meet an own one."""
    return f"{source}#{stream}" if source else stream


def parking_of(fact: Fact[Any] | Unread) -> str:
    """The parking name of a fact's stream."""
    return fact.stream if isinstance(fact, Unread) else stream_name(fact.source, fact.stream)


encode_headers: Final = msgspec.json.encode
decode_headers: Final = msgspec.json.Decoder(list[tuple[str, bytes]]).decode
