"""Two provinces' services on a real Kafka with TLS, wired as in production."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError
from crossing import HOME, HOST, SHOP, Side, app_url
from eventcore.exchange.pairs import pairs_agree
from eventcore.exchange.receiving import topic_to
from eventcore.settings import Settings
from eventcore.worker import assemble, make_topics
from following import soon
from half_cut import half_cut
from lb.local import certificates
from lb.local.exchange import ExchangeServer
from lb.local.exchange_rights import READ, WRITE
from lb.local.kafka import KafkaServer, answers
from lb.local.ports import free_ports
from lb.paths import find_project
from pydantic import SecretStr

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExchangeServer]:
    folder = tmp_path_factory.mktemp("exchange")
    port, controller_port = free_ports(2)
    server = ExchangeServer(
        find_project(), folder, port=port, controller_port=controller_port, log=folder / "exchange.log",
        provinces=(HOME, HOST), services=("shop",),
    )  # fmt: skip
    server.start()
    yield server
    server.stop()


def settings(side: Side, exchange: ExchangeServer, kafka: str) -> Settings:
    secrets = side.keys.folder / side.region
    certificates.identify(exchange.folder, side.region, secrets)
    return Settings(
        env="test",
        region=side.region,
        database_url=SecretStr(app_url(side.owner)),
        kafka_bootstrap=kafka,
        secrets_dir=secrets,
        exchange_bootstrap=exchange.bootstrap,
        exchange_ca=exchange.ca,
        exchange_certificate=secrets / certificates.CERTIFICATE,
        exchange_key=secrets / certificates.KEY,
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


async def test_facts_cross_by_kafka_with_tls_also_after_it_lost_everything(
    home: Side, host: Side, exchange: ExchangeServer, kafka_server: str
) -> None:
    async def crossed() -> bool:
        return await host.arrived() == await home.said() and await home.arrived() == await host.said()

    given = {side.region: settings(side, exchange, kafka_server) for side in (home, host)}
    async with working(home, given[HOME]), working(host, given[HOST]):
        await home.seats(20)
        await host.seats(5)
        await soon(crossed, 60)
    exchange.stop()
    exchange.wipe()
    await home.seats(5)
    async with working(home, given[HOME]), working(host, given[HOST]):
        await asyncio.to_thread(KafkaServer.start, exchange)  # with no topics, and rights for nobody
        await asyncio.sleep(1)
        await asyncio.to_thread(exchange.admit)
        await soon(crossed, 60)
        await soon(lambda: receipted(home), 60)
    assert await pairs_agree(home.pool)
    assert len({stream for stream, _, _ in await home.envelopes()}) == 1


@pytest.mark.parametrize("operation", [READ, WRITE], ids=["writes-only", "reads-only"])
async def test_a_province_that_is_cut_on_one_side_loses_nothing_and_says_nothing_twice(
    home: Side, host: Side, exchange: ExchangeServer, kafka_server: str, operation: int
) -> None:
    given = {side.region: settings(side, exchange, kafka_server) for side in (home, host)}
    deaf, heard = (home, host) if operation == READ else (host, home)
    async with working(home, given[HOME]), working(host, given[HOST]):
        async with half_cut(exchange, HOME, operation):
            await home.seats(4)
            await host.seats(3)
            await soon(lambda: arrived(deaf, heard), 60)  # what the way that is open brings
            assert await deaf.arrived() == []
            assert not await receipted(deaf)
        await soon(lambda: settled(home, host), 60)
    for side in (home, host):
        standing = await side.standing()
        assert (standing["frozen"], standing["waits"], standing["disputed"]) == (None, None, None)
        assert len({stream for stream, _, _ in await side.envelopes()}) == 1
    assert await pairs_agree(home.pool)


async def settled(home: Side, host: Side) -> bool:
    heard = await arrived(home, host) and await arrived(host, home)
    return heard and await receipted(home) and await receipted(host)


async def arrived(sender: Side, receiver: Side) -> bool:
    return bool(await receiver.arrived() == await sender.said())


async def receipted(side: Side) -> bool:
    standing = await side.standing()
    receipted = standing["receipted_series"], standing["receipted_number"]
    return bool(receipted == (standing["series"], standing["number"]))


@asynccontextmanager
async def speaking_as(region: str, exchange: ExchangeServer, folder: Path) -> AsyncIterator[dict[str, Any]]:
    """How somebody with a certificate of the exchange's authority reaches it."""
    certificates.identify(exchange.folder, region, folder)
    tls = certificates.trusting(exchange.ca, folder / certificates.CERTIFICATE, folder / certificates.KEY)
    yield {"bootstrap_servers": exchange.bootstrap, "security_protocol": "SSL", "ssl_context": tls}


async def say(way: Mapping[str, Any], topic: str) -> None:
    """KafkaError where it is refused."""
    producer = AIOKafkaProducer(request_timeout_ms=5_000, **way)
    await producer.start()
    try:
        await producer.send_and_wait(topic, b"anything", partition=0)
    finally:
        await producer.stop()


async def hear(way: Mapping[str, Any], topic: str, group: str) -> None:
    """KafkaError where it is refused."""
    consumer = AIOKafkaConsumer(group_id=group, enable_auto_commit=False, request_timeout_ms=5_000, **way)
    await consumer.start()
    try:
        consumer.assign([TopicPartition(topic, 0)])
        await consumer.committed(TopicPartition(topic, 0))
        await consumer.seek_to_beginning()
        await consumer.getone()
    finally:
        await consumer.stop()


async def test_a_province_writes_to_others_and_reads_what_is_written_to_it(
    exchange: ExchangeServer, tmp_path: Path
) -> None:
    own, others, group = topic_to("shop", HOME), topic_to("shop", HOST), f"{HOME}.shop.exchange"
    async with speaking_as(HOME, exchange, tmp_path) as home:
        await say(home, others)
        for refused in (say(home, own), hear(home, others, group), hear(home, own, f"{HOST}.shop.exchange")):
            with pytest.raises((TopicAuthorizationFailedError, GroupAuthorizationFailedError)):
                await refused
    async with speaking_as(HOST, exchange, tmp_path) as host:
        await hear(host, others, f"{HOST}.shop.exchange")


async def test_a_province_that_was_given_nothing_is_refused(exchange: ExchangeServer, tmp_path: Path) -> None:
    async with speaking_as("330000", exchange, tmp_path) as stranger:
        with pytest.raises(TopicAuthorizationFailedError):
            await say(stranger, topic_to("shop", HOST))


async def test_who_shows_no_certificate_of_the_exchange_s_authority_does_not_speak_to_it(
    exchange: ExchangeServer, tmp_path: Path
) -> None:
    assert await exchange.answers()
    assert not await answers(exchange.bootstrap)
    assert not await answers(exchange.bootstrap, tls=certificates.trusting(exchange.ca))
    certificates.identify(tmp_path, HOME, tmp_path)  # another authority, the same name
    forged = (tmp_path / certificates.CERTIFICATE, tmp_path / certificates.KEY)
    assert not await answers(exchange.bootstrap, tls=certificates.trusting(exchange.ca, *forged))
    assert not await answers(exchange.bootstrap, tls=certificates.operating(tmp_path))
