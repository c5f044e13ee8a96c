"""Facts go from one service's log through a real Kafka into another's, once and in order, whatever is done twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import toy_dialect
from draining import read
from eventcore.codec import Codec
from eventcore.database import Pool, connect
from eventcore.exchange.roll_call import roll_is_answered
from eventcore.readers.facts import Pages
from eventcore.readers.relay import rewind
from eventcore.roll import ROLL
from eventcore.schema import renew
from eventcore.service import Service
from eventcore.settings import Settings
from eventcore.store import Order, Store, handle
from eventcore.worker import assemble, make_topics
from following import soon
from lb.local.databases import MakeDatabase, with_database
from logs import APP, LogUrls
from pydantic import SecretStr
from shop import CLASS, SEAT, GiveSeatBack, OpenClass, TakeSeat

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]

HERE = Path(__file__).parent


def shop(name: str, topics: list[str], follows: list[str]) -> Service:
    return Service(
        name=name,
        dialect=toy_dialect,
        migrations=HERE,
        deciders=(CLASS, SEAT) if topics else (),
        publish=toy_dialect.publish,
        topics=topics,
        follows=follows,
    )


@pytest.fixture
def region(kafka_prefix: str) -> str:
    """Six digits that no other test uses as a region, so that topics are its own."""
    return str(100000 + int(kafka_prefix[1:], 16) % 899999)


def settings(url: str, kafka: str, region: str) -> Settings:
    return Settings(env="test", region=region, database_url=SecretStr(url), kafka_bootstrap=kafka)


@asynccontextmanager
async def working(service: Service, given: Settings, store: Store) -> AsyncIterator[None]:
    task = asyncio.create_task(assemble(service, given, store).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def other_pool(log_template: str, postgres_database: MakeDatabase) -> AsyncIterator[Pool]:
    owner = postgres_database(template=log_template)
    pool = await connect(with_database(owner, urlsplit(owner).path.lstrip("/"), user=APP))
    yield pool
    await pool.close()


async def seats(store: Store, first: int, last: int) -> None:
    await handle(store, CLASS, "weld", OpenClass(place="x"), Order(id="open"))
    for n in range(first, last):
        await handle(store, SEAT, f"s{n}", TakeSeat(class_key="weld", number=f"n{n}"), Order(id=f"take{n}"))


async def arrived(pool: Pool, count: int) -> bool:
    return bool(await pool.fetchval("select count(*) = $1 from log.inbox", count))


async def test_facts_arrive_once_and_in_order_through_replays_and_restarts(
    log_urls: LogUrls, pool: Pool, other_pool: Pool, kafka_server: str, region: str
) -> None:
    sender, receiver = shop("shop", ["shop.seat.1"], []), shop("office", [], ["shop.seat.1"])
    sending = settings(log_urls.app, kafka_server, region)
    receiving = settings(str(other_pool._connect_args[0]), kafka_server, region)
    store, other = Store(pool), Store(other_pool)
    await make_topics(sender, sending)
    async with working(receiver, receiving, other):
        async with working(sender, sending, store):
            await seats(store, 0, 20)
            await soon(lambda: arrived(other_pool, 20))
        await rewind(pool)
        async with working(sender, sending, store):
            for n in range(20):
                await handle(store, SEAT, f"s{n}", GiveSeatBack(), Order(id=f"back{n}"))
            await soon(lambda: arrived(other_pool, 40))
    pages = Pages(other_pool, (), toy_dialect, {toy_dialect.TAKEN, toy_dialect.BACK})
    facts = read(await pages.after(0))
    by_stream: dict[str, list[int]] = {}
    for fact in facts:
        by_stream.setdefault(fact.stream, []).append(fact.version)
    assert by_stream == {f"seat-s{n}": [1, 2] for n in range(20)}
    assert {fact.event.number for fact in facts if fact.version == 1} == {f"n{n}" for n in range(20)}
    assert all(fact.source == f"/cn/{region}/shop" for fact in facts)


async def test_a_restored_log_takes_in_again_what_it_lost(
    log_urls: LogUrls,
    pool: Pool,
    other_pool: Pool,
    log_template: str,
    postgres_database: MakeDatabase,
    kafka_server: str,
    region: str,
) -> None:
    """The offsets of the group say that it has everything."""
    sender, receiver = shop("shop", ["shop.seat.1"], []), replace(shop("office", [], ["shop.seat.1"]), deciders=(ROLL,))
    sending = settings(log_urls.app, kafka_server, region)
    await make_topics(sender, sending)
    receiving = settings(str(other_pool._connect_args[0]), kafka_server, region)
    async with working(sender, sending, Store(pool)), working(receiver, receiving, Store(other_pool)):
        await seats(Store(pool), 0, 20)
        await soon(lambda: arrived(other_pool, 20))
    owner = postgres_database(template=log_template)
    await renew(owner)
    url = with_database(owner, urlsplit(owner).path.lstrip("/"), user=APP)
    restored = await connect(url)
    assert not await roll_is_answered(restored)
    async with working(receiver, settings(url, kafka_server, region), Store(restored)):
        await soon(lambda: roll_is_answered(restored))
        assert await arrived(restored, 20)
    await restored.close()


async def test_the_checkpoint_moves_only_with_acknowledgements(
    log_urls: LogUrls, pool: Pool, kafka_server: str, region: str
) -> None:
    service, given = shop("shop", ["shop.seat.1"], []), settings(log_urls.app, kafka_server, region)
    store = Store(pool)
    await make_topics(service, given)
    async with working(service, given, store):
        await seats(store, 0, 5)
        await soon(lambda: stands_at(pool, 6))
    marks = await pool.fetchval("select sum(kafka_offset + 1)::int from log.relay_marks")
    assert marks == 5
    assert {kind for codec in service.all_codecs() for kind in codec.types()} >= Codec(SEAT.events).types()


async def stands_at(pool: Pool, position: int) -> bool:
    return bool(await pool.fetchval("select position = $1 from log.checkpoints where reader = 'relay'", position))
