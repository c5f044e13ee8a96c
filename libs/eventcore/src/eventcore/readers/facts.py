"""Pages of the log, own and foreign facts in position order, decoded.

Both come in one statement: two statements would have two snapshots, and what committed between them would be skipped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import msgspec

from eventcore.codec import Codec, UnknownEvent
from eventcore.database import Pool
from eventcore.facts import Fact, Meta
from eventcore.published import Dialect

Facts: TypeAlias = Sequence[Fact[Any]]

PAGE: Final = 500

SPAN: Final = 10
"""How many times the page's size is looked through at once for facts that are wanted."""

_OWN: Final = """
select position, null::text as source, stream_id, type, schema_version,
       convert_to(format('{"id":%s,"stream":%s,"version":%s,"position":%s,"occurred_at":%s,"recorded_at":%s,',
                         to_json(stream_id || '/' || version), to_json(stream_id), version, position,
                         to_json(occurred_at), to_json(recorded_at)), 'UTF8')
           || '"event":' || data || ',"meta":' || metadata || '}' as data,
       null::bytea as headers, null::timestamptz as recorded_at, null::text as id
from log.events"""
"""A fact as JSON: the database writes it while this process decodes others, in one go each."""

_FOREIGN: Final = """
select position, source, stream_id, type, 0::smallint, data, headers, recorded_at, id
from log.inbox"""

_UNION: Final = f"""
({_OWN} where position > $1 and position <= $4 and ($3::text[] is null or type = any($3) or not type = any($5))
 order by position limit $2)
union all
({_FOREIGN} where position > $1 and position <= $4 and ($3::text[] is null or type = any($3))
 order by position limit $2)
order by position limit $2
"""

_OF_STREAM: Final = f"""
{_OWN} where stream_id = $1 and position >= $2 and position <= $3
union all
{_FOREIGN} where source || '#' || stream_id = $1 and position >= $2 and position <= $3
order by position
"""

END: Final = "select pos from log.last()"


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be decoded: poison for the reader that wants it."""

    stream: str
    position: int
    source: str
    error: Exception


@dataclass(slots=True)
class Line:
    """A row that was fetched for all readers, and what the first that wanted it made of it."""

    own: bool
    kind: str
    record: Any
    fact: Fact[Any] | Unread | None = None


async def following(pool: Pool, position: int) -> list[Line]:
    """The next rows of the log, of whatever type."""
    records = await pool.fetch(_UNION, position, PAGE, None, position + PAGE, None)
    return [Line(record["source"] is None, record["type"], record) for record in records]


@dataclass(frozen=True, slots=True)
class Page:
    """Facts that a reader wants, in order, the last position that was looked at, and whether there was more."""

    facts: Sequence[Fact[Any] | Unread]
    last: int
    full: bool


@dataclass(eq=False)
class Pages:
    """Reads the log for one reader: only the types that it wants are fetched and decoded. `known` are the types of all
    own events that this code knows: another one was written by newer code, and is not passed over but poison."""

    pool: Pool
    codecs: Sequence[Codec]
    dialect: Dialect | None = None
    foreign: Collection[str] = ()
    size: int = PAGE
    known: Collection[str] | None = None

    def __post_init__(self) -> None:
        self._by_type = {kind: codec for codec in self.codecs for kind in codec.types()}
        self._types = {*self._by_type, *self.foreign}

    async def after(self, position: int, until: int | None = None) -> Page:
        """The next page after this position, up to `until`, which is not after the end of the log."""
        end = await self.pool.fetchval(END) if until is None else until
        goal = max(position, min(end, position + SPAN * self.size))
        records = await self.pool.fetch(_UNION, position, self.size, self._types, goal, self.known)
        if len(records) == self.size:
            goal = records[-1]["position"]
        return Page([self._fact(record) for record in records], goal, goal < end)

    def among(self, lines: Iterable[Line], end: int) -> Page:
        """The next page, where `lines` are all that there is up to `end`."""
        facts: list[Fact[Any] | Unread] = []
        for line in lines:
            if self.wants(line.own, line.kind):
                line.fact = line.fact or self._fact(line.record)
                facts.append(line.fact)
                if len(facts) == self.size:
                    return Page(facts, line.record["position"], True)
        return Page(facts, end, False)

    async def of_stream(self, stream: str, first: int, last: int) -> list[Fact[Any] | Unread]:
        """What waits of a parked stream."""
        records = await self.pool.fetch(_OF_STREAM, stream, first, last)
        return [self._fact(each) for each in records if self.wants(each["source"] is None, each["type"])]

    def wants(self, own: bool, kind: str) -> bool:
        """Whether its pages hold facts of this type."""
        return kind in self._types or (own and self.known is not None and kind not in self.known)

    def _fact(self, record: Any) -> Fact[Any] | Unread:
        try:
            return self._foreign(record) if record["source"] else self._own(record)
        except Exception as error:  # whatever is wrong with the bytes: the stream is parked, nothing is skipped
            return Unread(record["stream_id"], record["position"], record["source"] or "", error)

    def _own(self, record: Any) -> Fact[Any]:
        kind = record["type"]
        if kind not in self._by_type:
            raise UnknownEvent(kind)
        return self._by_type[kind].decode_fact(kind, record["schema_version"], record["data"])

    def _foreign(self, record: Any) -> Fact[Any]:
        if self.dialect is None:
            raise TypeError("a reader of foreign facts needs a dialect")
        key, value, headers = record["stream_id"].encode(), record["data"], decode_headers(record["headers"])
        event, version, occurred_at, correlation, causation, trace = self.dialect.unpack(key, value, headers)
        meta = Meta(causation=causation, correlation=correlation, trace=trace)
        stored = {name: record[name] for name in ("id", "position", "recorded_at", "source")}
        stream = record["stream_id"]
        return Fact(event=event, stream=stream, version=version, occurred_at=occurred_at, meta=meta, **stored)


def parking_of(fact: Fact[Any] | Unread) -> str:
    """How its stream is parked: foreign ones with their source, so that they never meet an own one."""
    return f"{fact.source}#{fact.stream}" if fact.source else fact.stream


def decoded(fact: Fact[Any] | Unread) -> Fact[Any]:
    """Raises what is wrong with it."""
    if isinstance(fact, Unread):
        raise fact.error
    return fact


encode_headers: Final = msgspec.json.encode
decode_headers: Final = msgspec.json.Decoder(list[tuple[str, bytes]]).decode
