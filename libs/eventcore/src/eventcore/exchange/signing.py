"""The reader of a pair: own facts that go to a province get an envelope, each in its place of the series."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import structlog

from eventcore.exchange.envelopes import Record
from eventcore.exchange.outbound import OUTBOUND, SeriesOpened, SignEnvelope, key_of
from eventcore.exchange.pairs import Border, reader_of
from eventcore.facts import Fact
from eventcore.published import packed
from eventcore.reactions import Do
from eventcore.readers import Pages, Policy
from eventcore.readers.lease import Leases
from eventcore.readers.loop import PASSING, follow
from eventcore.readers.policy import PolicyWork
from eventcore.readers.tail import Tail

log = structlog.get_logger()

PAUSE: Final = 1.0
_BEGIN: Final = "insert into log.checkpoints (reader, position) values ($1, $2) on conflict do nothing"


class Superseded(Exception):
    """Another series goes out to this province now."""


class SigningWork(PolicyWork):
    """Signs what goes to one province, in one series. Facts may come again: the envelope's command id is the fact's."""

    def __init__(self, border: Border, region: str, series: int, incarnation: str, pages: Pages) -> None:
        super().__init__(border.store, Policy(f"exchange-{region}", self._sign), pages)
        self.name = reader_of(region, series)
        self._border, self._region, self._series = border, region, series
        self._corner = border.corner(incarnation)

    async def begin(self) -> None:
        """The checkpoint of a new series is where its opening says."""
        opening = await self._border.at(self._region, self._series, 1)
        if isinstance(opening, SeriesOpened):
            await self._border.store.pool.execute(_BEGIN, self.name, opening.position)

    async def tend(self) -> None:
        """Superseded, where this series has ended."""
        if await self._border.settle(self._region) != self._series:
            raise Superseded

    def _sign(self, fact: Fact[Any]) -> Sequence[Do[Any]]:
        event = self._border.publish(fact)
        if event is None or self._region not in self._border.addressees(event):
            return ()
        corner, now = self._corner, self._border.clock()
        said = packed(self._border.dialect, fact, event, **asdict(corner))
        record = Record(said.key, tuple(said.headers), said.value)
        signer = self._border.ring.signer(now)
        command = SignEnvelope(corner=corner, signer=signer, at=now, record=record, position=fact.position)
        return (Do(OUTBOUND, key_of(self._region, self._series), command),)


async def sign_for(border: Border, region: str, pages: Pages, leases: Leases, tail: Tail) -> None:
    """Signs what goes to a province, series after series, until it is cancelled."""
    while True:
        try:
            await border.prepare()
            series = await border.settle(region)
            (standing,) = await border.standings(region)
            work = SigningWork(border, region, series, standing["own"], pages)
            await work.begin()
            await follow(border.store.pool, work, leases, tail)
        except Superseded:
            continue
        except PASSING as error:
            log.warning("exchange.waits", region=region, error=type(error).__name__)
            await asyncio.sleep(PAUSE)
