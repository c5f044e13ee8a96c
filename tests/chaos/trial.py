"""What every crash run is: servers, a crew, faults under load; then healing, quiet, and what is left as evidence."""

import asyncio
import random
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

import httpx
from lb.deployment import Deployment
from lb.local.databases import with_database

from tests.chaos.crew import Crew, migrate
from tests.chaos.faults import Faults
from tests.chaos.plan import Plan
from tests.chaos.servers import Servers

CUT: Final = 0.03
"""Requests whose answer is lost on its way."""
READY: Final = 60.0
Left = TypeVar("Left")
"""The evidence."""


@dataclass(slots=True)
class Trial(ABC, Generic[Left]):
    """What happened, beside the evidence."""

    plan: Plan
    folder: Path
    servers: Servers
    crew: Crew = field(init=False)
    faults: Faults = field(init=False)
    cuts: random.Random = field(init=False)
    cut: int = 0
    phases: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """What the run itself did not get done in time."""

    def __post_init__(self) -> None:
        self.crew = self.manned()
        self.cuts = self.plan.dice("cut")
        self.faults = Faults(self.plan, self.servers, self.crew)

    @property
    def deployment(self) -> Deployment:
        return self.servers.deployment

    @abstractmethod
    def manned(self) -> Crew:
        """The crew; nobody runs yet."""

    @abstractmethod
    async def disturb(self) -> None:
        """Load and faults, until everything that was asked is answered and nobody is killed any more."""

    @abstractmethod
    async def rest(self) -> Left:
        """Everything as it is once nothing is under way."""

    async def carry_out(self) -> Left:
        """Returns when everything came to rest, or the time for it is over."""
        began = time.monotonic()
        await self.prepare()
        watching = asyncio.create_task(self.crew.watch())
        try:
            await self._ready()
            self.passed("start", began)
            await self.disturb()
            return await self.rest()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            self.crew.end()

    async def prepare(self) -> None:
        """Every database has its tables; nobody runs yet."""
        await asyncio.to_thread(migrate, self.crew, self.deployment)

    def passed(self, phase: str, began: float) -> None:
        self.phases[phase] = round(time.monotonic() - began, 1)
        print(f"{phase}: {self.phases[phase]} s", flush=True)

    async def _ready(self) -> None:
        """Every process that listens answers, or was killed at its point already."""
        async with asyncio.timeout(READY), httpx.AsyncClient(timeout=2) as http:
            for member in self.crew.members.values():
                while member.port and not self.crew.died(member):
                    with suppress(httpx.HTTPError):
                        if (await http.get(f"{member.url}/livez")).status_code == 200:
                            break
                    await asyncio.sleep(0.05)

    async def until_passed(self, end: float) -> None:
        """Every point killed somebody."""
        while missing := self.crew.missing():
            if time.monotonic() > end:
                self.wrong += [f"no process was killed at: {point}" for point in missing]
                return
            await asyncio.sleep(0.1)

    def database(self, name: str) -> str:
        """Address of a service's database, for somebody who may read everything."""
        return with_database(self.servers.postgres.dsn, name)
