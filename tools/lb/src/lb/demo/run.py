"""The demonstration's way: from the rosters of the counties to money at the bank, back where a fact falls, and to a job
in the other province."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import httpx

from lb.demo.abroad import TRAVEL, Abroad, ThirdAct
from lb.demo.assessments import Bodies, Certified
from lb.demo.classes import Held, Training
from lb.demo.corrections import Correction, corrected
from lb.demo.counties import Advance, County, Trainee
from lb.demo.endings import Ending
from lb.demo.expected import Expected
from lb.demo.offices import Office
from lb.demo.outcome import Outcome
from lb.demo.quiet import behind, settled
from lb.demo.rosters import Difference
from lb.demo.subsidies import Subsidies
from lb.deployment import Deployment
from lb.sample.planning import Sample
from lb.sample.writing import write

AGREE_SECONDS: Final = 60.0
ROSTERS: Final = "rosters"
"""Folder of the run, where what was sent can be looked at."""
T = TypeVar("T")


@dataclass(slots=True)
class Told:
    """How it ended, and every difference between what was sent and what the services say."""

    verdicts: Sequence[Difference] = ()
    """Rows whose verdict is not the planted one."""
    differences: list[str] = field(default_factory=list)
    funnel: Mapping[str, Any] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Classes, certificates, claims, …"""
    claims: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Kind and state → how many."""
    money: Mapping[str, Any] = field(default_factory=dict)
    explained: Mapping[str, Any] = field(default_factory=dict)
    correction: Correction | None = None
    abroad: Abroad = field(default_factory=Abroad)
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each stage took."""
    worker: str = ""
    """Who went the whole way."""
    journey: Mapping[str, Any] = field(default_factory=dict)

    def counted(self) -> Mapping[str, int]:
        """How many there were, and of the rarest ending how often it came."""
        rarest = min(self.abroad.endings.get(each, 0) for each in Ending)
        return {**self.numbers, "claims": sum(self.claims.values()), "endings": rarest}


class Demonstration:
    """Everything through sockets: this imports no service."""

    def __init__(
        self,
        deployment: Deployment,
        host: Awaitable[Deployment],
        client: httpx.AsyncClient,
        sample: Sample,
        advance: Advance,
    ) -> None:
        self._deployment, self._host, self._client, self._advance = deployment, host, client, advance
        self._abroad: ThirdAct
        self._operator = Office(deployment, client, "operator", deployment.region)
        self._reader = Office(deployment, client, "reviewer", deployment.region)
        folder = deployment.run / ROSTERS
        folder.mkdir()
        rosters = list(write(sample, folder))
        codes = sorted({roster.file.county.code for roster in rosters})
        self._counties = [County(deployment, client, code, folder, rosters) for code in codes]
        self._training = Training(deployment, client)
        self._bodies = Bodies(deployment, client)
        self._subsidies = Subsidies(deployment, client)
        self.told = Told()

    async def carry_out(self) -> Told:
        """From the first roster to the last fen."""
        trainees = await self._timed("surveyed", self._surveyed())
        held = await self._timed("trained", self._training.train(trainees, lambda: self._advance("classes held", 1)))
        certified = await self._timed(
            "certified", self._bodies.certify(held, lambda: self._advance("classes assessed", 1))
        )
        organisations = sorted({*self._training.institutions.values(), *self._bodies.bodies.values()})
        await self._subsidies.prepare(organisations)
        await self._timed("paid", self._paid(held, certified))
        fallen = await self._timed("corrected", self._corrected(held, certified))
        standing = {each.certificate for each in fallen}
        await self._timed("abroad", self._sent([each for each in certified if each.certificate not in standing]))
        await self._timed("agreed", self._agreed(await self._outcome(trainees, held, certified, len(fallen))))
        await self._shown()
        return self.told

    async def _timed(self, stage: str, work: Awaitable[T]) -> T:
        began = time.monotonic()
        try:
            return await work
        finally:
            self.told.seconds[stage] = time.monotonic() - began

    async def _surveyed(self) -> list[Trainee]:
        counties = self._counties
        await asyncio.gather(*(county.send(self._advance) for county in counties))
        await counties[0].send_again()
        await asyncio.gather(*(county.review(self._advance) for county in counties))
        self.told.verdicts = [each for county in counties for each in county.differences]
        await settled(self._deployment, self._operator, "registry")
        await asyncio.gather(*(county.record_accounts() for county in counties))
        found = await asyncio.gather(*(county.designate(self._advance) for county in counties))
        return [trainee for trainees in found for trainee in trainees]

    async def _paid(self, held: Sequence[Held], certified: Sequence[Certified]) -> None:
        """A certificate opens a claim for the training and one for the assessment, a completion one for living."""
        completed = sum(len(each.passed) for each in held)
        expected = {"TRAINING": len(certified), "ASSESSMENT": len(certified), "LIVING": completed}
        claims = await self._subsidies.opened(expected)
        await self._subsidies.decide(claims, lambda done: self._advance("claims decided", done))
        await self._subsidies.pay(lambda done: self._advance("payments ordered", done))
        self._note(await self._subsidies.reconcile())

    async def _corrected(self, held: Sequence[Held], certified: Sequence[Certified]) -> list[Certified]:
        """Certificates fall, a forgotten attendance turns up; what depends on them is decided again, and settled."""
        fallen = await self._bodies.revoke(certified)
        await self._training.correct_attendance(held[0])
        found = await corrected(self._subsidies, fallen, held[0])
        self.told.differences += found.differences
        self.told.correction = found
        await settled(self._deployment, self._operator, "subsidy")
        await self._subsidies.recover([each for each in found.adjusted if each["state"] == "REFUSED"])
        await self._subsidies.pay(lambda done: self._advance("payments ordered", done))
        self._note(await self._subsidies.reconcile())
        return fallen

    async def _sent(self, certified: Sequence[Certified]) -> None:
        """Some go to the other province; home pays the way of those who stay in their job there."""
        self._abroad = ThirdAct(self._deployment, await self._host, self._client)
        self.told.differences += await self._abroad.play(certified)
        claims = await self._subsidies.opened({TRAVEL: len(self._abroad.employed())})
        await self._subsidies.decide(claims, lambda done: self._advance("claims decided", done))
        await self._subsidies.pay(lambda done: self._advance("payments ordered", done))
        self.told.differences += self._abroad.unpaid([each async for each in self._subsidies.claims()])
        self._note(await self._subsidies.reconcile())

    def _note(self, reconciled: Mapping[str, Any]) -> None:
        self.told.differences += [f"unexplained: {each}" for each in reconciled["findings"]]
        if reconciled["awaited"]:
            self.told.differences.append(f"{reconciled['awaited']} movements are in no statement")

    async def _outcome(
        self, trainees: Sequence[Trainee], held: Sequence[Held], certified: Sequence[Certified], fallen: int
    ) -> Outcome:
        """What was done, and what the bank says that it paid: order by order as we know it."""
        ours, banks = await self._subsidies.executed()
        if ours != banks:
            self.told.differences.append(f"executed: {len(ours)} orders by our account, {len(banks)} by the bank's")
        completed = sum(len(each.passed) for each in held)
        self.told.numbers = {
            "designated": len(trainees),
            "classes": len(held),
            "completed": completed,
            "certificates": len(certified),
            "certificates revoked": fallen,
            "orders paid, by the bank's own list": len(banks),
        }
        return Outcome(
            designated=len(trainees),
            enrolled=sum(len(each.trainees) for each in held),
            completed=completed,
            certified=len(certified) - fallen,
            executed=sum(banks.values()),
            returned=self._subsidies.recovered,
            steps=self._abroad.steps(),
        )

    async def _agreed(self, outcome: Outcome) -> None:
        """Asks until reporting agrees and every reader has done everything, or the time is up."""
        expected = Expected()
        for county in self._counties:
            county.count(expected)
        told, reporting = self.told, f"{self._deployment.address('reporting')}/v1"
        until = time.monotonic() + AGREE_SECONDS
        while True:
            told.funnel = await self._reader.get(f"{reporting}/funnel", region=self._deployment.region, per="county")
            told.money = await self._reader.get(f"{reporting}/money", region=self._deployment.region, per="county")
            late = [*expected.differences(told.funnel), *outcome.differences(told.funnel, told.money)]
            late += await behind(self._deployment, self._operator)
            if not late or time.monotonic() > until:
                break
            await asyncio.sleep(0.1)
        told.differences += late

    async def _shown(self) -> None:
        """Claims by how they stand; one of them explained, and its worker's journey."""
        claims = [each async for each in self._subsidies.claims()]
        told, reporting = self.told, self._deployment.address("reporting")
        told.claims = Counter((each["kind"], each["state"]) for each in claims)
        told.explained = await self._subsidies.explained(next(e["claim"] for e in claims if e["state"] == "APPROVED"))
        told.abroad = await self._abroad.shown()
        told.worker = told.abroad.worker
        told.journey = await self._reader.get(f"{reporting}/v1/workers/{told.worker}/journey")


async def demonstrate(home: Deployment, coming: Callable[[], Deployment], sample: Sample, advance: Advance) -> Told:
    """The whole way, with up to 32 connections at once. `coming` returns when the other province is up: home begins
    meanwhile, and nobody is sent there before."""
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=32)) as client:
        host = asyncio.create_task(asyncio.to_thread(coming))
        return await Demonstration(home, host, client, sample, advance).carry_out()
