"""Workers who may learn: surveyed, approved, with an account, and designated, as the registry's offices do it."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from lb.demo.counties import PLAN, Trainee
from lb.demo.offices import Office, each_of
from lb.deployment import Deployment
from lb.sample.residents import account_of

from tests.chaos import people

_GROUPS: Final = ("MONITORED", "POVERTY_LIFTED", "RURAL_TRANSFERRED")


@dataclass(slots=True)
class Registry:
    """Its offices, at work for the whole province."""

    deployment: Deployment
    client: httpx.AsyncClient
    dice: random.Random
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    def _office(self, name: str) -> Office:
        return Office(self.deployment, self.client, name, self.deployment.region, organisation=f"{name}s")

    async def designate(self, county: str, count: int) -> list[Trainee]:
        """So many more of a county."""
        found = await self.register(county, count)
        workers = [worker for worker, _ in found]
        await self._batch("clerk", "bank-account-batches", {"accounts": [self._account(each) for each in workers]})
        await each_of(workers, self._designate)
        return [
            Trainee(worker=worker, county=county, groups=(body["groups"][0]["group"],), number=body["number"])
            for worker, body in found
        ]

    async def register(self, county: str, count: int) -> list[tuple[str, dict[str, Any]]]:
        """So many more workers of a county, each with what was said in the survey."""
        bodies = [self._survey(county) for _ in range(count)]
        recorded = await self._batch("surveyor", "survey-batches", {"surveys": bodies})
        surveys = [each["answer"]["survey"] for each in recorded]
        workers = [each["answer"]["worker"] for each in recorded]
        reviews = [{"survey": each, "decision": "approve"} for each in surveys]
        await self._batch("reviewer", "review-batches", {"reviews": reviews})
        clerk = self._office("clerk")
        for each in workers:
            await clerk.until_there(f"{self._url}/workers/{each}")
        return list(zip(workers, bodies, strict=True))

    def _survey(self, county: str) -> dict[str, Any]:
        found = people.body(next(self._numbers), self.dice)
        groups = [{"group": self.dice.choice(_GROUPS), "valid_from": "2024-01-01"}]
        return {**found, "household_region": county, "groups": groups}

    def _account(self, worker: str) -> dict[str, str]:
        return {
            "worker": worker,
            "account": account_of(self.dice.randrange(10**9)),
            "bank": "中国农业银行",
            "evidence": "520000-卡-1",
        }

    async def _designate(self, worker: str) -> None:
        registrar, clerk = self._office("registrar"), self._office("clerk")
        where = f"{self._url}/workers/{worker}"
        wishes = {"wishes": ["VOCATIONAL_TRAINING"], "evidence": "520000-宣传-1"}
        await clerk.do(f"{where}/wishes", self._key(), wishes)
        await registrar.do(f"{where}/eligibility", self._key(), {"able_to_work": True})
        await registrar.do(f"{where}/designation", self._key(), {"plan": PLAN, "evidence": "520000-培训-1"})

    async def _batch(self, office: str, path: str, body: dict[str, Any]) -> Sequence[dict[str, Any]]:
        return await self._office(office).batch(f"{self._url}/{path}", self._key(), body)

    @property
    def _url(self) -> str:
        return f"{self.deployment.address('registry')}/v1"

    def _key(self) -> str:
        return f"trainees-{next(self._keys)}"
