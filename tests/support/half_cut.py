"""One side of the border is cut: a province writes to the exchange and hears nothing, or hears and cannot write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest
from lb.local.certificates import operating
from lb.local.exchange import ExchangeServer
from lb.local.exchange_rights import DENY, TOPIC, administering, entry, rights


@asynccontextmanager
async def half_cut(server: ExchangeServer, region: str, operation: int) -> AsyncIterator[None]:
    """The exchange refuses this operation on its topics, as long as the block lasts. KafkaError."""
    denied = [
        entry(each, DENY)
        for each in rights(server.provinces, server.services)
        if (each.region, each.kind, each.operation) == (region, TOPIC, operation)
    ]
    async with administering(server.bootstrap, operating(server.folder)) as client:
        try:
            for each in denied:
                await client.send(client.get_random_node(), CreateAclsRequest(*each))
            yield
        finally:
            for each in denied:
                await client.send(client.get_random_node(), DeleteAclsRequest(*each))
