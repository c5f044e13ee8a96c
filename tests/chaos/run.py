"""One run: servers, crew, callers and faults; then healing, quiet, and everything that is left as evidence."""

import asyncio
import random
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from lb.deployment import Deployment
from lb.local.databases import with_database

from tests.chaos import evidence, quiet
from tests.chaos.callers import Caller, Way
from tests.chaos.crew import Crew, crew_of, migrate
from tests.chaos.cutter import Cutter
from tests.chaos.evidence import Evidence
from tests.chaos.faults import Faults
from tests.chaos.history import History, read
from tests.chaos.plan import REGION, Plan
from tests.chaos.servers import Servers, token
from tests.chaos.workload import RECORD, REVIEWERS, REVIEWS, SURVEYORS, Workload

CUT: Final = 0.03
"""Requests whose answer is lost on its way."""
READY: Final = 60.0


@dataclass(slots=True)
class Run:
    """What happened, beside the evidence."""

    plan: Plan
    folder: Path
    servers: Servers
    crew: Crew = field(init=False)
    faults: Faults = field(init=False)
    cut: int = 0
    _cuts: random.Random = field(init=False)
    phases: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """What the run itself did not get done in time."""

    def __post_init__(self) -> None:
        self.crew = crew_of(self._deployment, self.folder / "log", self.plan, self.servers.session.remember)
        self._cuts = self.plan.dice("cut")
        self.faults = Faults(self.plan, self.servers, self.crew)

    @property
    def _deployment(self) -> Deployment:
        return self.servers.deployment

    async def carry_out(self) -> Evidence:
        """Returns when everything came to rest, or the time for it is over."""
        began = time.monotonic()
        await asyncio.to_thread(migrate, self.crew, self._deployment.services)
        watching = asyncio.create_task(self.crew.watch())
        try:
            await self._ready()
            self._passed("start", began)
            await self._disturb()
            return await self._rest()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            self.crew.end()

    def _passed(self, phase: str, began: float) -> None:
        self.phases[phase] = round(time.monotonic() - began, 1)
        print(f"{phase}: {self.phases[phase]} s", flush=True)

    async def _ready(self) -> None:
        """Every process answers, or was killed at its point already."""
        async with asyncio.timeout(READY), httpx.AsyncClient(timeout=2) as http:
            for member in self.crew.members.values():
                while not self.crew.died(member):
                    with suppress(httpx.HTTPError):
                        if (await http.get(f"{member.url}/livez")).status_code == 200:
                            break
                    await asyncio.sleep(0.05)

    async def _disturb(self) -> None:
        """Load and faults; longer where a point was not passed yet."""
        began = time.monotonic()
        async with AsyncExitStack() as ends:
            cutter = await ends.enter_async_context(Cutter(self._some_api))
            history = ends.enter_context(History(self.folder / "history.jsonl"))
            caller = Caller(history, lambda dice: self._way(dice, cutter), self._tokens())
            ends.push_async_callback(caller.close)
            workload = Workload(self.plan, caller)
            working = asyncio.create_task(workload.run())
            await asyncio.gather(self.faults.carry_out(), asyncio.sleep(self.plan.load))
            await self._until_passed(time.monotonic() + self.plan.patience)
            self._passed("load", began)
            began = time.monotonic()
            self.crew.disarm()
            workload.stopping.set()
            _, still = await asyncio.wait({working}, timeout=self.plan.patience)
            if still:
                working.cancel()
                self.wrong.append(f"{caller.unsettled} requests got no definite answer in {self.plan.patience:.0f} s")
            await asyncio.gather(working, return_exceptions=bool(still))
            self.cut = cutter.cut
            self._passed("settled", began)

    async def _until_passed(self, end: float) -> None:
        while missing := self.crew.missing():
            if time.monotonic() > end:
                self.wrong += [f"no process was killed at: {point}" for point in missing]
                return
            await asyncio.sleep(0.1)

    def _some_api(self) -> int:
        return self.crew.members[self._cuts.choice(("api-1", "api-2"))].port

    def _way(self, dice: random.Random, cutter: Cutter) -> Way:
        if dice.random() < CUT:
            return Way(name="cut", url=f"http://127.0.0.1:{cutter.port}")
        member = self.crew.members[dice.choice(("api-1", "api-2"))]
        return Way(name=member.name, url=member.url)

    def _tokens(self) -> dict[tuple[str, str], str]:
        routes = (RECORD, *REVIEWS.values())
        return {
            (subject, route): token(self._deployment, "registry", "POST", route, subject)
            for subject in (*SURVEYORS, *REVIEWERS)
            for route in routes
        }

    async def _rest(self) -> Evidence:
        """Everything as it is once nothing is under way, and Kafka is full again."""
        began = time.monotonic()
        registry, reporting = self._database("registry"), self._database("reporting")
        end = began + self.plan.patience
        messages = []
        try:
            while True:
                await quiet.wait(registry, reporting, end - time.monotonic())
                messages = await evidence.messages(self._deployment.kafka().bootstrap)
                events, commands, guards, kept = await evidence.registry_rows(registry)
                if {message.id for message in messages} >= evidence.published(events).keys():
                    break
                if time.monotonic() > end:
                    raise quiet.NotQuiet("Kafka is not full again")
                await asyncio.sleep(0.5)
        except quiet.NotQuiet as found:
            self.wrong.append(str(found))
            messages = await evidence.messages(self._deployment.kafka().bootstrap)
            events, commands, guards, kept = await evidence.registry_rows(registry)
        self._passed("quiet", began)
        received, kept_there = await evidence.reporting_rows(reporting)
        return Evidence(
            asked=read(self.folder / "history.jsonl"),
            events=events,
            commands=commands,
            guards=guards,
            keys=await evidence.person_keys(with_database(self.servers.keys.dsn, "registry_keys")),
            masters=evidence.master_keys(self._deployment.secrets(self._deployment.services[0]) / "master_key"),
            messages=messages,
            received=received,
            registry=kept,
            reporting=kept_there,
            funnel=await self._funnel(),
        )

    def _database(self, name: str) -> str:
        return with_database(self.servers.postgres.dsn, name)

    async def _funnel(self) -> Mapping[str, int]:
        """As somebody in the province's office sees it."""
        given = token(self._deployment, "reporting", "GET", "/v1/funnel", "office-1")
        url = f"{self.crew.members['reporting-api'].url}/v1/funnel"
        async with httpx.AsyncClient(timeout=20) as http:
            answer = await http.get(url, params={"region": REGION}, headers={"Authorization": f"Bearer {given}"})
        found: dict[str, Any] = answer.raise_for_status().json()["total"]
        return {name: int(number) for name, number in found.items()}
