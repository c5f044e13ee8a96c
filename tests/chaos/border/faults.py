"""What happens to two provinces and to the exchange between them; and somebody on it who says everything again, in
whatever order."""

import asyncio
import random
import signal
from collections import deque
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError
from half_cut import half_cut
from lb.local.certificates import operating
from lb.local.exchange_rights import READ, WRITE

from tests.chaos.border.plan import REGIONS, SERVICES
from tests.chaos.border.servers import Border
from tests.chaos.faults import Faults
from tests.chaos.plan import Fault

CUT: Final = 2.5
"""So many times as long as other things are away: nominations expire meanwhile."""
OFTEN: Final = 0.3
SOME: Final = 6
PATIENT: Final = 5.0
_REMEMBERED: Final = 3000


@dataclass(slots=True, kw_only=True)
class BorderFaults(Faults):
    """`sides`: each province by itself."""

    border: Border
    sides: Mapping[str, Faults]
    _exchange: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def strike(self, fault: Fault) -> None:
        """Returns when it is over. Which province is struck, the seed says."""
        region = self.plan.dice(f"province {fault.at}").choice(REGIONS)
        match fault.kind:
            case "exchange cut":
                await self._cut(CUT * fault.seconds)
            case "exchange half cut":
                operation = self.plan.dice(f"side {fault.at}").choice((READ, WRITE))
                async with self._exchange, half_cut(self.border.server, region, operation):
                    await asyncio.sleep(CUT * fault.seconds)
            case "exchange killed" | "exchange wiped":
                await self._away(fault)
            case "key revoked":
                async with self._exchange:
                    await asyncio.to_thread(self.border.revoke, region)
            case _:
                await self.sides[region].strike(fault)

    async def _cut(self, seconds: float) -> None:
        """Nothing passes between the provinces."""
        async with self._exchange:
            self.border.server.send(signal.SIGSTOP)
            try:
                await asyncio.sleep(seconds)
            finally:
                self.border.server.send(signal.SIGCONT)

    async def _away(self, fault: Fault) -> None:
        async with self._exchange:
            await asyncio.to_thread(self.border.server.kill)
            if fault.kind == "exchange wiped":
                await asyncio.to_thread(self.border.server.wipe)
            await asyncio.sleep(fault.seconds)
            await asyncio.to_thread(self.border.start)


@dataclass(slots=True)
class Echo:
    """Says again what was said on the exchange: doubled, late, and in another order."""

    border: Border
    dice: random.Random
    said: int = 0
    _heard: "deque[tuple[str, bytes, bytes]]" = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self._listen()
            except (KafkaError, OSError):  # the exchange is away
                await asyncio.sleep(1)

    async def _listen(self) -> None:
        topics = [f"exchange.{service}.to.{region}" for service in SERVICES for region in REGIONS]
        tls = operating(self.border.server.folder)  # a province could not
        way = {"bootstrap_servers": self.border.server.bootstrap, "security_protocol": "SSL", "ssl_context": tls}
        async with AsyncExitStack() as ends:
            consumer = AIOKafkaConsumer(*topics, auto_offset_reset="earliest", enable_auto_commit=False, **way)
            producer = AIOKafkaProducer(request_timeout_ms=3000, **way)
            for client in (consumer, producer):
                ends.push_async_callback(_stopped, client)
            for client in (consumer, producer):
                await asyncio.wait_for(client.start(), PATIENT)
            while True:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    self._heard.extend((each.topic, each.key, each.value) for each in records)
                await asyncio.wait_for(self._repeat(producer), PATIENT)
                await asyncio.sleep(OFTEN)

    async def _repeat(self, producer: AIOKafkaProducer) -> None:
        for topic, key, value in self.dice.sample(self._heard, min(SOME, len(self._heard))):
            await producer.send_and_wait(topic, value, key=key)
            self.said += 1


async def _stopped(client: AIOKafkaConsumer | AIOKafkaProducer) -> None:
    """Also where the exchange is away: the client then fails to stop, or cancels whoever asks it to."""
    await asyncio.gather(asyncio.wait_for(client.stop(), PATIENT), return_exceptions=True)
