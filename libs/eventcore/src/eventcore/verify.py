"""Does the log still say what was recorded? Chains are computed again from the stored bytes, and guards, postings and
timers are folded again from the events. Shares no SQL with the door."""

import hashlib
import struct
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.decider import Decider
from eventcore.effects import Effect, Post, Release, Take, Wake
from eventcore.exchange.envelopes import head_after
from eventcore.facts import category_of
from eventcore.inbox import said
from eventcore.readers.facts import decode_headers

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_EVENTS: Final = """
select position, stream_id, version, type, schema_version, data, metadata, occurred_at, recorded_at, hash
from log.events order by stream_id, version
"""
_COUNTED: Final = """
select count(*) as rows, count(distinct position) as distinct, coalesce(max(position), 0) as last
from (select position from log.events union all select position from log.inbox) both_logs
"""
_ARRIVED: Final = "select id, stream_id, headers, data, hash from log.inbox order by position"
_CROSSED: Final = "select sender, series, number, head, envelope from log.envelopes order by sender, series, number"
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree. `place` names the event, guard, posting or timer."""

    kind: str
    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Effected:
    position: int
    n: int
    stream: str
    event: str
    effect: Effect


async def verify(
    pool: Pool, deciders: Sequence[Decider[Any, Any, Any]], progress: Progress = lambda _: None
) -> list[Finding]:
    """All findings of a whole log; none means that it agrees with itself."""
    findings: list[Finding] = []
    effects: list[_Effected] = []
    kinds = {decider.category: (decider, Codec(decider.events)) for decider in deciders}
    async for n, stream in _streams(pool):
        findings += chain(stream)
        findings += _fold(kinds, stream, effects)
        progress(n)
    effects.sort(key=lambda each: (each.position, each.n))
    findings += await _positions(pool)
    findings += await _inbox(pool)
    findings += await _envelopes(pool)
    findings += await _guards(pool, effects)
    findings += await _postings(pool, effects)
    findings += await _timers(pool, effects)
    return findings


async def _streams(pool: Pool) -> AsyncIterator[tuple[int, list[Any]]]:
    """Events of one stream after another, with the number of events so far."""
    stream: list[Any] = []
    seen = 0
    async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=True):
        async for record in connection.cursor(_EVENTS, prefetch=1000, timeout=60):
            if stream and record["stream_id"] != stream[0]["stream_id"]:
                yield seen, stream
                stream = []
            stream.append(record)
            seen += 1
    if stream:
        yield seen, stream


def chain(stream: Sequence[Any]) -> Iterable[Finding]:
    """Versions are 1…n, and every hash is that of its predecessor and its own bytes."""
    previous = b""
    for expected, record in enumerate(stream, 1):
        place = f"{record['stream_id']}/{record['version']}"
        if record["version"] != expected:
            yield Finding("version", place, f"expected {expected}")
        digest = link(previous, place, record)
        if digest != record["hash"]:
            yield Finding("hash", place, "the stored bytes are not those that were recorded")
        previous = record["hash"]


def link(previous: bytes, place: str, record: Any) -> bytes:
    """SHA-256 over length-prefixed algorithm, previous hash, event id, type, schema version, data, metadata, times."""
    parts = (
        b"sha256",
        previous,
        place.encode(),
        record["type"].encode(),
        struct.pack(">h", record["schema_version"]),
        record["data"],
        record["metadata"],
        _microseconds(record["occurred_at"]),
        _microseconds(record["recorded_at"]),
    )
    return hashlib.sha256(b"".join(struct.pack(">i", len(part)) + part for part in parts)).digest()


def _microseconds(moment: datetime) -> bytes:
    return struct.pack(">q", (moment - _EPOCH) // timedelta(microseconds=1))


def _fold(
    kinds: dict[str, tuple[Decider[Any, Any, Any], Codec]], stream: Sequence[Any], effects: list[_Effected]
) -> Iterable[Finding]:
    stream_id = stream[0]["stream_id"]
    category = category_of(stream_id, kinds)
    found = kinds.get(category)
    if found is None:
        return [Finding("stream", stream_id, "no decider of this service has such streams")]
    decider, codec = found
    state = decider.initial
    for record in stream:
        place = f"{stream_id}/{record['version']}"
        try:
            event = codec.decode(record["type"], record["schema_version"], record["data"])
            effects.extend(
                _Effected(record["position"], n, stream_id, place, effect)
                for n, effect in enumerate(decider.effects(state, event))
            )
            state = decider.evolve(state, event)
        except Exception as error:
            return [Finding("event", place, f"cannot be folded: {type(error).__name__}")]
    return ()


async def _positions(pool: Pool) -> list[Finding]:
    """Own and foreign facts together are numbered 1…n."""
    record = await pool.fetchrow(_COUNTED, timeout=600)
    if record is None or record["rows"] == record["distinct"] == record["last"]:
        return []
    return [Finding("position", str(record["last"]), f"{record['rows']} facts, {record['distinct']} positions")]


async def _inbox(pool: Pool) -> list[Finding]:
    """The bytes of foreign facts are those that arrived."""
    findings = []
    async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=True):
        async for row in connection.cursor(_ARRIVED, prefetch=1000, timeout=60):
            headers = dict(decode_headers(row["headers"]))
            if said(row["stream_id"].encode(), headers, row["data"]) != row["hash"]:
                findings.append(Finding("inbox", row["id"], "the stored bytes are not those that arrived"))
    return findings


async def _envelopes(pool: Pool) -> list[Finding]:
    """What other provinces sent is without a hole in each series, and every chain head is that of the stored bytes."""
    findings, at, head = [], ("", 0, 0), b""
    async with pool.acquire(timeout=5) as connection, connection.transaction(readonly=True):
        async for sender, series, number, stored, envelope in connection.cursor(_CROSSED, prefetch=1000, timeout=60):
            begins = number == 1 and (sender, series) != at[:2]
            head = head_after(b"" if begins else head, envelope)
            if (not begins and (sender, series, number - 1) != at) or head != stored:
                findings.append(Finding("envelope", f"{sender}/{series}/{number}", "not what follows the one before"))
            at, head = (sender, series, number), stored
    return findings


def _differences(kind: str, expected: dict[Any, Any], stored: dict[Any, Any]) -> list[Finding]:
    return [
        Finding(kind, " ".join(map(str, key)), f"the log says {expected.get(key)}, the table {stored.get(key)}")
        for key in sorted({*expected, *stored})
        if expected.get(key) != stored.get(key)
    ]


async def _guards(pool: Pool, effects: Iterable[_Effected]) -> list[Finding]:
    held: dict[tuple[str, str], tuple[str, str]] = {}
    for each in effects:
        match each.effect:
            case Take(scope, key, holder) if held.get((scope, key), ("",))[0] != holder:
                held[scope, key] = (holder, each.event)
            case Release(scope, key):
                held.pop((scope, key), None)
            case _:
                pass
    records = await pool.fetch("select scope, key, holder, event from log.guards", timeout=60)
    return _differences("guard", held, {(r["scope"], r["key"]): (r["holder"], r["event"]) for r in records})


async def _postings(pool: Pool, effects: Iterable[_Effected]) -> list[Finding]:
    posted: dict[tuple[str, int], tuple[str, int]] = {}
    last: dict[str, int] = {}
    for each in effects:
        if isinstance(each.effect, Post):
            last[each.event] = last.get(each.event, 0) + 1
            posted[each.event, last[each.event]] = (each.effect.account, each.effect.amount)
    records = await pool.fetch("select event, n, account, amount from log.postings", timeout=60)
    return _differences("posting", posted, {(r["event"], r["n"]): (r["account"], r["amount"]) for r in records})


async def _timers(pool: Pool, effects: Iterable[_Effected]) -> list[Finding]:
    fired = {r["id"] for r in await pool.fetch("select id from log.commands where id like 'timer/%'", timeout=60)}
    due = {(each.stream, each.effect.name): each.effect.at for each in effects if isinstance(each.effect, Wake)}
    waiting = {
        (stream, name): at
        for (stream, name), at in due.items()
        if at is not None and f"timer/{stream}/{name}/{at.astimezone(UTC).isoformat()}" not in fired
    }
    records = await pool.fetch("select stream_id, name, due_at from log.timers", timeout=60)
    return _differences("timer", waiting, {(r["stream_id"], r["name"]): r["due_at"] for r in records})
