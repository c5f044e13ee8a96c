"""Workers who ask in both provinces for the money of one occupation and level: what other services say of them, put
into the provinces' own Kafka as their relays would, and what the offices of both provinces then do."""

import asyncio
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from border import WORKPLACE, a_guest, certified_at_the_host
from claim_facts import COUNTY, WELDER_BEFORE, Life
from lb.demo.offices import Office, each_of
from lb.deployment import Deployment
from published import Published
from rule_packs import text_of

from tests.chaos.border.plan import HOME, HOST
from tests.chaos.border.quiet import FOLLOWS
from tests.chaos.border.servers import Border

KIND: Final = "SKILL_UPGRADE"
FUND: Final = "UNEMPLOYMENT_INSURANCE"
_PARTITIONS: Final = 12
_PLACES: Final = {HOME: COUNTY, HOST: WORKPLACE}
_INSURED: Final = {"insured": True, "valid_from": "2025-01-01", "document": "失保-1"}


def lives(count: int) -> Sequence[Life]:
    """So many workers of home; each has a certificate there."""
    return [Life(name=f"claimant-{n}", groups=()) for n in range(count)]


def abroad(life: Life) -> Life:
    """The same worker, with the certificate of the host: the same occupation, in an older edition of the catalogue."""
    return life.but(occupation=WELDER_BEFORE)


async def tell(border: Border, claimants: Sequence[Life]) -> None:
    """Registered and certified at home; at work and certified at the host."""
    here = [fact for life in claimants for fact in (life.registered(), life.issued())]
    there = [fact for life in map(abroad, claimants) for fact in (a_guest(life), certified_at_the_host(life))]
    await asyncio.gather(_send(border, HOME, here), _send(border, HOST, there))


async def provide_topics(border: Border) -> None:
    """As the services do that the topics belong to."""
    for region, servers in border.provinces.items():
        admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka.bootstrap)
        await admin.start()
        try:
            await admin.create_topics([NewTopic(f"{region}.{topic}", _PARTITIONS, 1) for topic in FOLLOWS["subsidy"]])
        finally:
            await admin.close()


async def _send(border: Border, region: str, facts: Sequence[Published]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=border.provinces[region].kafka.bootstrap, acks="all")
    await producer.start()
    try:
        for n, fact in enumerate(facts):
            message = fact.message(n, region)
            await producer.send(message.topic, message.value, key=message.key, headers=[*message.headers])
        await producer.flush()
    finally:
        await producer.stop()


@dataclass(slots=True)
class Offices:
    """Of one province: rules and money are there before anybody claims."""

    deployment: Deployment
    client: httpx.AsyncClient
    dice: random.Random
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    async def prepare(self) -> None:
        """The rules of skill upgrade, money for it, and a handler who may decide."""
        region = self.deployment.region
        await self._do("rule-officer", "rule-packs", {"text": text_of("520000-skill-upgrade").replace(HOME, region)})
        await self._do("fund-officer", f"funds/{FUND}/allocations", {"amount": 10**9, "document": "财社〔2026〕1号"})
        signed = {"signed_on": "2026-01-05", "valid_to": "2027-01-05", "document": "廉政承诺〔2026〕1号"}
        handler = self._office("handler").subject
        await self._do("supervisor", f"handlers/{handler}/commitments", signed)

    async def insure(self, claimants: Sequence[Life]) -> None:
        """Every worker's insurance is looked up, in an order of the province's own: then the claim may go on."""
        clerk = Office(self.deployment, self.client, "clerk", _PLACES[self.deployment.region])
        workers = [each.worker for each in claimants]
        self.dice.shuffle(workers)

        async def one(worker: str) -> None:
            await clerk.until_there(f"{self._url}/workers/{worker}/dossier")
            await clerk.do(f"{self._url}/workers/{worker}/insurance", self._key(), _INSURED)

        await each_of(workers, one)

    async def _do(self, office: str, path: str, body: dict[str, Any]) -> None:
        await self._office(office).do(f"{self._url}/{path}", self._key(), body)

    def _office(self, name: str) -> Office:
        return Office(self.deployment, self.client, name, self.deployment.region)

    @property
    def _url(self) -> str:
        return f"{self.deployment.address('subsidy')}/v1"

    def _key(self) -> str:
        return f"claimants-{next(self._keys)}"
