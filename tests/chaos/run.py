"""One run: servers, crew, callers and faults; then healing, quiet, and everything that is left as evidence."""

import asyncio
import random
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
from lb.local.databases import with_database

from tests.chaos import evidence, quiet
from tests.chaos.callers import Caller, Way
from tests.chaos.crew import Crew, crew_of
from tests.chaos.cutter import Cutter
from tests.chaos.evidence import Evidence
from tests.chaos.history import History, read
from tests.chaos.plan import REGION
from tests.chaos.rosters import Clerk
from tests.chaos.servers import token
from tests.chaos.trial import CUT, Trial
from tests.chaos.workload import RECORD, REVIEWERS, REVIEWS, SURVEYORS, Workload


@dataclass(slots=True)
class Run(Trial[Evidence]):
    """The way from survey to report."""

    clerk: Clerk = field(init=False)

    def __post_init__(self) -> None:
        Trial.__post_init__(self)
        dice = self.plan.dice("clerk")
        apis = "api-1", "api-2"
        self.clerk = Clerk(self.plan, self.deployment, lambda: self.crew.members[dice.choice(apis)].url)

    def manned(self) -> Crew:
        return crew_of(self.deployment, self.folder / "log", self.plan, self.servers.session.remember)

    async def disturb(self) -> None:
        """Load and faults; longer where a point was not passed yet."""
        began = time.monotonic()
        async with AsyncExitStack() as ends:
            cutter = await ends.enter_async_context(Cutter(self._some_api))
            history = ends.enter_context(History(self.folder / "history.jsonl"))
            caller = Caller(history, lambda dice: self._way(dice, cutter), self._tokens())
            ends.push_async_callback(caller.close)
            workload = Workload(self.plan, caller)
            working = asyncio.create_task(workload.run())
            sending = asyncio.create_task(self.clerk.send())
            await asyncio.gather(self.faults.carry_out(), asyncio.sleep(self.plan.load))
            await self.until_passed(time.monotonic() + self.plan.patience)
            self.passed("load", began)
            began = time.monotonic()
            self.crew.disarm()
            workload.stopping.set()
            _, still = await asyncio.wait({working, sending}, timeout=self.plan.patience)
            for task in still:
                task.cancel()
            if still:
                self.wrong.append(f"{caller.unsettled} requests got no definite answer in {self.plan.patience:.0f} s")
            await asyncio.gather(working, sending, return_exceptions=bool(still))
            self.cut = cutter.cut
            self.passed("settled", began)

    def _some_api(self) -> int:
        return self.crew.members[self.cuts.choice(("api-1", "api-2"))].port

    def _way(self, dice: random.Random, cutter: Cutter) -> Way:
        if dice.random() < CUT:
            return Way(name="cut", url=f"http://127.0.0.1:{cutter.port}")
        member = self.crew.members[dice.choice(("api-1", "api-2"))]
        return Way(name=member.name, url=member.url)

    def _tokens(self) -> dict[tuple[str, str], str]:
        routes = (RECORD, *REVIEWS.values())
        return {
            (subject, route): token(self.deployment, "registry", "POST", route, subject)
            for subject in (*SURVEYORS, *REVIEWERS)
            for route in routes
        }

    async def rest(self) -> Evidence:
        """Everything as it is once nothing is under way, and Kafka is full again."""
        began = time.monotonic()
        registry, reporting = self.database("registry"), self.database("reporting")
        end = began + self.plan.patience
        messages = []
        try:
            while True:
                await quiet.wait(registry, reporting, end - time.monotonic())
                messages = await evidence.messages(self.deployment.kafka().bootstrap)
                events, commands, guards, kept = await evidence.registry_rows(registry)
                if {message.id for message in messages} >= evidence.published(events).keys():
                    break
                if time.monotonic() > end:
                    raise quiet.NotQuiet("Kafka is not full again")
                await asyncio.sleep(0.5)
        except quiet.NotQuiet as found:
            self.wrong.append(str(found))
            messages = await evidence.messages(self.deployment.kafka().bootstrap)
            events, commands, guards, kept = await evidence.registry_rows(registry)
        self.passed("quiet", began)
        received, kept_there = await evidence.reporting_rows(reporting)
        return Evidence(
            asked=read(self.folder / "history.jsonl"),
            events=events,
            commands=commands,
            guards=guards,
            keys=await evidence.person_keys(with_database(self.servers.keys.dsn, "registry_keys")),
            masters=evidence.master_keys(self.deployment.secrets(self.deployment.services[0]) / "master_key"),
            messages=messages,
            received=received,
            registry=kept,
            reporting=kept_there,
            funnel=await self._funnel(),
            rosters=await self.clerk.read(self.crew.members["api-1"].url),
        )

    async def _funnel(self) -> Mapping[str, int]:
        """As somebody in the province's office sees it."""
        given = token(self.deployment, "reporting", "GET", "/v1/funnel", "office-1")
        url = f"{self.crew.members['reporting-api'].url}/v1/funnel"
        async with httpx.AsyncClient(timeout=20) as http:
            answer = await http.get(url, params={"region": REGION}, headers={"Authorization": f"Bearer {given}"})
        found: dict[str, Any] = answer.raise_for_status().json()["total"]
        return {name: int(number) for name, number in found.items()}
