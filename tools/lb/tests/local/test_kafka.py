"""A Kafka broker of one's own: faults, wiping, and where Java comes from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from lb.local.blocking import run_apart
from lb.local.downloads import hides_system
from lb.local.java import find_java, system_java
from lb.local.kafka import KafkaServer
from lb.local.ports import free_ports
from lb.local.sessions import Session
from lb.paths import find_project
from lb.problems import Problem

pytestmark = pytest.mark.kafka


@pytest.fixture
def server(own_session: Session) -> Iterator[KafkaServer]:
    folder = own_session.folder / "kafka"
    port, controller_port = free_ports(2)
    server = KafkaServer(find_project(), folder, port=port, controller_port=controller_port, log=folder / "kafka.log")
    yield server
    server.stop()


async def send(server: KafkaServer, value: bytes) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=server.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic("facts", 1, 1)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=server.bootstrap, acks="all", enable_idempotence=True)
    await producer.start()
    await producer.send_and_wait("facts", value)
    await producer.stop()


async def receive(server: KafkaServer) -> bytes:
    consumer = AIOKafkaConsumer(bootstrap_servers=server.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([TopicPartition("facts", 0)])
        await consumer.seek_to_beginning()
        message = await consumer.getone()
        return bytes(message.value or b"")
    finally:
        await consumer.stop()


async def topics(server: KafkaServer) -> list[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=server.bootstrap)
    await admin.start()
    try:
        return list(await admin.list_topics())
    finally:
        await admin.close()


def test_an_acknowledged_message_outlives_a_kill_and_a_wipe_makes_an_empty_cluster(server: KafkaServer) -> None:
    server.start()
    run_apart(lambda: send(server, b"survey recorded"))
    server.kill()
    server.start()
    assert run_apart(lambda: receive(server)) == b"survey recorded"
    with pytest.raises(Problem, match="cannot be wiped"):
        server.wipe()
    server.stop()
    server.wipe()
    server.start()
    assert run_apart(lambda: topics(server)) == []


def test_java_is_the_systems_where_it_is_new_enough_else_the_packages() -> None:
    java = find_java(find_project())
    assert java.bundled == (hides_system() or system_java() is None)
    assert java.program.exists()


def test_without_java_and_without_network_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"LB_HIDE_SYSTEM": "1", "LB_CACHE": str(tmp_path), "UV_OFFLINE": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    with pytest.raises(Problem, match=r"^A Java runtime .* could not be had: .* Install Java 17 or newer") as caught:
        find_java(find_project())
    assert "\n" not in str(caught.value)
