"""Two provinces' services on a real Kafka with TLS, wired as in production."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from crossing import HOME, HOST, SHOP, Side, app_url
from eventcore.exchange.pairs import pairs_agree
from eventcore.settings import Settings
from eventcore.worker import assemble, make_topics
from lb.local.exchange import ExchangeServer, provide_certificates
from lb.local.kafka import answers
from lb.local.ports import free_ports
from lb.paths import find_project
from pydantic import SecretStr

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExchangeServer]:
    folder = tmp_path_factory.mktemp("exchange")
    port, controller_port = free_ports(2)
    server = ExchangeServer(
        find_project(), folder, port=port, controller_port=controller_port, log=folder / "exchange.log"
    )
    server.start()
    yield server
    server.stop()


def settings(side: Side, exchange: ExchangeServer, kafka: str) -> Settings:
    return Settings(
        env="test",
        region=side.region,
        database_url=SecretStr(app_url(side.owner)),
        kafka_bootstrap=kafka,
        secrets_dir=side.keys.folder / side.region,
        exchange_bootstrap=exchange.bootstrap,
        exchange_ca=exchange.ca,
        exchange_directory=side.keys.folder / "directory.json",
        exchange_provinces=side.peer,
    )


@asynccontextmanager
async def working(side: Side, given: Settings) -> AsyncIterator[None]:
    await make_topics(SHOP, given)
    worker = assemble(SHOP, given, side.store)
    task = asyncio.create_task(worker.run())
    try:
        yield
        assert worker.healthy()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def soon(check: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await check():  # noqa: ASYNC110 what is awaited is in the database
            await asyncio.sleep(0.05)


async def test_facts_cross_by_kafka_with_tls_also_after_it_lost_everything(
    home: Side, host: Side, exchange: ExchangeServer, kafka_server: str
) -> None:
    async def crossed() -> bool:
        return await host.arrived() == await home.said() and await home.arrived() == await host.said()

    given = {side.region: settings(side, exchange, kafka_server) for side in (home, host)}
    async with working(home, given[HOME]), working(host, given[HOST]):
        await home.seats(20)
        await host.seats(5)
        await soon(crossed)
    exchange.stop()
    exchange.wipe()
    exchange.start()
    await home.seats(5)
    async with working(home, given[HOME]), working(host, given[HOST]):
        await soon(crossed)
        await soon(lambda: receipted(home))
    assert await pairs_agree(home.pool)
    assert len({stream for stream, _, _ in await home.envelopes()}) == 1


async def receipted(side: Side) -> bool:
    standing = await side.standing()
    receipted = standing["receipted_series"], standing["receipted_number"]
    return bool(receipted == (standing["series"], standing["number"]))


async def test_who_trusts_another_authority_does_not_speak_to_the_exchange(exchange: ExchangeServer) -> None:
    assert await exchange.answers()
    other = exchange.folder / "other"
    provide_certificates(other)
    assert not await answers(exchange.bootstrap, ca=other / "ca.pem")
