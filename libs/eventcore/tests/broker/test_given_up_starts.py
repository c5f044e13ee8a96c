"""A client whose start is given up leaves no connection behind."""

import asyncio
import gc
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from eventcore.broker.clients import open_consumer, open_producer
from eventcore.broker.messages import BrokerLost
from eventcore.broker.settings import BrokerSettings

pytestmark = pytest.mark.kafka


@pytest.fixture
async def falling_silent(settings: BrokerSettings) -> AsyncIterator[BrokerSettings]:
    """The address of a broker that answers what a connection asks first, and nothing after it."""
    host, port = settings.bootstrap.split(":")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kafka_reader, kafka_writer = await asyncio.open_connection(host, int(port))
        kafka_writer.write(await reader.read(65536))
        writer.write(await kafka_reader.read(65536))
        while await reader.read(65536):  # the question about the cluster, until the client goes
            pass
        kafka_writer.close()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    own_port = server.sockets[0].getsockname()[1]
    yield replace(settings, bootstrap=f"127.0.0.1:{own_port}", limits=replace(settings.limits, client_start=0.3))
    server.close()
    await server.wait_closed()


async def test_a_start_that_takes_too_long_leaves_no_connection_behind(falling_silent: BrokerSettings) -> None:
    for opening in (open_consumer, open_producer):
        with pytest.raises(BrokerLost):
            await opening(falling_silent)
    gc.collect()  # an open connection that nobody holds would warn here, and a warning fails


async def test_a_cancelled_start_leaves_no_connection_behind(falling_silent: BrokerSettings) -> None:
    patient = replace(falling_silent, limits=replace(falling_silent.limits, client_start=30.0))
    starting = asyncio.ensure_future(open_consumer(patient))
    await asyncio.sleep(0.3)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    del starting
    gc.collect()
