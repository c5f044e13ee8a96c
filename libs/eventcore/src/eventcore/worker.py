"""The readers of a service in one process: relay, inbox, views, policies, timers. All end together."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

import structlog

from eventcore.broker.consumer import Intake
from eventcore.broker.messages import Alarm, BrokerLost, Offsets
from eventcore.broker.topics import ensure, snapshot
from eventcore.database import Pool
from eventcore.deeds import restored_as
from eventcore.exchange import wiring as exchange
from eventcore.inbox import Inbox
from eventcore.readers import Work
from eventcore.readers.lease import Leases
from eventcore.readers.loop import follow
from eventcore.readers.policy import PolicyWork
from eventcore.readers.relay import RelayWork
from eventcore.readers.tail import Tail
from eventcore.readers.timers import keep_time
from eventcore.readers.view import ViewWork
from eventcore.roll import ROLL, LogReadAgain, SayOfRoll
from eventcore.service import Service, broker_settings
from eventcore.settings import Settings
from eventcore.store import Order, Store, handle

log = structlog.get_logger()

MEMBERS: Final = 12
"""As many as a topic has partitions: more would idle."""
PAUSE: Final = 1.0
SETTING_UP: Final = 60.0
"""Seconds that making topics may take: several services of a new province ask at once."""


@dataclass(slots=True)
class Worker:
    """What runs, and whether it is well."""

    store: Store
    leases: Leases
    parts: list[tuple[str, Callable[[], Coroutine[Any, Any, None]]]] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)

    def healthy(self) -> bool:
        """False where messages wait and none was stored for a long time (`/livez`)."""
        return all(intake.healthy() for intake in self.intakes)

    async def run(self) -> None:
        """Until it is cancelled, or a part fails in a way that only a new process mends."""
        try:
            async with asyncio.TaskGroup() as group:
                for name, part in self.parts:
                    group.create_task(part(), name=name)
        finally:
            await self.leases.close()


class Membership:
    """A static member id of the service's consumer group, held by a lock: one process at a time has it."""

    def __init__(self, leases: Leases, service: str, wanted: int | None) -> None:
        self._leases, self._service = leases, service
        self._numbers = range(MEMBERS) if wanted is None else (wanted,)

    async def acquire(self) -> str:
        """The first free one."""
        while True:
            for number in self._numbers:
                if await self._leases.try_hold(f"member {self._service}-{number}"):
                    return f"{self._service}-{number}"
            await asyncio.sleep(PAUSE)

    def held(self) -> bool:
        """Whether the lock is still there."""
        return self._leases.held()


def assemble(service: Service, settings: Settings, store: Store, further: Sequence[Work] = ()) -> Worker:
    """Everything that reads in this service. Nothing runs yet."""
    pool, leases = store.pool, Leases(settings.database_url.get_secret_value())
    worker, tail = Worker(store, leases), Tail(pool, store.appended)
    works: list[Work] = [_relay(service, settings, pool)] if service.topics else []  # first: others wait for it
    works += [*works_of(service, store), *further]
    worker.parts.append(("tail", tail.keep))
    worker.parts += [(work.name, partial(follow, pool, work, leases, tail)) for work in works]
    if service.alarms:
        worker.parts.append(("timers", partial(keep_time, store, tuple(service.alarms), leases)))
    if service.follows:
        worker.intakes.append(_intake(service, settings, store, leases))
        worker.parts.append(("inbox", partial(_take_in, service, settings, store, worker.intakes[-1])))
    if exchange.takes_part(service, settings):
        member = Membership(leases, f"{service.name}-exchange", settings.member)
        parts, intake = exchange.parts_of(service, settings, store, leases, tail, member, _alarm)
        worker.parts += parts
        worker.intakes.append(intake)
    return worker


def works_of(service: Service, store: Store) -> list[Work]:
    """The readers that feed its views and follow its policies."""
    pool = store.pool
    views = (ViewWork(pool, view, service.pages_of(pool, view)) for view in service.views)
    return [*views, *(PolicyWork(store, policy, service.pages_of(pool, policy)) for policy in service.policies)]


def _relay(service: Service, settings: Settings, pool: Pool) -> RelayWork:
    return RelayWork(
        pool,
        service.pages(pool, service.all_codecs(), ()),
        lambda fact, incarnation: service.record(fact, settings.region, incarnation),
        broker_settings(settings, service.name, "relay"),
        service.specs(settings.region),
    )


def _intake(service: Service, settings: Settings, store: Store, leases: Leases) -> Intake:
    inbox = Inbox(store.pool, store.appended)
    return Intake(
        broker_settings(settings, service.name, "inbox"),
        group=f"{settings.region}.{service.name}",
        topics=service.followed(settings.region),
        receive=inbox.receive,
        lease=Membership(leases, service.name, settings.member),
        alarm=_alarm,
    )


async def _take_in(service: Service, settings: Settings, store: Store, intake: Intake) -> None:
    """A restored log takes everything in again, in a group of its own: offsets of the old one are of what was lost."""
    incarnation = await restored_as(store.pool)
    if incarnation is None:
        return await intake.run()
    intake.group = f"{intake.group}.{incarnation}"
    async with asyncio.TaskGroup() as group:
        group.create_task(intake.run())
        if ROLL in service.deciders:
            await _until_read(intake)
            read = LogReadAgain(incarnation=incarnation, region=settings.region)
            await handle(store, ROLL, incarnation, SayOfRoll(event=read), Order(id=f"inbox/{incarnation}"))


async def _until_read(intake: Intake) -> None:
    """Until everything is stored that the topics held at first. A topic that is not there, or that nobody leads yet,
    and what is refused meanwhile, is waited for."""
    partitions = [(topic, n) for topic in intake.topics for n in range(MEMBERS)]
    goal: Offsets = {}
    while True:
        with suppress(BrokerLost):
            seen = await snapshot(intake.settings, partitions, intake.group)
            if not goal and {topic for topic, _ in seen.ends} == {*intake.topics}:
                goal = seen.ends
            if goal and all(seen.committed.get(p, 0) >= min(end, seen.ends.get(p, 0)) for p, end in goal.items()):
                return
        await asyncio.sleep(PAUSE)


def _alarm(alarm: Alarm) -> None:
    # a new group and a new topic have no offset either
    say = log.warning if alarm.kind == "offset_unknown" else log.error
    say("inbox.alarm", reason=alarm.kind, topic=alarm.topic, partition=alarm.partition)


async def make_topics(service: Service, settings: Settings) -> None:
    """Creates what the service publishes to. A broker that begins is given its time."""
    if service.topics:
        broker = broker_settings(settings, service.name, "migrate")
        patient = replace(broker, limits=replace(broker.limits, admin=SETTING_UP, client_start=SETTING_UP))
        await ensure(patient, service.specs(settings.region))
