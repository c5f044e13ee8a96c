"""One run: servers, crew, offices, bank and faults; then healing, the last payments, the close of the bank's session,
and everything that is left as evidence."""

import asyncio
import math
import time
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx
from lb.deployment import Deployment
from lb.local.ports import HOST

from tests.chaos import evidence as common
from tests.chaos.callers import Way
from tests.chaos.crew import Crew, Member, assembled, member_of
from tests.chaos.cutter import Cutter
from tests.chaos.history import History, read
from tests.chaos.quiet import NotQuiet
from tests.chaos.subsidies import quiet
from tests.chaos.subsidies.evidence import FOLLOWS, TOPICS, Evidence, executions, files, not_taken_in, service_rows
from tests.chaos.subsidies.hostile import Hostile, Routes
from tests.chaos.subsidies.offices import OFTEN, PAGE, Paying
from tests.chaos.subsidies.plan import SERVICES
from tests.chaos.subsidies.workload import Workload
from tests.chaos.trial import Trial

REVERSED: Final = 0.05
"""Of what was executed comes back from the bank, each time."""
MISHAPS: Final = ("--files", "0.3", "--refused", "0.08", "--late-executed", "0.05", "--late-not-executed", "0.05")
"""More often than else, so that even a short run has some of each."""
QUICK: Final = {"LB_BANK_ANSWER_SECONDS": "2", "LB_BANK_ASK_SECONDS": "1"}
"""So that what has no answer is asked for within the run."""


@dataclass(slots=True)
class Run(Trial[Evidence]):
    """The way from trainee to money."""

    paying: Paying = field(init=False)
    reversals: int = 0
    rounds: int = 0
    _cutters: list[Cutter] = field(default_factory=list)
    _reconciled: Mapping[str, Any] = field(default_factory=dict)

    def manned(self) -> Crew:
        """Whole services where there is one process of each; two of each kind where money is decided and sent."""
        given = self.deployment
        workers = [member_of(given, f"subsidy-{n}", "subsidy", "worker", 69 + 2 * n) for n in (1, 2)]
        members = [
            member_of(given, "registry", "registry", "all", 30),
            member_of(given, "training", "training", "all", 50),
            member_of(given, "certification", "certification", "all", 60),
            member_of(given, "subsidy-api-1", "subsidy", "api", 70),
            member_of(given, "subsidy-api-2", "subsidy", "api", 72),
            *(replace(each, environment={**each.environment, **QUICK}, arming=often) for each in workers),
            _bank(given, self.plan.seed),
        ]
        return assembled(self.folder / "log", members, self.plan, self.servers.session.remember)

    async def disturb(self) -> None:
        began = time.monotonic()
        async with AsyncExitStack() as ends:
            hostile = await self._hostile(ends)
            client = await ends.enter_async_context(httpx.AsyncClient(transport=hostile))
            workload = Workload(self.plan, self.deployment, client)
            self.paying = Paying(self.deployment, client, self.plan.dice("paying"))
            async with asyncio.timeout(self.plan.load + 3 * self.plan.patience), asyncio.TaskGroup() as group:
                working = group.create_task(workload.run())
                stuck, self.crew.stuck = self.crew.stuck, math.inf  # nobody passes a point before there is money
                await workload.prepared.wait()
                self.passed("prepared", began)
                began = time.monotonic()
                self.crew.stuck = stuck
                group.create_task(self._pay())
                await asyncio.gather(self.faults.carry_out(), asyncio.sleep(self.plan.load))
                await self.until_passed(time.monotonic() + self.plan.patience)
                workload.stopping.set()
                await working
                self.passed("load", began)
                began = time.monotonic()
                self._heal()
                self.paying.stopping.set()
            self.rounds = workload.rounds
            self.passed("settled", began)
            await self._finish(workload)
            self.wrong += self.paying.taken

    def _heal(self) -> None:
        """Nobody is killed any more, and the bank begins no mishaps; those that it has begun take their course."""
        self.crew.disarm()
        bank = self.crew.members["bank"]
        bank.argv = (*self.deployment.bank_command("serve"), "--no-mishaps")
        self.crew.kill(bank)

    async def _hostile(self, ends: AsyncExitStack) -> Hostile:
        """The way to each process, and before each service a line that cuts."""
        history = ends.enter_context(History(self.folder / "history.jsonl"))
        ways = {
            self.deployment.ports[service.api_port]: [
                Way(name=member.name, url=member.url)
                for member in self.crew.members.values()
                if member.role in (f"{service.name} api", f"{service.name} all")
            ]
            for service in self.deployment.services
        }
        lines = {port: await self._line(ends, there) for port, there in ways.items()}
        names = {self.deployment.ports[service.api_port]: service.name for service in self.deployment.services}
        routes = Routes(self.deployment.access_table, names)
        hostile = Hostile(history, ways, lines, routes, self.plan.dice("hostile"))
        ends.push_async_callback(hostile.aclose)
        return hostile

    async def _line(self, ends: AsyncExitStack, there: Sequence[Way]) -> Way:
        cutter = Cutter(lambda: httpx.URL(self.cuts.choice(there).url).port or 0)
        self._cutters.append(await ends.enter_async_context(cutter))
        return Way(name="cut", url=f"http://{HOST}:{cutter.port}")

    async def _pay(self) -> None:
        """The offices that pay; and from time to time the bank gives money back."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.paying.run())
            while not self.paying.stopping.is_set():
                await asyncio.sleep(self.plan.load / 8)
                self.reversals += bool(await self._at_the_bank("reverse", "--share", str(REVERSED)))

    async def _finish(self, workload: Workload) -> None:
        """Until there is nothing left to decide, to order or to ask, also when certificates fall and money comes back
        that was paid; then the bank closes its session."""
        began, end = time.monotonic(), time.monotonic() + self.plan.patience
        try:
            await self._all_paid(end)
            await workload.fall()
            self.reversals += bool(await self._at_the_bank("reverse", "--share", str(3 * REVERSED)))
            await self._all_paid(end)
            self.passed("paid", began)
            await self._at_the_bank("close-session")
            await self._quiet(end - time.monotonic())
            self._reconciled = await self.paying.reconcile()
            await self._quiet(end - time.monotonic())
        except NotQuiet as found:
            self.wrong.append(str(found))
        self.cut = sum(each.cut for each in self._cutters)

    async def _all_paid(self, end: float) -> None:
        """NotQuiet, when the time is up."""
        left = True
        while left:
            while await self._something_left():
                if time.monotonic() > end:
                    raise NotQuiet("there is always something left to pay")
                await asyncio.sleep(OFTEN)
            await self._quiet(end - time.monotonic())
            left = await self._something_left()

    async def _something_left(self) -> bool:
        """What can be done now is done first."""
        paying = self.paying
        paying.lines = PAGE
        done = [await work() for work in (paying.decide, paying.release, paying.renew, paying.recover)]
        return any(done) or any([await paying.orders(status) for status in ("due", "ordered", "unknown")])

    @property
    def _databases(self) -> Mapping[str, str]:
        return {name: self.database(name) for name in SERVICES}

    async def _quiet(self, seconds: float) -> None:
        """In every service, and nothing on the way between two of them."""
        end = time.monotonic() + seconds
        while True:
            await quiet.wait(self._databases, self.deployment.bank, seconds)
            messages = await common.messages(self.deployment.kafka().bootstrap, TOPICS)
            rows = {name: await service_rows(self.database(name)) for name in FOLLOWS}
            late = [name for name, rows_of in rows.items() if not_taken_in(rows_of, name, messages)]
            if not late:
                return
            if time.monotonic() > end:
                raise NotQuiet(f"not everything is taken in by {late}")

    async def _at_the_bank(self, command: str, *options: str) -> str:
        """What a command of the bank prints."""
        process = await asyncio.create_subprocess_exec(
            *self.deployment.bank_command(command), *options, stdout=PIPE, stderr=PIPE
        )
        out, errors = await process.communicate()
        if process.returncode:
            self.wrong.append(f"bank {command}: {errors.decode()[-300:]}")
        return out.decode()

    async def rest(self) -> Evidence:
        return Evidence(
            asked=read(self.folder / "history.jsonl"),
            services={name: await service_rows(self.database(name)) for name in SERVICES},
            messages=await common.messages(self.deployment.kafka().bootstrap, TOPICS),
            bank=executions(await self._at_the_bank("executed")),
            files=files(self.deployment.bank),
            reconciled=self._reconciled,
        )


def often(point: str) -> Mapping[str, str]:
    """There are fewer files than messages."""
    return {"LB_FAILPOINTS": f"{point}:kill@0.6"}


def _bank(deployment: Deployment, seed: int) -> Member:
    return Member(
        name="bank",
        role="bank serve",
        argv=(*deployment.bank_command("serve"), "--seed", str(seed), "--delay", "0.05", *MISHAPS),
        environment={"PYTHONUNBUFFERED": "1"},
        arming=lambda point: {"BANK_KILL_AT": point},
        serves=b"",
    )
