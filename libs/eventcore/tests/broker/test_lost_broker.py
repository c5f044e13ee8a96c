"""Both sides while the broker is killed, frozen, or comes back empty."""

import asyncio
import logging
import re
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from eventcore.broker.messages import BrokerLost, Outgoing, TopicTruncated
from eventcore.broker.producer import Publisher
from eventcore.broker.topics import TopicSpec, ends, ensure
from eventcore.logs import RateLimit
from lb.local.kafka import KafkaServer

from libs.eventcore.tests.broker.conftest import Inbox, Running, by_key, numbered, quick_settings, until

pytestmark = [pytest.mark.kafka, pytest.mark.processes]

TOPIC = "520000.registry.survey.1"
SPECS = [TopicSpec(name=TOPIC)]


@pytest.fixture
async def intakes(own_kafka: KafkaServer, tmp_path: Path) -> AsyncIterator[Running]:
    running = Running(quick_settings(own_kafka.bootstrap), tmp_path)
    yield running
    await running.close()


class Relay:
    """Sends a list again and again from its checkpoint, as a relay does."""

    def __init__(self, publisher: Publisher, messages: Sequence[Outgoing]) -> None:
        self.publisher, self.messages = publisher, messages
        self.sent, self.lost, self.rewound = 0, 0, 0

    async def run(self) -> None:
        while self.sent < len(self.messages):
            batch = self.messages[self.sent : self.sent + 100]
            try:
                await self.publisher.publish(batch)
            except BrokerLost:
                self.lost += 1
                await asyncio.sleep(0.1)
            except TopicTruncated:
                self.rewound, self.sent = self.rewound + 1, 0
            else:
                self.sent += len(batch)


async def restart(server: KafkaServer) -> None:
    await asyncio.to_thread(server.start)


async def test_a_broker_killed_while_publishing_and_reading_loses_nothing_and_keeps_the_order(
    own_kafka: KafkaServer, intakes: Running
) -> None:
    messages, inbox = numbered(TOPIC, 8000), Inbox()
    settings = quick_settings(own_kafka.bootstrap)
    relay = Relay(Publisher(settings, SPECS), messages)
    intakes.start(inbox, TOPIC, group="reporting")
    publishing = asyncio.create_task(relay.run())
    try:
        await until(lambda: relay.sent > 1000 and len(inbox.values()) > 500)
        own_kafka.kill()
        await restart(own_kafka)
        await asyncio.wait_for(publishing, 90)
        await until(lambda: len(set(inbox.values())) == len(messages), 90)
    finally:
        publishing.cancel()
        await relay.publisher.close()
    assert inbox.firsts() == by_key(messages)
    assert relay.rewound == 0
    there = await ends(settings, [(TOPIC, n) for n in range(12)])
    assert sum(there.values()) == len(messages) or relay.lost > 0
    assert inbox.kinds() <= {"offset_unknown"}


async def test_a_broker_that_comes_back_empty_is_filled_and_read_again_from_the_beginning(
    own_kafka: KafkaServer, intakes: Running
) -> None:
    inbox, settings = Inbox(), quick_settings(own_kafka.bootstrap)
    relay = Relay(Publisher(settings, SPECS), numbered(TOPIC, 1000))
    intakes.start(inbox, TOPIC, group="reporting")
    try:
        await relay.run()
        await until(lambda: len(inbox.values()) == 1000)
        own_kafka.kill()
        own_kafka.wipe()
        await restart(own_kafka)
        relay.messages = numbered(TOPIC, 1500)
        await asyncio.wait_for(relay.run(), 90)
        await until(lambda: len(set(inbox.values())) == 1500, 90)
        await until(lambda: "cluster_changed" in inbox.kinds(), 90)
        relay.messages = numbered(TOPIC, 1600)
        await asyncio.wait_for(relay.run(), 90)
        await until(lambda: len(set(inbox.values())) == 1600, 90)
    finally:
        await relay.publisher.close()
    assert relay.rewound == 1
    assert inbox.firsts() == by_key(numbered(TOPIC, 1600))
    there = await ends(settings, [(TOPIC, n) for n in range(12)])
    assert sum(there.values()) == 1600


async def test_the_same_data_in_another_cluster_is_published_and_read_again_from_the_beginning(
    own_kafka: KafkaServer, intakes: Running
) -> None:
    """Committed offsets are there and fit: nothing but the cluster's id tells."""
    inbox, settings = Inbox(), quick_settings(own_kafka.bootstrap)
    relay = Relay(Publisher(settings, SPECS), numbered(TOPIC, 300))
    intakes.start(inbox, TOPIC, group="reporting")
    try:
        await relay.run()
        await until(lambda: len(inbox.values()) == 300)
        await asyncio.sleep(1)
        await asyncio.to_thread(own_kafka.stop)
        properties = own_kafka.folder / "data" / "meta.properties"
        written = properties.read_text()
        properties.write_text(re.sub("(?m)^cluster.id=.*", "cluster.id=AnotherCluster00000000", written))
        await restart(own_kafka)
        await until(lambda: len(inbox.values()) == 600, 90)
        relay.messages = numbered(TOPIC, 400)
        await asyncio.wait_for(relay.run(), 90)
        await until(lambda: len(inbox.values()) == 1000, 90)
    finally:
        await relay.publisher.close()
    assert relay.rewound == 1
    assert "cluster_changed" in inbox.kinds()
    assert inbox.firsts() == by_key(numbered(TOPIC, 400))


async def test_a_frozen_broker_is_given_up_and_both_sides_close_within_their_bound(
    own_kafka: KafkaServer, intakes: Running
) -> None:
    before = asyncio.all_tasks()
    settings = quick_settings(own_kafka.bootstrap)
    hasty = replace(settings, limits=replace(settings.limits, admin=0.5, ack_deadline=0.5))
    publisher, inbox = Publisher(hasty, SPECS), Inbox()
    _, task = intakes.start(inbox, TOPIC, group="reporting")
    await ensure(settings, SPECS)
    await publisher.publish(numbered(TOPIC, 500))
    await until(lambda: len(inbox.values()) == 500)
    own_kafka.send(signal.SIGSTOP)
    try:
        async with asyncio.timeout(15):
            with pytest.raises(BrokerLost):
                await publisher.publish(numbered(TOPIC, 500, start=500))
            await intakes.stop(task)
            await publisher.close()
        assert asyncio.all_tasks() == before
    finally:
        own_kafka.send(signal.SIGCONT)
    again = Inbox()
    intakes.start(again, TOPIC, group="reporting")
    await Relay(publisher, numbered(TOPIC, 600, start=500)).run()
    await until(lambda: sum(value >= b"%08d" % 500 for value in set(again.values())) == 600)
    await publisher.close()
    # what was read before may come again: its offset need not have been committed when the broker froze
    later = {key: [value for value in values if value >= b"%08d" % 500] for key, values in again.firsts().items()}
    assert later == by_key(numbered(TOPIC, 600, start=500))


async def test_the_clients_logs_stay_few_while_the_broker_is_away(
    own_kafka: KafkaServer, intakes: Running, caplog: pytest.LogCaptureFixture
) -> None:
    inbox, limit = Inbox(), RateLimit("aiokafka", seconds=60)
    publisher = Publisher(quick_settings(own_kafka.bootstrap), SPECS)
    await publisher.publish(numbered(TOPIC, 10))
    intakes.start(inbox, TOPIC, group="reporting")
    await until(lambda: len(inbox.values()) == 10)
    await publisher.close()
    own_kafka.kill()
    caplog.handler.addFilter(limit)
    try:
        with caplog.at_level(logging.INFO, "aiokafka"):
            await asyncio.sleep(2)
    finally:
        caplog.handler.removeFilter(limit)
    records = [record for record in caplog.records if record.name.startswith("aiokafka")]
    assert 0 < len(records) < 30
