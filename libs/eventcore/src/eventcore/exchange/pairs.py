"""How this service stands with each other province, and which series goes out to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog

from eventcore.database import Pool, reading
from eventcore.exchange import gauges
from eventcore.exchange.directory import Directory
from eventcore.exchange.envelopes import Corner, Place
from eventcore.exchange.keys import Ring
from eventcore.exchange.outbound import OUTBOUND, EnvelopeSigned, OpenSeries, Outbound, Series, SeriesOpened, key_of
from eventcore.published import Dialect
from eventcore.store import Order, Store, handle

log = structlog.get_logger()

LONG: Final = 10_000
"""Envelopes after which a series ends, once all are receipted: whoever opens its stream reads it whole."""

_ENSURE: Final = """
insert into log.pairs (region, agreed)
select unnest($1::text[]), case when restored_at is null then incarnation end from log.head on conflict do nothing
"""
_STANDING: Final = "select * from log.standing where region = any($1) order by region"
_AT: Final = "select type, schema_version, data from log.events where stream_id = $1 and version = $2"
_PARKED: Final = "select min(position) - 1 from log.parked where reader = $1"
_AGREE: Final = "select not exists (select from log.pairs p, log.head h where p.agreed is distinct from h.incarnation)"


async def pairs_agree(pool: Pool) -> bool:
    """False after a restore, until every province's receipts agree with this log: so long it acts as nobody's steward
    and pays nothing. A reader in SQL looks at `log.standing.agrees`. Unavailable."""
    with reading():
        return bool(await pool.fetchval(_AGREE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """What the parts of a service's exchange share."""

    store: Store
    region: str
    service: str
    peers: Sequence[str]
    directory: Directory
    ring: Ring
    dialect: Dialect
    publish: Callable[[Any], Any | None]
    addressees: Callable[[Any], Sequence[str]]
    clock: Callable[[], datetime]

    def corner(self, incarnation: str = "") -> Corner:
        """This side; who only receives needs no incarnation."""
        return Corner(self.region, self.service, incarnation)

    async def prepare(self) -> None:
        """A row for each pair."""
        await self.store.pool.execute(_ENSURE, list(self.peers))

    async def standings(self, *regions: str) -> Sequence[Any]:
        """Rows of `log.standing`: of these provinces, or of all."""
        return list(await self.store.pool.fetch(_STANDING, list(regions or self.peers)))

    async def outbound(self, region: str, series: int) -> Outbound:
        """What was signed in a series, as this process last saw it."""
        outbound, _ = await self.store.state(OUTBOUND, key_of(region, series), fresh=False)
        return outbound

    def ended(self, standing: Any, outbound: Outbound) -> str | None:
        """Why the present series cannot go on; None where it can."""
        if not isinstance(outbound, Series):
            return "first"
        if outbound.incarnation != standing["own"]:
            return "restored"
        if outbound.keys & self.directory.revoked(self.region):
            return "key_revoked"
        receipted = standing["receipted_series"], standing["receipted_number"]
        if receipted < outbound.base:
            return "receiver_restored"
        full = outbound.number >= LONG and receipted == (outbound.series, outbound.number)
        return "long" if full else None

    async def settle(self, region: str) -> int:
        """The series that goes out to a province; opened where the one before has ended. NoKey."""
        while True:
            (standing,) = await self.standings(region)
            gauges.show(standing)
            outbound = await self.outbound(region, standing["series"])
            reason = self.ended(standing, outbound)
            if reason is None:
                return int(standing["series"])
            await self._open(standing, reason)

    async def _open(self, standing: Any, reason: str) -> None:
        region, now = standing["region"], self.clock()
        base = Place(standing["receipted_series"], standing["receipted_number"], standing["receipted_head"])
        series = max(standing["series"] + 1, int(now.strftime("%Y%m%d%H%M%S")))
        command = OpenSeries(
            corner=self.corner(standing["own"]),
            signer=self.ring.signer(now),
            at=now,
            region=region,
            series=series,
            previous=standing["series"],
            base=base,
            position=await self._position(region, standing["series"], base),
        )
        log.warning("exchange.series_opened", region=region, series=series, reason=reason)
        await handle(self.store, OUTBOUND, key_of(region, series), command, Order(id=f"exchange/{region}/{series}"))

    async def _position(self, region: str, series: int, base: Place) -> int:
        """Where a new series begins in the log: after what is receipted, before what an operator must mend."""
        signed = await self.at(region, base.series, base.number)
        parked = await self.store.pool.fetchval(_PARKED, reader_of(region, series))
        position = signed.position if signed else 0
        return position if parked is None else min(position, parked)

    async def at(self, region: str, series: int, number: int) -> SeriesOpened | EnvelopeSigned | None:
        """What was signed under a number."""
        row = await self.store.pool.fetchrow(_AT, OUTBOUND.stream(key_of(region, series)), number)
        found: SeriesOpened | EnvelopeSigned | None = self.store.codec(OUTBOUND).decode(*row) if row else None
        return found


def reader_of(region: str, series: int) -> str:
    """The name of the reader that signs a series; its checkpoint is never reset."""
    return f"exchange/{region}/{series}"
