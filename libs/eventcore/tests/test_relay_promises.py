"""What relay and inbox promise of the order between their two effects, each promise struck at its weakest moment."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
import toy_dialect
from draining import read
from eventcore import Fact, failpoints
from eventcore.broker import producer
from eventcore.broker.clients import open_producer
from eventcore.broker.consumer import Intake
from eventcore.broker.messages import Alarm, BrokerLost, Incoming, Outgoing
from eventcore.broker.producer import Publisher
from eventcore.broker.settings import BrokerSettings, ConsumerSettings, Limits
from eventcore.broker.topics import TopicSpec, ends, snapshot
from eventcore.database import Pool, Unavailable
from eventcore.readers import checkpoints, relay
from eventcore.readers.facts import Pages
from eventcore.readers.lease import Leases
from eventcore.readers.relay import RelayWork
from eventcore.service import Service
from eventcore.store import Order, Store, handle
from eventcore.worker import Membership
from logs import LogUrls
from shop import CLASS, SEAT, OpenClass, TakeSeat

LAST = 6
"""Position of the last of five seats, after their class."""


class Died(Exception):
    """Takes the place of a kill: nothing after it is done."""


@pytest.fixture
def settings(kafka_server: str) -> BrokerSettings:
    consumer = ConsumerSettings(metadata_max_age_ms=500, fetch_max_wait_ms=100)
    limits = Limits(client_stop=1.0, poll=0.2, check_every=0.5, backoff_most=0.2)
    return BrokerSettings(bootstrap=kafka_server, client_id="promises", consumer=consumer, limits=limits)


@pytest.fixture
def region(kafka_prefix: str) -> str:
    """Six digits that no other test uses as a region, so that topics are its own."""
    return str(100000 + int(kafka_prefix[1:], 16) % 899999)


@pytest.fixture
async def facts(store: Store) -> Sequence[Fact[object]]:
    await handle(store, CLASS, "weld", OpenClass(place="x"), Order(id="open"))
    for n in range(LAST - 1):
        await handle(store, SEAT, f"s{n}", TakeSeat(class_key="weld", number=f"n{n}"), Order(id=f"take{n}"))
    return read(await Pages(store.pool, [store.codec(CLASS), store.codec(SEAT)]).after(0))


@pytest.fixture
def work(pool: Pool, settings: BrokerSettings, region: str) -> RelayWork:
    service = Service(
        name="shop", dialect=toy_dialect, migrations=Path(), deciders=(CLASS, SEAT), publish=toy_dialect.publish,
        topics=["shop.seat.1"],
    )  # fmt: skip
    return RelayWork(
        pool,
        service.pages(pool, service.all_codecs(), ()),
        lambda fact, incarnation: service.record(fact, region, incarnation),
        settings,
        service.specs(region),
    )


async def sent(settings: BrokerSettings, topic: str) -> int:
    """Messages in all partitions of a topic."""
    return sum((await ends(settings, [(topic, n) for n in range(12)])).values())


@pytest.mark.postgres
@pytest.mark.kafka
@pytest.mark.parametrize("moment", ["relay.before_send", "relay.after_send", "relay.after_acks"])
async def test_a_relay_that_dies_before_its_checkpoint_moved_leaves_everything_to_the_next(
    work: RelayWork, facts: Sequence[Fact[object]], pool: Pool, settings: BrokerSettings, region: str, moment: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def die(point: str) -> None:
        if point == moment:
            raise Died

    stands = await checkpoints.position(pool, relay.NAME)
    monkeypatch.setattr(producer, "hit", die)
    with suppress(Died, Unavailable):
        async with work.leading():
            await work.apply(facts, stands, LAST)
    assert await checkpoints.position(pool, relay.NAME) == stands
    monkeypatch.setattr(producer, "hit", failpoints.hit)
    async with work.leading():
        assert await work.apply(facts, stands, LAST) == LAST
    assert await checkpoints.position(pool, relay.NAME) == LAST
    assert await sent(settings, f"{region}.shop.seat.1") >= LAST - 1


@pytest.mark.kafka
async def test_after_a_failed_send_the_next_batch_goes_out_by_another_producer(
    settings: BrokerSettings, kafka_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one is of no use any more: what it still holds must not come behind what is sent now."""
    topic, opened, failing = f"{kafka_prefix}.survey.1", list[object](), True

    def fail(point: str) -> None:
        if failing and point == "relay.after_send":
            raise Died

    async def open_and_note(given: BrokerSettings) -> object:
        opened.append(await open_producer(given))
        return opened[-1]

    monkeypatch.setattr(producer, "open_producer", open_and_note)
    monkeypatch.setattr(producer, "hit", fail)
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    batch = [Outgoing(topic=topic, key=b"survey-1", value=b"%d" % n) for n in range(50)]
    try:
        with pytest.raises(BrokerLost, match="Died"):
            await publisher.publish(batch)
        failing = False
        await publisher.publish(batch)
    finally:
        await publisher.close()
    assert len(opened) == 2
    ((partition, acknowledged),) = publisher.marks().offsets.items()
    there = await ends(settings, [partition])
    assert acknowledged == there[partition] - 1 >= len(batch) - 1


class HeldLease:
    """One process alone."""

    async def acquire(self) -> str:
        return "reporting-0"

    def held(self) -> bool:
        return True


class Reader:
    """An intake and what it received; `before` sees each batch first."""

    def __init__(self, settings: BrokerSettings, topic: str) -> None:
        self._settings, self._topic = settings, topic
        self.received: list[bytes] = []
        self.overtaken: list[str] = []
        self.alarms: list[Alarm] = []
        self.intake = Intake(
            settings, group=topic, topics=[topic], receive=self.receive, lease=HeldLease(), alarm=self.alarms.append
        )

    async def receive(self, batch: Sequence[Incoming]) -> None:
        """Notes where an offset stands behind the batch that is only now being stored."""
        place = (batch[0].topic, batch[0].partition)
        committed = (await snapshot(self._settings, [place], self._topic)).committed.get(place, 0)
        if committed > batch[0].offset:
            self.overtaken.append(f"{place}: committed {committed}, storing {batch[0].offset}")
        self.received += [message.value for message in batch]


@pytest.fixture
async def reading() -> AsyncIterator[list["asyncio.Task[None]"]]:
    tasks: list[asyncio.Task[None]] = []
    yield tasks
    await stop(tasks)


async def stop(tasks: list["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    tasks.clear()


async def passes(reader: Reader, count: int, seconds: float = 10) -> bool:
    """Whether the reader gets so many different messages in time."""
    for _ in range(int(seconds * 20)):
        if len(set(reader.received)) >= count:
            return True
        await asyncio.sleep(0.05)
    return False


async def publish(settings: BrokerSettings, topic: str, first: int, count: int) -> None:
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    try:
        await publisher.publish(
            [Outgoing(topic=topic, key=b"survey-%d" % (n % 7), value=b"%d" % n) for n in range(first, first + count)]
        )
    finally:
        await publisher.close()


@pytest.mark.kafka
async def test_offsets_are_committed_only_behind_what_is_stored(
    settings: BrokerSettings, kafka_prefix: str, reading: list["asyncio.Task[None]"]
) -> None:
    topic = f"{kafka_prefix}.survey.1"
    await publish(settings, topic, 0, 40)
    reader = Reader(settings, topic)
    reading.append(asyncio.create_task(reader.intake.run()))
    assert await passes(reader, 40)
    await publish(settings, topic, 40, 40)
    assert await passes(reader, 80)
    assert reader.overtaken == []


@pytest.mark.kafka
async def test_a_member_that_comes_back_reads_topics_that_were_made_meanwhile(
    settings: BrokerSettings, kafka_prefix: str, reading: list["asyncio.Task[None]"]
) -> None:
    """A static member that is back within its session gets what its group had stored for it: here, nothing."""
    topic = f"{kafka_prefix}.survey.1"
    early = Reader(settings, topic)
    reading.append(asyncio.create_task(early.intake.run()))
    await asyncio.sleep(2)
    await stop(reading)
    await publish(settings, topic, 0, 40)
    late = Reader(settings, topic)
    reading.append(asyncio.create_task(late.intake.run()))
    assert await passes(late, 40)


@pytest.mark.postgres
async def test_a_member_id_is_given_to_one_process_at_a_time(log_urls: LogUrls) -> None:
    first, second = Leases(log_urls.app), Leases(log_urls.app)
    try:
        assert await Membership(first, "reporting", 0).acquire() == "reporting-0"
        waiting = asyncio.create_task(Membership(second, "reporting", 0).acquire())
        done, _ = await asyncio.wait({waiting}, timeout=1.5)
        assert not done
        assert await Membership(second, "reporting", None).acquire() == "reporting-1"
        await first.close()
        assert await asyncio.wait_for(waiting, 5) == "reporting-0"
    finally:
        await first.close()
        await second.close()
