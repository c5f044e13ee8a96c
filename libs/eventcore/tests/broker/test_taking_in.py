"""The inbox's side against a real Kafka that stays up."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from eventcore.broker import member
from eventcore.broker.messages import Incoming, MemberTaken, Refused
from eventcore.broker.producer import Publisher
from eventcore.broker.settings import BrokerSettings
from eventcore.broker.topics import TopicSpec, snapshot
from eventcore.database import Unavailable

from libs.eventcore.tests.broker.conftest import Inbox, Running, by_key, eventually, lag, numbered, until

pytestmark = pytest.mark.kafka


async def publish(settings: BrokerSettings, topic: str, count: int, keys: int = 40, start: int = 0) -> None:
    publisher = Publisher(settings, [TopicSpec(name=topic)])
    try:
        for first in range(start, start + count, 500):
            await publisher.publish(numbered(topic, min(500, start + count - first), keys, first))
    finally:
        await publisher.close()


async def committed(settings: BrokerSettings, topic: str, group: str) -> int:
    """The sum over the topic's partitions."""
    return sum((await snapshot(settings, [(topic, n) for n in range(12)], group)).committed.values())


async def until_committed(settings: BrokerSettings, topic: str, group: str, wanted: int) -> None:
    async def holds() -> bool:
        return await committed(settings, topic, group) == wanted

    await eventually(holds)


class Died(Exception):
    pass


async def test_what_is_published_arrives_once_and_in_order_of_its_key(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox = f"{kafka_prefix}.survey.1", Inbox()
    await publish(settings, topic, 2000)
    running.start(inbox, topic, group=kafka_prefix)
    await until(lambda: len(inbox.values()) >= 2000)
    assert inbox.firsts() == by_key(numbered(topic, 2000))
    assert len(inbox.values()) == 2000
    assert len(inbox.read) > 6
    for messages in inbox.read.values():
        assert [m.offset for m in messages] == list(range(len(messages)))
        assert all(m.headers == (("ce_id", str(int(m.value)).encode()),) for m in messages)
    await until_committed(settings, topic, kafka_prefix, 2000)


async def test_an_end_by_cancellation_leaves_no_task_and_no_open_client(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox = f"{kafka_prefix}.survey.1", Inbox()
    before = asyncio.all_tasks()
    await publish(settings, topic, 50)
    _, task = running.start(inbox, topic, group=kafka_prefix)
    await until(lambda: len(inbox.values()) == 50)
    await running.stop(task)
    assert asyncio.all_tasks() == before


async def test_a_member_that_dies_between_receiving_and_committing_reads_the_batch_again(
    settings: BrokerSettings, kafka_prefix: str, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, first, second = f"{kafka_prefix}.survey.1", Inbox(), Inbox()

    def die(point: str) -> None:
        if point == "inbox.after_receive":
            raise Died

    await publish(settings, topic, 200, keys=1)
    monkeypatch.setattr(member, "hit", die)
    _, task = running.start(first, topic, group=kafka_prefix)
    with pytest.raises(Died):
        await task
    monkeypatch.undo()
    assert first.values()
    running.start(second, topic, group=kafka_prefix)
    await until(lambda: len(second.values()) >= 200)
    assert second.values() == [b"%08d" % n for n in range(200)]


async def test_a_new_group_reads_from_the_beginning_and_says_so_once(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox, again = f"{kafka_prefix}.survey.1", Inbox(), Inbox()
    await publish(settings, topic, 30)
    _, task = running.start(inbox, topic, group=kafka_prefix)
    await until(lambda: len(inbox.values()) == 30)
    await until_committed(settings, topic, kafka_prefix, 30)
    await running.stop(task)
    assert {a.partition for a in inbox.alarms if a.kind == "offset_unknown"} == set(range(12))
    assert len(inbox.alarms) == 12
    running.start(again, topic, group=kafka_prefix)
    await publish(settings, topic, 30, start=30)
    await until(lambda: len(again.values()) == 30)
    assert again.alarms == []


async def test_a_committed_offset_beyond_the_end_alarms_and_goes_back_to_the_beginning(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox = f"{kafka_prefix}.survey.1", Inbox()
    await publish(settings, topic, 30)
    foreign = AIOKafkaConsumer(
        bootstrap_servers=settings.bootstrap, group_id=kafka_prefix, enable_auto_commit=False, auto_offset_reset="none"
    )
    await foreign.start()
    try:
        partitions = [TopicPartition(topic, n) for n in range(12)]
        foreign.assign(partitions)
        await foreign.commit(dict.fromkeys(partitions, 10_000))
    finally:
        await foreign.stop()
    running.start(inbox, topic, group=kafka_prefix)
    await until(lambda: len(inbox.values()) >= 30)
    assert set(inbox.values()) == {b"%08d" % n for n in range(30)}
    assert "offset_out_of_range" in inbox.kinds()
    await until_committed(settings, topic, kafka_prefix, 30)


async def test_a_refused_source_holds_up_its_partition_only_until_it_is_taken_again(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox, broken = f"{kafka_prefix}.survey.1", Inbox(), True

    def refuse(batch: Sequence[Incoming]) -> None:
        if broken and any(message.key == b"survey-7" for message in batch):
            raise Refused("/cn/520000/registry")

    inbox.before = refuse
    await publish(settings, topic, 400)
    running.start(inbox, topic, group=kafka_prefix)
    await until(lambda: "source_refused" in inbox.kinds())
    (stopped,) = (a.partition for a in inbox.alarms if a.kind == "source_refused")
    await publish(settings, topic, 400, start=400)
    await until(lambda: len(inbox.firsts()) > 25 and all(len(values) == 20 for values in inbox.firsts().values()))
    await asyncio.sleep(1.5)  # two more offers, refused again
    assert (topic, stopped) not in inbox.read
    refused = [(a.partition, a.detail) for a in inbox.alarms if a.kind == "source_refused"]
    assert refused == [(stopped, "/cn/520000/registry")]
    arrived = inbox.firsts()
    assert all(arrived[key] == values for key, values in by_key(numbered(topic, 800)).items() if key in arrived)
    broken = False
    await until(lambda: len(inbox.values()) == 800)
    assert inbox.firsts() == by_key(numbered(topic, 800))


async def test_a_receiver_that_is_unavailable_gets_the_same_batch_again_in_order(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox, calls = f"{kafka_prefix}.survey.1", Inbox(), 0

    def fail_often(batch: Sequence[Incoming]) -> None:
        nonlocal calls
        calls += 1
        if calls % 3:
            raise Unavailable("the database is away")

    inbox.before = fail_often
    await publish(settings, topic, 400)
    running.start(inbox, topic, group=kafka_prefix)
    await until(lambda: len(inbox.values()) >= 400, 30)
    assert calls > 2
    assert len(inbox.values()) == 400
    assert inbox.firsts() == by_key(numbered(topic, 400))


async def test_a_topic_made_later_joins_and_a_missing_one_holds_up_nobody(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    there, later, inbox = f"{kafka_prefix}.survey.1", f"{kafka_prefix}.worker.1", Inbox()
    await publish(settings, there, 20)
    running.start(inbox, there, later, group=kafka_prefix)
    await until(lambda: len(inbox.values()) == 20)
    await publish(settings, later, 20)
    await until(lambda: len(inbox.values()) == 40)
    assert {topic for topic, _ in inbox.read} == {there, later}


async def test_an_unknown_error_of_the_receiver_ends_the_intake(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox = f"{kafka_prefix}.survey.1", Inbox()

    def fail(batch: Sequence[Incoming]) -> None:
        raise Died

    inbox.before = fail
    await publish(settings, topic, 5)
    with pytest.raises(Died):
        await running.start(inbox, topic, group=kafka_prefix)[1]
    assert await committed(settings, topic, kafka_prefix) == 0


async def test_lag_that_does_not_shrink_is_unhealthy(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    release = asyncio.Event()

    class Hanging(Inbox):
        async def receive(self, batch: Sequence[Incoming]) -> None:
            await release.wait()

    topic = f"{kafka_prefix}.survey.1"
    await publish(settings, topic, 20, keys=1)
    intake, _ = running.start(Hanging(), topic, group=kafka_prefix)
    assert intake.healthy()
    await until(lambda: not intake.healthy() and lag() == 20)
    release.set()
    await until(lambda: intake.healthy() and lag() == 0)


async def test_a_member_id_is_read_by_one_holder_of_its_lock_at_a_time(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, first, second = f"{kafka_prefix}.survey.1", Inbox(), Inbox()
    await publish(settings, topic, 20)
    running.start(first, topic, group=kafka_prefix, lock="same")
    await until(lambda: len(first.values()) == 20)
    running.start(second, topic, group=kafka_prefix, lock="same")
    await publish(settings, topic, 20, start=20)
    await until(lambda: len(first.values()) == 40)
    assert second.values() == []
    running.lease(0).give_away()
    await until(lambda: running.lease(1).held())
    await publish(settings, topic, 20, start=40)
    await until(lambda: b"%08d" % 59 in second.values() and len(set(second.values())) >= 20)
    assert len(first.values()) == 40


async def test_a_killed_process_leaves_its_member_id_to_the_one_that_waits(
    settings: BrokerSettings, kafka_prefix: str, running: Running, tmp_path: Path
) -> None:
    topic, inbox, seen = f"{kafka_prefix}.survey.1", Inbox(), tmp_path / "seen"
    await publish(settings, topic, 20)
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, settings.bootstrap, topic, str(tmp_path / "same"), seen])  # noqa: S603, ASYNC220
    try:
        await until(lambda: seen.exists() and len(seen.read_text().split()) == 20)
        _, task = running.start(inbox, topic, group=topic, lock="same")
        await publish(settings, topic, 20, start=20)
        await until(lambda: len(seen.read_text().split()) == 40)
        assert (inbox.values(), task.done(), holder.poll()) == ([], False, None)
    finally:
        holder.kill()
        holder.wait(10)
    await publish(settings, topic, 20, start=40)
    await until(lambda: len(set(inbox.values())) >= 20)
    assert {b"%08d" % n for n in range(40, 60)} <= set(inbox.values())
    assert len(seen.read_text().split()) == 40


HOLDER = """
import asyncio, fcntl, sys
from eventcore.broker.consumer import Intake
from eventcore.broker.settings import BrokerSettings

bootstrap, topic, lock, seen = sys.argv[1:]
locked, out = open(lock, "w"), open(seen, "a", buffering=1)

class Lease:
    async def acquire(self):
        fcntl.flock(locked, fcntl.LOCK_EX)
        return "member-0"

    def held(self):
        return True

async def receive(batch):
    for message in batch:
        print(message.value.decode(), file=out)

settings = BrokerSettings(bootstrap=bootstrap, client_id="holder")
intake = Intake(settings, group=topic, topics=[topic], receive=receive, lease=Lease(), alarm=lambda alarm: None)
asyncio.run(intake.run())
"""


async def test_two_processes_that_both_believe_in_the_same_member_id_do_not_go_on(
    settings: BrokerSettings, kafka_prefix: str, running: Running
) -> None:
    topic, inbox = f"{kafka_prefix}.survey.1", Inbox()
    await publish(settings, topic, 20)
    tasks = [running.start(inbox, topic, group=kafka_prefix)[1] for _ in range(2)]
    done, _ = await asyncio.wait(tasks, timeout=90, return_when=asyncio.FIRST_COMPLETED)
    assert [type(task.exception()) for task in done] == [MemberTaken]
