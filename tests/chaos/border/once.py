"""One run: workers claim the same in both provinces at once, while the exchange between them comes and goes; in the end
nothing is left to decide or to pay, in neither."""

import asyncio
import time
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx
from claim_facts import Life

from tests.chaos.border.between import Between
from tests.chaos.border.check_once import Side
from tests.chaos.border.claimants import KIND, Offices, lives, provide_topics, tell
from tests.chaos.border.plan import REGIONS, node
from tests.chaos.crew import Crew, Member
from tests.chaos.plan import Plan
from tests.chaos.quiet import NotQuiet
from tests.chaos.subsidies.evidence import executions, service_rows
from tests.chaos.subsidies.offices import OFTEN, PAGE, Paying
from tests.chaos.subsidies.quiet import at_the_bank

SUBSIDY: Final = "subsidy"
KINDS: Final = (
    *("kill", "kill", "exchange cut", "exchange cut"),
    *("exchange half cut", "exchange half cut", "exchange killed", "exchange wiped"),
)
QUICK: Final = {"LB_BANK_ANSWER_SECONDS": "2", "LB_BANK_ASK_SECONDS": "1"}


def plan_of(seed: int, load: float) -> Plan:
    """Who pays is killed, and cannot ask."""
    return Plan(
        seed=seed, load=load, patience=120.0, roles={}, members=[node(SUBSIDY, region) for region in REGIONS],
        kinds=KINDS,
    )  # fmt: skip


@dataclass(slots=True)
class Once(Between[Mapping[str, Side]]):
    """`registry`: address of who knows the bank accounts. `count`: of the workers."""

    registry: str = field(kw_only=True)
    count: int = field(kw_only=True)
    paying: dict[str, Paying] = field(default_factory=dict)

    @property
    def claimants(self) -> Sequence[Life]:
        return lives(self.count)

    def manned(self) -> Crew:
        crew = Between.manned(self)
        for region in REGIONS:
            crew.members[f"bank-{region}"] = self._bank(region)
        return crew

    def member(self, name: str) -> Member:
        found = Between.member(self, name)
        return replace(found, environment={**found.environment, **QUICK, "LB_REGISTRY_URL": self.registry})

    def _bank(self, region: str) -> Member:
        deployment = self.border.provinces[region].deployment
        argv = (*deployment.bank_command("serve"), "--seed", str(self.plan.seed), "--delay", "0.05", "--no-mishaps")
        return Member(name=f"bank-{region}", role="bank", argv=argv, environment={"PYTHONUNBUFFERED": "1"}, serves=b"")

    async def prepare(self) -> None:
        await Between.prepare(self)
        await provide_topics(self.border)

    async def disturb(self) -> None:
        began = time.monotonic()
        async with AsyncExitStack() as ends:
            client = await ends.enter_async_context(httpx.AsyncClient(transport=await self.hostile(ends)))
            offices = [self._offices(region, client) for region in REGIONS]
            await asyncio.gather(*(each.prepare() for each in offices))
            await tell(self.border, self.claimants)
            self.passed("prepared", began)
            began = time.monotonic()
            async with asyncio.timeout(self.plan.load + 3 * self.plan.patience), asyncio.TaskGroup() as group:
                for each in self.paying.values():
                    group.create_task(each.run())
                struck = group.create_task(self.faults.carry_out())
                await asyncio.gather(*(each.insure(self.claimants) for each in offices))
                await struck
                self.crew.disarm()
                self.passed("claimed", began)
                await self._all_paid(time.monotonic() + self.plan.patience)
                for each in self.paying.values():
                    each.stopping.set()
            self.count_cuts()
            self.passed("paid", began)

    def _offices(self, region: str, client: httpx.AsyncClient) -> Offices:
        deployment, dice = self.border.provinces[region].deployment, self.plan.dice(f"offices {region}")
        self.paying[region] = Paying(deployment, client, dice, lines=PAGE)
        return Offices(deployment, client, dice)

    async def _all_paid(self, end: float) -> None:
        """Nothing is ready, due, or without the bank's answer."""
        while left := [line for region in REGIONS for line in await self._left(region)]:
            if time.monotonic() > end:
                self.wrong.append(f"there is always something left to pay: {left}")
                return
            await asyncio.sleep(OFTEN)

    async def _left(self, region: str) -> Sequence[str]:
        await self.come_to_rest()
        paying = self.paying[region]
        ready = [each async for each in paying.claims() if each["state"] == "READY"]
        orders = [each for status in ("due", "ordered", "unknown") for each in await paying.orders(status)]
        files = at_the_bank(self.border.provinces[region].deployment.bank)
        left = {"claims": len(ready), "orders": len(orders), "files": len(files)}
        return [f"{region}: {left}"] if any(left.values()) else []

    async def rest(self) -> Mapping[str, Side]:
        began = time.monotonic()
        await self.come_to_rest()
        self.passed("quiet", began)
        return {region: await self._side(region) for region in REGIONS}

    async def _side(self, region: str) -> Side:
        log = await service_rows(self.database_of(node(SUBSIDY, region)))
        rows: Sequence[Mapping[str, Any]] = log.kept.views["claims"]
        ours = [row for row in rows if row["kind"] == KIND]  # their certificates open other claims too, which wait
        return Side(subsidy=log, claims=ours, bank=executions(await self._listed(region)))

    async def _listed(self, region: str) -> str:
        """What the bank says that it paid."""
        command = self.border.provinces[region].deployment.bank_command("executed")
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
        out, errors = await process.communicate()
        if process.returncode:
            raise NotQuiet(errors.decode()[-300:])
        return out.decode()
