"""What offices and employers of both provinces do, by the seed: whatever they may do, and some of what they may not.

Each act is a request to one side, about something that this side has open. What the rules refuse is part of life.
"""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

import httpx
from lb.demo.classes import LISTED
from lb.demo.offers import Offers
from lb.demo.offices import Office, each_of
from lb.demo.transfers import AGREED_ON, ARRIVED_ON, LEFT_ON, STARTED_ON
from lb.deployment import Deployment
from lb.problems import Problem

from tests.chaos.border.plan import COUNTIES, HOME, HOST
from tests.chaos.plan import Plan
from tests.chaos.subsidies.trainees import Registry

WORKERS: Final = 24
"""Of each county."""
ENDED_ON: Final = "2026-10-20"
SOON: Final = 8.0
"""Seconds in which the host has to answer, or somebody to arrive, at most: some answers cross the end of it."""
TAKEN: Final = (
    *("nominate", "acceptance", "rejection", "withdrawal", "dispatch", "arrival", "return"),
    *("sent", "alone", "leave", "recall", "wish"),
)
"""Kinds of acts of which one at least is taken in a run. Absence may be too early by the host's clock all the time."""
REFUSED: Final = ("not_steward", "worker_in_transfer", "reception_ended", "worker_still_expected")
_LONGEST: Final = 200
Item: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Workload:
    """`ahead`: seconds that home's clock is. `client` sends over the hostile way."""

    plan: Plan
    home: Deployment
    host: Deployment
    client: httpx.AsyncClient
    ahead: int
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    prepared: asyncio.Event = field(default_factory=asyncio.Event)
    """From then on there are workers, vacancies and an agreement."""
    taken: "Counter[str]" = field(default_factory=Counter)
    refused: "Counter[str]" = field(default_factory=Counter)
    """By the code of the refusal."""
    _offers: Offers = field(init=False)
    _workers: list[str] = field(default_factory=list)
    _jobs: list[tuple[Office, str]] = field(default_factory=list)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)
    _registrar: Office = field(init=False)
    _clerk: Office = field(init=False)

    def __post_init__(self) -> None:
        self._offers = Offers(self.home, self.host, self.client)
        self._registrar = Office(self.home, self.client, "registrar", HOME)
        self._clerk = Office(self.home, self.client, "clerk", HOME)

    async def run(self) -> None:
        """Until it is told to stop; every request that is under way still gets its answer."""
        await self._prepare()
        self.prepared.set()
        async with asyncio.TaskGroup() as group:
            for n in range(self.plan.clients):
                group.create_task(self._client(self.plan.dice(f"client {n}")))

    def missing(self) -> list[str]:
        """What was never taken, and refusals that nobody met yet."""
        return [kind for kind in TAKEN if not self.taken[kind]] + [code for code in REFUSED if not self.refused[code]]

    async def _prepare(self) -> None:
        registry = Registry(self.home, self.client, self.plan.dice("workers"))
        found = await asyncio.gather(*(registry.register(county, WORKERS) for county in COUNTIES))
        self._workers = [worker for county in found for worker, _ in county]
        await self._offers.prepare()
        await each_of(self._workers, self._known)

    async def _known(self, worker: str) -> None:
        """Placement has heard of the worker, and acts."""
        url = f"{self._url(HOME)}/permissions/{worker}"
        while True:
            with suppress(Problem):
                if (await self._offers.home.get(url))["acts"]:
                    return
            await asyncio.sleep(0.2)

    async def _client(self, dice: random.Random) -> None:
        while not self.stopping.is_set():
            (act,) = dice.choices(*ACTS)
            await act(self, dice)
            await asyncio.sleep(dice.random() * self.plan.think)

    async def nominate(self, dice: random.Random) -> None:
        """Most have a short time for the answer, and for the departure."""
        vacancy = self._vacancy(dice)
        body = {
            "worker": dice.choice(self._workers),
            "vacancy": vacancy,
            "agreement": self._offers.agreement,
            "consented_on": AGREED_ON,
            "consent": f"同意书-{next(self._keys)}",
        }
        if dice.random() < 0.4:
            answer = dice.uniform(1, SOON)
            body |= {"answer_until": self._soon(answer), "dispatch_until": self._soon(answer + dice.uniform(1, SOON))}
        await self._ask("nominate", self._offers.home, f"{self._url(HOME)}/transfers", body)

    async def answer(self, dice: random.Random) -> None:
        """The host accepts most."""
        for each in await self._some(HOST, dice, "NOMINATED"):
            if dice.random() < 0.85:
                await self._of_transfer(HOST, each, "acceptance")
            else:
                await self._of_transfer(HOST, each, "rejection", {"reason": "NOT_SUITABLE"})

    async def withdraw(self, dice: random.Random) -> None:
        for each in await self._some(HOME, dice, "NOMINATED", "CONFIRMED"):
            await self._of_transfer(HOME, each, "withdrawal", {"reason": "FAMILY"})

    async def dispatch(self, dice: random.Random) -> None:
        for each in await self._some(HOME, dice, "CONFIRMED"):
            lost = {"arrive_until": self._soon(dice.uniform(1, SOON))} if dice.random() < 0.3 else {}
            await self._of_transfer(HOME, each, "dispatch", {"left_on": LEFT_ON, **lost})

    async def arrive(self, dice: random.Random) -> None:
        for each in await self._some(HOST, dice, "DISPATCHED"):
            await self._of_transfer(HOST, each, "arrival", {"arrived_on": ARRIVED_ON})

    async def miss(self, dice: random.Random) -> None:
        for each in await self._some(HOST, dice, "DISPATCHED"):
            await self._of_transfer(HOST, each, "absence")

    async def give_back(self, dice: random.Random) -> None:
        for each in await self._some(HOST, dice, "ARRIVED"):
            await self._of_transfer(HOST, each, "return", {"reason": "NOT_HIRED", "returned_on": STARTED_ON})

    async def employ(self, dice: random.Random) -> None:
        for each in await self._some(HOST, dice, "ARRIVED", "DISPATCHED"):
            await self._hire("sent", each["vacancy"], each["worker"], {"transfer": each["transfer"]})

    async def find_alone(self, dice: random.Random) -> None:
        """A worker finds a job in the other province: nobody sent them."""
        await self._hire("alone", self._vacancy(dice), dice.choice(self._workers), {})

    async def leave(self, dice: random.Random) -> None:
        if self._jobs:
            employer, job = self._jobs.pop(dice.randrange(len(self._jobs)))
            body = {"ended_on": ENDED_ON, "reason": "RESIGNED"}
            await self._ask("leave", employer, f"{self._url(HOST)}/employments/{job}/end", body)

    async def recall(self, dice: random.Random) -> None:
        """An office at home asks who is responsible to give it back."""
        worker = dice.choice(self._workers)
        url = f"{self.home.address('registry')}/v1/stewardship/{worker}/recall"
        await self._ask("recall", self._registrar, url)

    async def wish(self, dice: random.Random) -> None:
        """Home's clerk writes down what the worker wants: for the steward only."""
        worker = dice.choice(self._workers)
        url = f"{self.home.address('registry')}/v1/workers/{worker}/wishes"
        await self._ask("wish", self._clerk, url, {"wishes": ["JOB"], "evidence": f"意愿-{next(self._keys)}"})

    def _vacancy(self, dice: random.Random) -> str:
        """One that needs no certificate."""
        return dice.choice([v for v, trade in self._offers.vacancies.items() if trade.programme not in LISTED])

    async def _hire(self, kind: str, vacancy: str, worker: str, of: Item) -> None:
        employer = self._offers.employers[vacancy]
        body = {
            "worker": worker,
            "home": COUNTIES[0],
            "employer": employer.organisation,
            "region": employer.region,
            "occupation": self._offers.vacancies[vacancy].occupation,
            "form": "ENTERPRISE",
            "begins": {"started_on": STARTED_ON},
            **of,
        }
        answer = await self._ask(kind, employer, f"{self._url(HOST)}/employments", body)
        if answer:
            self._jobs.append((employer, answer["employment"]))

    async def _some(self, region: str, dice: random.Random, *states: str) -> Sequence[Item]:
        """One of the transfers that are open on this side and stand so, where there is any."""
        side, office = ("HOME", self._offers.home) if region == HOME else ("HOST", self._offers.host)
        wanted: dict[str, str | int] = {"region": region, "side": side, "limit": _LONGEST}
        found = (await office.get(f"{self._url(region)}/transfers", **wanted))["transfers"]
        fitting = [each for each in found if each["state"] in states]
        return [dice.choice(fitting)] if fitting else []

    async def _of_transfer(self, region: str, each: Item, what: str, body: Item | None = None) -> None:
        office = self._offers.home if region == HOME else self._offers.host
        await self._ask(what, office, f"{self._url(region)}/transfers/{each['transfer']}/{what}", body)

    async def _ask(self, kind: str, office: Office, url: str, body: Item | None = None) -> Item | None:
        """What is answered where it is taken."""
        answer = await office.post(url, f"life-{next(self._keys)}", body)
        found: Item = answer.json()
        if answer.is_success:
            self.taken[kind] += 1
            return found
        self.refused[str(found.get("code"))] += 1
        return None

    def _url(self, region: str) -> str:
        return f"{(self.home if region == HOME else self.host).address('placement')}/v1"

    def _soon(self, seconds: float) -> str:
        """By home's clock, which may be wrong."""
        return (datetime.now(UTC) + timedelta(seconds=self.ahead + seconds)).isoformat()


Act: TypeAlias = Callable[[Workload, random.Random], Awaitable[None]]
_WEIGHTS: Final[dict[Act, int]] = {
    Workload.nominate: 10,
    Workload.answer: 12,
    Workload.withdraw: 2,
    Workload.dispatch: 10,
    Workload.arrive: 6,
    Workload.miss: 3,
    Workload.give_back: 2,
    Workload.employ: 5,
    Workload.find_alone: 2,
    Workload.leave: 5,
    Workload.recall: 1,
    Workload.wish: 4,
}
ACTS: Final = [*_WEIGHTS], [*_WEIGHTS.values()]
