"""A receiver that remembers, a lease that is a file lock, and a broker of one's own to kill."""

import asyncio
import fcntl
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from eventcore import metrics
from eventcore.broker.consumer import Intake
from eventcore.broker.messages import Alarm, Incoming, Outgoing, Partition
from eventcore.broker.settings import BrokerSettings, ConsumerSettings, Limits
from lb.local.kafka import KafkaServer
from lb.local.ports import free_ports
from lb.paths import find_project

QUICK = Limits(
    ack_deadline=20.0,
    client_start=10.0,
    client_stop=1.0,
    check_every=0.5,
    backoff_most=0.2,
    refused_again=0.6,
    stall=2.0,
)


def quick_settings(bootstrap: str) -> BrokerSettings:
    consumer = ConsumerSettings(
        session_timeout_ms=2000, heartbeat_interval_ms=300, metadata_max_age_ms=500, fetch_max_wait_ms=100
    )
    return BrokerSettings(bootstrap=bootstrap, client_id="test", consumer=consumer, limits=QUICK)


class FileLease:
    """A member id held by a lock on a file, which ends with its process."""

    def __init__(self, path: Path, member: str = "member-0") -> None:
        self._file, self._member, self._held = path.open("w"), member, False
        self._given_away = False

    async def acquire(self) -> str:
        while not self._held:
            if self._given_away:
                await asyncio.Event().wait()
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                await asyncio.sleep(0.05)
            else:
                self._held = True
        return self._member

    def held(self) -> bool:
        return self._held

    def give_away(self) -> None:
        """Loses the lock while its holder runs, and leaves it to others."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._held, self._given_away = False, True

    def close(self) -> None:
        self._file.close()
        self._held = False


@dataclass
class Inbox:
    """What a receiver got: in order of arrival for each partition, and deduplicated by value."""

    read: dict[Partition, list[Incoming]] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    before: Callable[[Sequence[Incoming]], None] = lambda batch: None

    async def receive(self, batch: Sequence[Incoming]) -> None:
        self.before(batch)
        for message in batch:
            self.read.setdefault((message.topic, message.partition), []).append(message)

    def values(self) -> list[bytes]:
        return [message.value for messages in self.read.values() for message in messages]

    def firsts(self) -> dict[bytes, list[bytes]]:
        """Key to its values in order of their first arrival."""
        found: dict[bytes, dict[bytes, None]] = {}
        for messages in self.read.values():
            for message in messages:
                found.setdefault(message.key, {}).setdefault(message.value)
        return {key: list(values) for key, values in found.items()}

    def kinds(self) -> set[str]:
        return {alarm.kind for alarm in self.alarms}


class Running:
    """Intakes of one test, all ended with it; each holds a lock file of its own."""

    def __init__(self, settings: BrokerSettings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._tasks: list[asyncio.Task[None]] = []
        self._leases: list[FileLease] = []

    def start(
        self,
        inbox: Inbox,
        *topics: str,
        group: str,
        lock: str | None = None,
    ) -> tuple[Intake, "asyncio.Task[None]"]:
        lease = FileLease(self._folder / (lock or f"lock-{len(self._leases)}"))
        self._leases.append(lease)
        intake = Intake(
            self._settings,
            group=group,
            topics=topics,
            receive=inbox.receive,
            lease=lease,
            alarm=inbox.alarms.append,
        )
        task = asyncio.create_task(intake.run())
        self._tasks.append(task)
        return intake, task

    def lease(self, number: int) -> FileLease:
        return self._leases[number]

    async def stop(self, task: "asyncio.Task[None]") -> None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        self._leases[self._tasks.index(task)].close()

    async def close(self) -> None:
        for task in self._tasks:
            if not task.done():
                await self.stop(task)
        for lease in self._leases:
            lease.close()


def numbered(topic: str, count: int, keys: int = 40, start: int = 0) -> list[Outgoing]:
    """Messages whose value is their number in eight digits."""
    return [
        Outgoing(topic=topic, key=b"survey-%d" % (n % keys), value=b"%08d" % n, headers=(("ce_id", b"%d" % n),))
        for n in range(start, start + count)
    ]


def by_key(messages: Sequence[Outgoing]) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for message in messages:
        found.setdefault(message.key, []).append(message.value)
    return found


def lag() -> float:
    """Messages that wait in the broker, as operators see it."""
    (shown,) = re.findall(rb"^eventcore_inbox_lag_messages (.+)$", metrics.exposition()[0], re.MULTILINE)
    return float(shown)


async def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


@pytest.fixture
def settings(kafka_server: str) -> BrokerSettings:
    return quick_settings(kafka_server)


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[KafkaServer]:
    """A broker that only this test knows, so that it may be killed and wiped."""
    port, controller_port = free_ports(2)
    server = KafkaServer(
        find_project(), tmp_path / "kafka", port=port, controller_port=controller_port, log=tmp_path / "kafka.log"
    )
    server.start()
    yield server
    server.kill()


@pytest.fixture
async def running(settings: BrokerSettings, tmp_path: Path) -> AsyncIterator[Running]:
    started = Running(settings, tmp_path)
    yield started
    await started.close()
