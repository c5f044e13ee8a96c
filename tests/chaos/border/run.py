"""One run: two provinces, their offices, and faults; then healing, quiet, and everything that is left as evidence."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import httpx
from lb.local import exchange_keys

from tests.chaos.border.between import Between
from tests.chaos.border.evidence import Evidence, node_rows
from tests.chaos.border.faults import Echo
from tests.chaos.border.plan import HOME
from tests.chaos.border.workload import Workload
from tests.chaos.history import read


@dataclass(slots=True)
class Run(Between[Evidence]):
    """Transfers and hand-overs between two provinces."""

    workload: Workload = field(init=False)
    echo: Echo = field(init=False)

    async def disturb(self) -> None:
        began, border = time.monotonic(), self.border
        self.echo = Echo(border, self.plan.dice("echo"))
        async with AsyncExitStack() as ends:
            client = await ends.enter_async_context(httpx.AsyncClient(transport=await self.hostile(ends)))
            self.workload = Workload(self.plan, border.home, border.host, client, self.ahead[HOME])
            echoing = asyncio.create_task(self.echo.run())
            async with asyncio.timeout(self.plan.load + 3 * self.plan.patience), asyncio.TaskGroup() as group:
                working = group.create_task(self.workload.run())
                await self.workload.prepared.wait()
                self.passed("prepared", began)
                began = time.monotonic()
                self.arm()
                await asyncio.gather(self.faults.carry_out(), asyncio.sleep(self.plan.load))
                await self.until_passed(time.monotonic() + self.plan.patience)
                await self._until_lived(time.monotonic() + self.plan.patience)
                self.workload.stopping.set()
                await working
            self.crew.disarm()
            if echoing.done():
                self.wrong.append("nobody said things again any more")
            echoing.cancel()
            await asyncio.gather(echoing, return_exceptions=True)
            self.count_cuts()
            self.passed("load", began)

    async def _until_lived(self, end: float) -> None:
        """Everything was done that can be done: a slow machine takes longer."""
        while self.workload.missing():
            if time.monotonic() > end:
                return
            await asyncio.sleep(0.2)

    async def rest(self) -> Evidence:
        """Once nothing is under way, in neither province nor between them."""
        began = time.monotonic()
        await self.come_to_rest()
        self.passed("quiet", began)
        nodes = {}
        for name in self.plan.members:
            service, _, region = name.partition("-")
            nodes[name] = await node_rows(self.database_of(name), region, service, self.ahead[region])
        listed = exchange_keys.listed(self.border.exchange.directory)
        keys = {each.key.id: (each.region, each.key.public) for each in listed if each.kind == "signing"}
        return Evidence(asked=read(self.folder / "history.jsonl"), nodes=nodes, keys=keys)
