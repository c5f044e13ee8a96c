"""Sends what the database says is to be sent: envelopes without a receipt, and receipts of what is stored.

It remembers nothing that it could not lose: after a restart everything without a receipt goes out again, byte for byte.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog

from eventcore.broker.messages import BrokerLost, Outgoing, TopicTruncated
from eventcore.clock import monotonic
from eventcore.exchange.envelopes import Place, Receipt
from eventcore.exchange.keys import NoKey
from eventcore.exchange.outbound import OUTBOUND, key_of
from eventcore.exchange.pairs import Border
from eventcore.exchange.receiving import topic_to
from eventcore.readers.lease import Leases
from eventcore.readers.loop import PASSING

log = structlog.get_logger()

WINDOW: Final = 400
"""Envelopes under way to one province without a receipt."""
LOOK: Final = 1.0
BREATH: Final = 0.05
"""Between two looks, however much is appended."""

_SIGNED: Final = """
select version, type, schema_version, data from log.events
where stream_id = $1 and version > $2 and version <= $3 order by version
"""
Publish = Callable[[Sequence[Outgoing]], Awaitable[object]]
"""Returns when all is acknowledged. The broker's BrokerLost and TopicTruncated."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds after which the same goes out again: without a receipt, twice as long each time; and when asked for."""

    first: float = 5.0
    longest: float = 300.0
    asked: float = 0.5


@dataclass(slots=True)
class _Memory:
    """Of one pair."""

    series: int = 0
    sent: int = 0
    receipted: int = 0
    asked: int = 0
    answered: int = -1
    since: float = 0.0
    patience: float = 0.0

    def after(self, series: int, receipted: int, asked: int, pace: Pace) -> int:
        """The number after which to send now: what was receipted again, where more is overdue or asked for."""
        now = monotonic()
        if (self.series, self.receipted) != (series, receipted):
            if self.series != series or receipted < self.receipted:
                self.sent = receipted
            self.series, self.receipted, self.patience, self.since = series, receipted, pace.first, now
        self.sent = max(self.sent, receipted)
        wanted = asked != self.asked
        if self.sent == receipted:
            self.since = now
        elif now - self.since >= (pace.asked if wanted else self.patience):
            self.sent, self.since, self.asked = receipted, now, asked
            self.patience = self.patience if wanted else min(self.patience * 2, pace.longest)
        return self.sent


PACE: Final = Pace()


class Courier:
    """One for all pairs of a service; one process at a time."""

    def __init__(self, border: Border, publish: Publish, pace: Pace = PACE) -> None:
        self._border, self._publish, self._pace = border, publish, pace
        self._pairs = {region: _Memory() for region in border.peers}

    async def run(self, leases: Leases) -> None:
        """Until it is cancelled."""
        appended = self._border.store.appended
        while True:
            await leases.hold("exchange courier")
            before = appended.count
            try:
                await self.round()
            except (*PASSING, BrokerLost, TopicTruncated) as error:
                log.warning("exchange.courier_waits", error=type(error).__name__)
                self._pairs = {region: _Memory() for region in self._border.peers}
                await asyncio.sleep(1.0)
            await asyncio.sleep(BREATH)
            await appended.wait(LOOK, before)

    async def round(self) -> None:
        """One look at all pairs."""
        for standing in await self._border.standings():
            region, memory = standing["region"], self._pairs[standing["region"]]
            outbound = await self._border.outbound(region, standing["series"])
            if self._border.ended(standing, outbound):
                continue  # what is said now would be true of a series that is replaced
            outgoing = [*await self._envelopes(standing, memory), *self._receipt(standing, memory)]
            if outgoing:
                await self._publish(outgoing)
                memory.answered = standing["touched"]

    async def _envelopes(self, standing: Any, memory: _Memory) -> list[Outgoing]:
        """From what was sent to the end of the window, as it was signed."""
        series = standing["series"]
        receipted = standing["receipted_number"] if standing["receipted_series"] == series else 0
        after = memory.after(series, receipted, standing["asked"], self._pace)
        stream = OUTBOUND.stream(key_of(standing["region"], series))
        rows = await self._border.store.pool.fetch(_SIGNED, stream, after, receipted + WINDOW)
        memory.sent = rows[-1]["version"] if rows else after
        decode = self._border.store.codec(OUTBOUND).decode
        return [self._outgoing(standing, decode(*row[1:]).signed) for row in rows]

    def _receipt(self, standing: Any, memory: _Memory) -> list[Outgoing]:
        """Cumulative, of what is durable here; nothing where nothing came since the last."""
        if memory.answered == standing["touched"]:
            return []
        now = self._border.clock()
        try:
            signer = self._border.ring.signer(now)
        except NoKey:
            return []
        corner, to, heard = self._border.corner(standing["own"]), standing["region"], standing["incarnation"]
        stored = Place(standing["in_series"], standing["in_number"], standing["in_head"])
        lacks = (standing["waits"] or "").endswith("_missing")
        sent = standing["series"], standing["number"]
        receipt = Receipt(
            corner.region, to, corner.service, corner.incarnation, signer.id, now, stored, lacks, sent, heard
        )
        return [self._outgoing(standing, signer.sign(receipt))]

    def _outgoing(self, standing: Any, signed: bytes) -> Outgoing:
        topic = topic_to(self._border.service, standing["region"])
        return Outgoing(topic=topic, key=self._border.region.encode(), value=signed)
