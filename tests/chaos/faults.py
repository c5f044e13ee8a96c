"""Carries out the faults of a plan, each at its time."""

import asyncio
import signal
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from lb.local.postgres import PostgresServer

from tests.chaos import plan
from tests.chaos.crew import Crew
from tests.chaos.plan import Fault, Plan
from tests.chaos.servers import Servers


@dataclass(slots=True)
class Faults:
    """One after another where they concern the same server, else side by side."""

    plan: Plan
    servers: Servers
    crew: Crew
    began: float = field(default_factory=time.monotonic)
    done: list[Mapping[str, object]] = field(default_factory=list)
    _wiped: bool = False
    _kafka: asyncio.Lock = field(default_factory=asyncio.Lock)
    _postgres: asyncio.Lock = field(default_factory=asyncio.Lock)
    _keys: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def carry_out(self) -> None:
        """Returns when the last one is over and everything runs again."""
        self.began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for fault in self.plan.faults():
                await asyncio.sleep(max(0.0, self.began + fault.at - time.monotonic()))
                group.create_task(self._one(fault))

    async def _one(self, fault: Fault) -> None:
        started = round(time.monotonic() - self.began, 2)
        await self.strike(fault)
        over = round(time.monotonic() - self.began, 2)
        self.done.append({**asdict(fault), "started": started, "over": over})

    async def strike(self, fault: Fault) -> None:
        """Returns when it is over."""
        match fault.kind:
            case "kill":
                self.crew.kill(self.crew.members[fault.target])
            case plan.POINT:
                self.crew.arm(fault.target, [self.plan.dice(f"point {fault.at}").choice(self.plan.roles[fault.target])])
            case "pause":
                await self._pause(fault)
            case "broker killed" | "broker wiped":
                await self._broker_away(fault)
            case "broker paused":
                await self._broker_paused(fault)
            case "postgres stopped":
                await self._stopped(self.servers.postgres, self._postgres, fault.seconds)
            case "keys stopped":
                await self._stopped(self.servers.keys, self._keys, fault.seconds)
            case "postmaster paused":
                await self._postmaster_paused(fault.seconds)
            case _:
                raise ValueError(fault.kind)

    async def _pause(self, fault: Fault) -> None:
        member = self.crew.members[fault.target]
        child = member.child
        self.crew.pause(member, paused=True)
        await asyncio.sleep(fault.seconds)
        if member.child is child:
            self.crew.pause(member, paused=False)

    async def _broker_away(self, fault: Fault) -> None:
        async with self._kafka:
            await asyncio.to_thread(self.servers.kafka.kill)
            if fault.kind == "broker wiped":
                await asyncio.to_thread(self.servers.kafka.wipe)
            await asyncio.sleep(fault.seconds)
            await asyncio.to_thread(self.servers.start_kafka)
        if fault.kind == "broker wiped" and not self._wiped:
            self._wiped = True
            for role in self.plan.roles:
                self.crew.arm(role, self.plan.points(role, refilled=True))

    async def _broker_paused(self, fault: Fault) -> None:
        async with self._kafka:
            self.servers.kafka.send(signal.SIGSTOP)
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                self.servers.kafka.send(signal.SIGCONT)

    async def _stopped(self, server: PostgresServer, lock: asyncio.Lock, seconds: float) -> None:
        """What is not on the disk is lost."""
        async with lock:
            await asyncio.to_thread(server.stop, "immediate")
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.servers.restart, server)

    async def _postmaster_paused(self, seconds: float) -> None:
        async with self._postgres:
            self.servers.pause_postmaster(paused=True)
            try:
                await asyncio.sleep(seconds)
            finally:
                self.servers.pause_postmaster(paused=False)
