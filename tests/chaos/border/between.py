"""What every run over the border is: two provinces and the exchange between them, their processes and faults."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from lb.local.ports import HOST as LOCAL

from tests.chaos.border import quiet
from tests.chaos.border.faults import BorderFaults
from tests.chaos.border.plan import REGIONS
from tests.chaos.border.servers import Border
from tests.chaos.callers import Way
from tests.chaos.crew import Crew, Member, assembled, member_of, migrate
from tests.chaos.cutter import Cutter
from tests.chaos.faults import Faults
from tests.chaos.history import History
from tests.chaos.quiet import NotQuiet
from tests.chaos.subsidies.hostile import Hostile, Routes
from tests.chaos.trial import Trial

Left = TypeVar("Left")
"""The evidence."""


@dataclass(slots=True)
class Between(Trial[Left], Generic[Left]):
    """`servers`: those of home; `plan.members` are named by service and region."""

    border: Border = field(kw_only=True)
    ahead: Mapping[str, int] = field(kw_only=True, default_factory=dict)
    """Seconds that the clock of a province goes before the true time."""
    _cutters: list[Cutter] = field(default_factory=list)

    def __post_init__(self) -> None:
        Trial.__post_init__(self)
        sides = {region: Faults(self.plan, self.border.provinces[region], self.crew) for region in REGIONS}
        self.faults = BorderFaults(self.plan, self.servers, self.crew, border=self.border, sides=sides)

    def manned(self) -> Crew:
        """Each service of each province in one process; nobody is killed before there is something to do."""
        members = [self.member(name) for name in self.plan.members]
        crew = assembled(self.folder / "log", members, self.plan, self.border.session.remember)
        for points in crew.points.values():
            points.clear()
        return crew

    def member(self, name: str) -> Member:
        """The process of a service of a province."""
        service, _, region = name.partition("-")
        deployment = self.border.provinces[region].deployment
        offset = next(each.api_port for each in deployment.services if each.name == service)
        return replace(member_of(deployment, name, service, "all", offset), role=name)

    async def prepare(self) -> None:
        """Tables in every database, and clocks that are wrong."""
        for region in REGIONS:
            await asyncio.to_thread(migrate, self.crew, self.border.provinces[region].deployment)
            await self.border.set_clock(region, self.ahead.get(region, 0))

    def arm(self) -> None:
        """From now on processes are killed at their points."""
        for role in self.plan.roles:
            self.crew.arm(role, self.plan.points(role, refilled=False))

    async def hostile(self, ends: AsyncExitStack) -> Hostile:
        """The way to each process, and before each a line that cuts."""
        history = ends.enter_context(History(self.folder / "history.jsonl"))
        members = [self.crew.members[name] for name in self.plan.members]
        lines = {each.port: await self._line(ends, each.port) for each in members}
        ways = {each.port: [Way(name=each.name, url=each.url)] for each in members}
        routes = Routes(self.deployment.access_table, {each.port: each.name for each in members})
        hostile = Hostile(history, ways, lines, routes, self.plan.dice("hostile"))
        ends.push_async_callback(hostile.aclose)
        return hostile

    async def _line(self, ends: AsyncExitStack, port: int) -> Way:
        cutter = await ends.enter_async_context(Cutter(lambda: port))
        self._cutters.append(cutter)
        return Way(name="cut", url=f"http://{LOCAL}:{cutter.port}")

    def count_cuts(self) -> None:
        self.cut = sum(each.cut for each in self._cutters)

    async def come_to_rest(self) -> None:
        """Until nothing is under way, in neither province nor between them, or the time for it is over."""
        brokers = {region: self.border.provinces[region].kafka.bootstrap for region in REGIONS}
        databases = {name: self.database_of(name) for name in self.plan.members}
        try:
            await quiet.wait(databases, brokers, self.plan.patience)
        except NotQuiet as found:
            self.wrong.append(str(found))

    def database_of(self, name: str) -> str:
        """Of a service of a province, for somebody who may read everything."""
        service, _, region = name.partition("-")
        return self.border.database(service, region)
