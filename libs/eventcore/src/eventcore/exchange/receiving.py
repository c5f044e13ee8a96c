"""Takes in what other provinces send: envelopes become rows of the inbox, receipts move what needs no resending.

An envelope and what it carries are stored in one call. Nothing here sends: the courier writes receipts from what is in
the database.
"""

from collections.abc import Sequence
from typing import Final

import structlog

from eventcore import tracing
from eventcore.broker.messages import Incoming
from eventcore.database import BUSY, GONE, Connection, Unavailable
from eventcore.exchange.envelopes import Envelope, Message, Place, Receipt, Record, Refused, opened
from eventcore.exchange.judging import Arrived, Heads, Held, Judgement, disputed, judge, moves
from eventcore.exchange.pairs import Border
from eventcore.inbox import columns, identity, keep_apart
from eventcore.signal import Signal

log = structlog.get_logger()

_LAST: Final = """
select series, number, head from log.envelopes where sender = $1 order by series desc, number desc limit 1
"""
_HEADS: Final = """
select e.series, e.number, e.head from unnest($2::bigint[], $3::bigint[]) x(series, number)
join log.envelopes e on e.sender = $1 and e.series = x.series and e.number = x.number
"""
_CALL: Final = (
    "call log.envelope_door($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, null)"
)
_STANDING: Final = """
update log.pairs set touched = touched + 1, waits = nullif($2, ''), since = case
    when $2 || $3 = '' then null when (waits, frozen) is not distinct from (nullif($2, ''), nullif($3, '')) then since
    else clock_timestamp() end, frozen = nullif($3, ''), frozen_series = $4
where region = $1
"""
_FROZEN: Final = "select frozen, frozen_series from log.pairs where region = $1"
_HELD: Final = """
select receipted_series, receipted_number, receipted_head, incarnation, receipt_at from log.pairs where region = $1
"""
_RECEIPTED: Final = """
update log.pairs set receipted_series = $2, receipted_number = $3, receipted_head = $4, receipt = $5, receipt_at = $6,
    incarnation = $7, asked = asked + $8::boolean::int, sent_series = $9, sent_number = $10, heard = $11,
    disputed = null, touched = touched + ($7 <> incarnation)::int
where region = $1 and (receipt_at is null or receipt_at <= $6)
"""
_DISPUTED: Final = "update log.pairs set disputed = $2 where region = $1"
_AGREED: Final = """
update log.pairs p set agreed = s.own from log.standing s
where s.region = p.region and p.region = any($1) and not s.agrees and s.heard = s.own and s.frozen is null
  and s.receipted_series = s.series and (s.in_series, s.in_number) >= (s.sent_series, s.sent_number)
"""


class Receiver:
    """Receives batches of the exchange: what can be stored is durable and deduplicated when `receive` returns."""

    def __init__(self, border: Border, stored: Signal) -> None:
        self._border, self._stored = border, stored
        self._corner = border.corner()

    async def receive(self, batch: Sequence[Incoming]) -> None:
        """Unavailable where the database is away: the batch comes again."""
        try:
            async with self._border.store.pool.acquire(timeout=2) as connection:
                with tracing.span("receive from exchange", kind="consumer"):
                    await self._take_in(connection, batch)
        except (*GONE, *BUSY) as error:
            raise Unavailable from error
        self._stored.notify()

    async def _take_in(self, connection: Connection, batch: Sequence[Incoming]) -> None:
        envelopes: dict[str, list[Arrived]] = {}
        receipts: list[tuple[Receipt, bytes]] = []
        for incoming in batch:
            match await self._opened(connection, incoming):
                case Envelope() as envelope:
                    arrived = Arrived(envelope, incoming.value, incoming.partition, incoming.offset)
                    envelopes.setdefault(envelope.sender, []).append(arrived)
                case Receipt() as receipt:
                    receipts.append((receipt, incoming.value))
        for sender, arrived_ones in envelopes.items():
            await self._take(connection, sender, arrived_ones)
        for receipt, signed in receipts:
            await self._note(connection, receipt, signed)
        await connection.execute(_AGREED, [*envelopes, *(receipt.sender for receipt, _ in receipts)])

    async def _opened(self, connection: Connection, incoming: Incoming) -> Message | None:
        border = self._border
        try:
            return opened(incoming.value, self._corner, border.peers, border.directory, border.clock())
        except Refused as refused:
            await keep_apart(connection, incoming, f"exchange: {refused.reason}")
            return None

    async def _take(self, connection: Connection, sender: str, arrived: Sequence[Arrived]) -> None:
        """Judges, stores, and says what became of it; once more where another process stored meanwhile."""
        while True:
            at = await _place(connection, sender)
            frozen, frozen_series = await connection.fetchrow(_FROZEN, sender) or (None, 0)
            free = [each for each in arrived if not frozen or each.envelope.series > frozen_series]
            judgement = self._readable(judge(at, free, await _heads(connection, sender, free)))
            stored = await self._store(connection, sender, at, judgement.taken)
            if stored is not None:
                break
        if not stored:
            judgement.frozen = "known_event_other_bytes"
        elif frozen and not judgement.taken:
            judgement.frozen, judgement.waits = frozen, ""
        if judgement.frozen and judgement.frozen != frozen:
            log.error("exchange.pair_frozen", region=sender, reason=judgement.frozen)
            frozen_series = max([at.series, *(each.envelope.series for each in judgement.taken)])
        await connection.execute(_STANDING, sender, judgement.waits, judgement.frozen, frozen_series)

    def _readable(self, judgement: Judgement) -> Judgement:
        """Up to the first that this code cannot read: newer code will, and until then it comes again."""
        for n, each in enumerate(judgement.taken):
            if reason := self._unreadable(each):
                log.error("exchange.unreadable", region=each.envelope.sender, reason=reason)
                return Judgement(judgement.taken[:n], reason)
        return judgement

    def _unreadable(self, arrived: Arrived) -> str:
        if (inner := self._inner(arrived)) is None:
            return ""
        name, sender = identity(inner), arrived.envelope.sender
        if name is None or name[0] != f"/cn/{sender}/{self._corner.service}":
            return "speaks_for_another"
        try:
            event, *_ = self._border.dialect.unpack(inner.key, inner.value, inner.headers)
        except Exception as error:  # whatever is wrong with the bytes: nothing is skipped
            return type(error).__name__
        return "" if self._corner.region in self._border.addressees(event) else "wrong_addressee"

    def _inner(self, arrived: Arrived) -> Incoming | None:
        """What an envelope carries, as the inbox takes it; None where it opens a series."""
        record = arrived.envelope.content
        if not isinstance(record, Record):
            return None
        return Incoming(
            topic=topic_to(self._corner.service, self._corner.region),
            partition=arrived.partition,
            offset=arrived.offset,
            key=record.key,
            value=record.value,
            headers=record.headers,
        )

    async def _store(self, connection: Connection, sender: str, at: Place, taken: Sequence[Arrived]) -> bool | None:
        """None where the pair has moved meanwhile; False where the province says something else under a known id."""
        rows = [(*place.at, place.head, each.signed) for each in taken for place in [each.place]]
        of_envelopes = [list(column) for column in zip(*rows, strict=True)] or [[]] * 4
        inner = [message for each in taken if (message := self._inner(each))]
        named = [(message, name) for message in inner if (name := identity(message))]
        status = await connection.fetchval(
            _CALL, sender, at.series, at.number, *of_envelopes, *(columns(named) if named else [[]] * 10)
        )
        return None if status is None else 2 not in status

    async def _note(self, connection: Connection, receipt: Receipt, signed: bytes) -> None:
        row = await connection.fetchrow(_HELD, receipt.sender)
        if row is None:
            return
        held = Held(Place(*row[:3]), row["incarnation"])
        stored = receipt.stored
        ours = await self._border.at(receipt.sender, stored.series, stored.number)
        if reason := disputed(receipt, ours.head if ours else None):
            log.error("exchange.receipt_disputed", region=receipt.sender, reason=reason)
            await connection.execute(_DISPUTED, receipt.sender, reason)
            return
        place = receipt.stored if moves(held, receipt) else held.place
        await connection.execute(
            _RECEIPTED, receipt.sender, place.series, place.number, place.head, signed, receipt.at,
            receipt.incarnation, receipt.wanted, *receipt.sent, receipt.heard,
        )  # fmt: skip


def topic_to(service: str, region: str) -> str:
    """Where others write to this service of this province."""
    return f"exchange.{service}.to.{region}"


async def _place(connection: Connection, sender: str) -> Place:
    row = await connection.fetchrow(_LAST, sender)
    return Place(*row) if row else Place()


async def _heads(connection: Connection, sender: str, arrived: Sequence[Arrived]) -> Heads:
    asked = {each.place.at for each in arrived}
    asked |= {each.envelope.content.base.at for each in arrived if not isinstance(each.envelope.content, Record)}
    places = sorted(asked)
    rows = await connection.fetch(_HEADS, sender, [at[0] for at in places], [at[1] for at in places])
    return {(series, number): head for series, number, head in rows}
