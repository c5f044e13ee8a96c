"""Who may do what on the exchange: a province writes to the others and reads what is written to it, and nothing else.
Topics are made by the exchange."""

import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import NoError, for_code
from aiokafka.protocol.admin import CreateAclsRequest
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec, ensure
from eventcore.exchange.receiving import topic_to

from lb.local.certificates import OPERATOR

TOPIC: Final = 2
GROUP: Final = 3
READ: Final = 3
WRITE: Final = 4
DENY: Final = 2
ALLOW: Final = 3
_LITERAL: Final = 3
_PREFIXED: Final = 4
"""Numbers of Kafka's protocol; who reads or writes may also describe."""


@dataclass(frozen=True, slots=True)
class Right:
    """What a province may do; with a group, everything whose name begins like this."""

    region: str
    kind: int
    name: str
    operation: int


def rights(provinces: Sequence[str], services: Sequence[str]) -> Iterator[Right]:
    """All that are given."""
    for region in provinces:
        yield Right(region, GROUP, f"{region}.", READ)
        for service in services:
            for other in provinces:
                yield Right(region, TOPIC, topic_to(service, other), READ if other == region else WRITE)


async def lay(bootstrap: str, tls: ssl.SSLContext, provinces: Sequence[str], services: Sequence[str]) -> None:
    """Makes topics and gives rights, as far as they are missing. BrokerLost, KafkaError."""
    topics = [TopicSpec(name=topic_to(service, region)) for service in services for region in provinces]
    await ensure(BrokerSettings(bootstrap=bootstrap, client_id=OPERATOR, tls=tls), topics)
    async with administering(bootstrap, tls) as client:
        for right in rights(provinces, services):
            answer = await client.send(client.get_random_node(), CreateAclsRequest(*entry(right)))
            for code, message in answer.creation_responses:
                if for_code(code) is not NoError:
                    raise for_code(code)(message)


@asynccontextmanager
async def administering(bootstrap: str, tls: ssl.SSLContext) -> AsyncIterator[AIOKafkaClient]:
    """A client that takes requests of the protocol. KafkaError."""
    client = AIOKafkaClient(bootstrap_servers=bootstrap, security_protocol="SSL", ssl_context=tls)
    try:
        await client.bootstrap()
        yield client
    finally:
        await client.close()


def entry(right: Right, permission: int = ALLOW) -> tuple[int, str, int, str, str, int, int]:
    """The right, or that it is denied, as Kafka keeps it."""
    pattern = _PREFIXED if right.kind == GROUP else _LITERAL
    return right.kind, right.name, pattern, f"User:{right.region}", "*", right.operation, permission
