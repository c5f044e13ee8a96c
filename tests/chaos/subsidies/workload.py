"""What happens in the province: trainees are found, trained, assessed; some certificates fall, attendance turns up,
money comes back from the bank; and all the while the offices that pay do their work."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from lb.demo.assessments import Bodies, Certified
from lb.demo.classes import Held, Training
from lb.demo.counties import Trainee
from lb.demo.offices import Office
from lb.demo.subsidies import Subsidies
from lb.deployment import Deployment

from tests.chaos.plan import Plan
from tests.chaos.subsidies.plan import COUNTIES, LONG
from tests.chaos.subsidies.trainees import Registry

PACE: Final = 25.0
"""Seconds between two rounds, at most."""
CLASS: Final = 18
"""Trainees of a class: of so many one was not there often enough."""
INSURED: Final = 0.3
"""Of those who have a certificate."""
FALLEN: Final = 0.15
"""Certificates that are revoked while claims are decided and paid."""
LATE: Final = 3
"""And so many more afterwards."""


@dataclass(slots=True)
class Workload:
    """Class after class in each county until it is told to stop. `client` sends over the hostile way."""

    plan: Plan
    deployment: Deployment
    client: httpx.AsyncClient
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    prepared: asyncio.Event = field(default_factory=asyncio.Event)
    """From then on there are rules and money, and claims can be paid."""
    rounds: int = 0
    _registry: Registry = field(init=False)
    _training: Training = field(init=False)
    _bodies: Bodies = field(init=False)
    _dice: random.Random = field(init=False)
    _standing: list[Certified] = field(default_factory=list)
    _keys: int = 0

    def __post_init__(self) -> None:
        self._dice = self.plan.dice("workload")
        self._registry = Registry(self.deployment, self.client, self.plan.dice("trainees"))
        self._training = Training(self.deployment, self.client)
        self._bodies = Bodies(self.deployment, self.client)

    async def run(self) -> None:
        """At least one round; each opens claims, is paid, and is corrected while the next one learns."""
        async with asyncio.TaskGroup() as group:
            while not self.rounds or not self.stopping.is_set():
                certified, held = await self._round()
                if not self.rounds:
                    organisations = [*self._training.institutions.values(), *self._bodies.bodies.values()]
                    await Subsidies(self.deployment, self.client).prepare(organisations)
                    self.prepared.set()
                self.rounds += 1
                group.create_task(self._insure(certified))
                group.create_task(self._correct(certified, held))
                await self._pause()

    async def _pause(self) -> None:
        """What was opened is paid meanwhile: a short run has one round, unless that leaves a point unpassed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), PACE if self.plan.load >= LONG else 4 * self.plan.load)

    async def _round(self) -> tuple[Sequence[Certified], Sequence[Held]]:
        found = await asyncio.gather(*(self._registry.designate(county, CLASS) for county in COUNTIES))
        trainees = [trainee for group in found for trainee in group]
        await self._known(trainees)
        held = await self._training.train(trainees, lambda: None)
        return await self._bodies.certify(held, lambda: None), held

    async def _known(self, trainees: Sequence[Trainee]) -> None:
        """Training has heard of all of them: facts of different workers come in any order."""
        officer = self._office("training-officer")
        where = f"{self.deployment.address('training')}/v1/workers"
        for each in trainees:
            await officer.until_there(f"{where}/{each.worker}/training")

    async def _correct(self, certified: Sequence[Certified], held: Sequence[Held]) -> None:
        """Some facts fall: before a claim is decided, while its order is at the bank, after it was paid."""
        for each in held:
            await self._training.correct_attendance(each)
            await self._some_time()
        for one in certified:
            if self._dice.random() < FALLEN:
                await self._some_time()
                await self._revoke(one)
            else:
                self._standing.append(one)

    async def fall(self) -> None:
        """Some more fall, when everything is paid."""
        for one in self._standing[:LATE]:
            await self._revoke(one)

    async def _revoke(self, one: Certified) -> None:
        where = f"{self.deployment.address('certification')}/v1/certificates/{one.certificate}/revocation"
        await self._send(self._office("assessment-officer"), where, {"reason": "WRONG_PERSON"})

    async def _insure(self, certified: Sequence[Certified]) -> None:
        """Of some it turns out that they are insured: two claims want the same reservation."""
        clerk = self._office("clerk")
        insured = {"insured": True, "valid_from": "2025-01-01", "document": "参保比对-1"}
        for one in certified:
            if self._dice.random() < INSURED:
                where = f"{self.deployment.address('subsidy')}/v1/workers/{one.trainee.worker}"
                await clerk.until_there(f"{where}/dossier")
                await self._send(clerk, f"{where}/insurance", insured)

    async def _some_time(self) -> None:
        await asyncio.sleep(self._dice.uniform(0, min(self.plan.load, PACE) / 4))

    async def _send(self, office: Office, url: str, body: dict[str, Any]) -> None:
        self._keys += 1
        await office.do(url, f"workload-{self._keys}", body)

    def _office(self, name: str) -> Office:
        return Office(self.deployment, self.client, name, self.deployment.region)
