"""The relay's side against a real Kafka that stays up."""

import asyncio
from dataclasses import replace

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from eventcore.broker import producer
from eventcore.broker.messages import BrokerLost, Marks, MessageTooLarge, Outgoing, TopicDiffers, TopicTruncated
from eventcore.broker.producer import Publisher
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec, ends, ensure, snapshot
from lb.local.ports import free_ports

from libs.eventcore.tests.broker.conftest import Inbox, Running, by_key, eventually, numbered, until

pytestmark = pytest.mark.kafka


async def test_the_marks_are_the_ends_of_what_was_acknowledged(
    settings: BrokerSettings, kafka_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, hits = f"{kafka_prefix}.survey.1", list[str]()
    monkeypatch.setattr(producer, "hit", hits.append)
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    try:
        for _ in range(3):
            await publisher.publish(numbered(topic, 500))
        marks = publisher.marks()
    finally:
        await publisher.close()
    seen = await snapshot(settings, marks.offsets.keys())
    assert sum(seen.ends.values()) == 1500
    assert {partition: offset + 1 for partition, offset in marks.offsets.items()} == seen.ends
    assert marks.cluster == seen.cluster
    assert hits == ["relay.before_send", "relay.after_send", "relay.after_acks"] * 3


async def test_topics_are_created_once_as_declared(settings: BrokerSettings, kafka_prefix: str) -> None:
    spec = TopicSpec(name=f"{kafka_prefix}.survey.1")
    await ensure(settings, [spec])
    await ensure(settings, [spec, TopicSpec(name=f"{kafka_prefix}.worker.1")])
    names = (spec.name, f"{kafka_prefix}.worker.1")
    there = (await snapshot(settings, [(name, n) for name in names for n in range(13)])).ends
    assert there == {(name, n): 0 for name in names for n in range(12)}
    with pytest.raises(TopicDiffers):
        await ensure(settings, [TopicSpec(name=spec.name, partitions=3)])


async def test_a_message_over_the_limit_stops_its_batch_before_anything_is_sent(
    settings: BrokerSettings, kafka_prefix: str
) -> None:
    topic = f"{kafka_prefix}.survey.1"
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    large = Outgoing(topic=topic, key=b"k", value=b"x" * 900_001)
    try:
        with pytest.raises(MessageTooLarge, match="message 3 of"):
            await publisher.publish([*numbered(topic, 3), large])
        await publisher.publish(numbered(topic, 1))
        assert list(publisher.marks().offsets.values()) == [0]
    finally:
        await publisher.close()


async def test_after_a_refused_message_nothing_behind_it_is_written_and_a_new_producer_goes_on(
    settings: BrokerSettings, kafka_prefix: str
) -> None:
    topic = f"{kafka_prefix}.survey.1"
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 12, 1, topic_configs={"max.message.bytes": "20000"})])
    await admin.close()
    small_batches = replace(settings, producer=replace(settings.producer, max_batch_size=16_000))
    publisher = Publisher(small_batches, [TopicSpec(name=topic)])
    refused, *behind = [Outgoing(topic=topic, key=b"k", value=bytes(30_000 if n == 0 else 1000)) for n in range(100)]
    try:
        with pytest.raises(BrokerLost, match="MessageSizeTooLarge"):
            await publisher.publish([refused, *behind])
        there = await ends(settings, [(topic, n) for n in range(12)])
        await publisher.publish(behind)
    finally:
        await publisher.close()
    assert set(there.values()) == {0}
    assert list(publisher.marks().offsets.values()) == [98]


async def test_a_cancelled_batch_is_sent_again_by_a_new_producer(settings: BrokerSettings, kafka_prefix: str) -> None:
    topic, before = f"{kafka_prefix}.survey.1", asyncio.all_tasks()
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    try:
        await publisher.publish(numbered(topic, 10))
        sending = asyncio.create_task(publisher.publish(numbered(topic, 500)))
        await asyncio.sleep(0)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await publisher.publish(numbered(topic, 500))
        assert sum((await ends(settings, list(publisher.marks().offsets))).values()) >= 510
    finally:
        await publisher.close()
    assert asyncio.all_tasks() == before


async def test_marks_of_another_cluster_or_of_more_than_there_is_are_a_truncation(
    settings: BrokerSettings, kafka_prefix: str
) -> None:
    topic = f"{kafka_prefix}.survey.1"
    cluster = (await snapshot(settings, ())).cluster
    for marks in (Marks(cluster="another"), Marks(cluster=cluster, offsets={(topic, 0): 7})):
        publisher = Publisher(settings, [TopicSpec(name=topic)], marks)
        try:
            with pytest.raises(TopicTruncated):
                await publisher.publish(numbered(topic, 1))
            assert publisher.marks() == Marks()
            await publisher.publish(numbered(topic, 10))
            assert publisher.marks().cluster == cluster
        finally:
            await publisher.close()


async def test_a_broker_that_is_not_there_is_lost_and_leaves_nothing_open(settings: BrokerSettings) -> None:
    nowhere, before = replace(settings, bootstrap=f"127.0.0.1:{free_ports(1)[0]}"), asyncio.all_tasks()
    publisher = Publisher(nowhere, [TopicSpec(name="t")])
    with pytest.raises(BrokerLost):
        await publisher.publish(numbered("t", 1))
    with pytest.raises(BrokerLost):
        await snapshot(nowhere, ())
    await publisher.close()
    assert asyncio.all_tasks() == before


async def test_a_topic_deleted_and_made_again_is_published_and_read_again_from_the_beginning(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox = f"{kafka_prefix}.survey.1", Inbox()
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    try:
        await publisher.publish(numbered(topic, 300))
        running.start(inbox, topic, group=kafka_prefix)
        await until(lambda: len(inbox.values()) == 300)
        await delete(settings, topic)
        await eventually(lambda: _raises_truncated(publisher))
        await publisher.publish(numbered(topic, 300))
        await publisher.publish(numbered(topic, 100, start=300))
    finally:
        await publisher.close()
    await until(lambda: len(set(inbox.values())) == 400)
    await until(lambda: len(inbox.values()) >= 700)
    assert inbox.firsts() == by_key(numbered(topic, 400))


async def test_an_acknowledgement_below_an_earlier_one_is_a_truncation(
    settings: BrokerSettings, kafka_prefix: str
) -> None:
    topic = f"{kafka_prefix}.survey.1"
    seldom = replace(settings, limits=replace(settings.limits, check_every=600))
    publisher = Publisher(seldom, [TopicSpec(name=topic)])
    try:
        await publisher.publish(numbered(topic, 300))
        await delete(settings, topic)
        await eventually(lambda: _is_gone(settings, topic))
        await ensure(settings, [TopicSpec(name=topic)])
        with pytest.raises(TopicTruncated, match="acknowledged 0 after"):
            await publisher.publish(numbered(topic, 40))
        assert publisher.marks() == Marks()
    finally:
        await publisher.close()


async def delete(settings: BrokerSettings, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap)
    await admin.start()
    await admin.delete_topics([topic])
    await admin.close()


async def _is_gone(settings: BrokerSettings, topic: str) -> bool:
    return not (await snapshot(settings, [(topic, 0)])).ends


async def _raises_truncated(publisher: Publisher) -> bool:
    try:
        await publisher.check()
    except TopicTruncated:
        return True
    return False
