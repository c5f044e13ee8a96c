"""The demonstration's way: survey, review, wait until reporting agrees."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import httpx

from lb.demo.expected import Expected
from lb.demo.offices import BATCH, Office, Verdict
from lb.deployment import Deployment
from lb.people import COUNTIES, Person, people
from lb.problems import Problem

AGREE_SECONDS: Final = 60.0
DOUBLED: Final = 10
"""Every so many-th batch is sent twice under the same key, as a nervous network does."""

Advance = Callable[[str, int], None]
"""(step, surveys done)."""


@dataclass(frozen=True, slots=True)
class Told:
    """How it ended: the funnel, what differs, and a worker whose journey can be looked at."""

    funnel: dict[str, Any]
    differences: list[str]
    worker: str
    journey: dict[str, Any]


async def demonstrate(deployment: Deployment, count: int, seed: int, advance: Advance) -> Told:
    """Everything through sockets: this imports no service."""
    today = datetime.now(timezone(timedelta(hours=8))).date()
    made_up = list(people(count, seed, today=today))
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=32)) as client:
        counties = [County(deployment, client, code, made_up) for code in COUNTIES]
        await asyncio.gather(*(county.survey(advance) for county in counties))
        await asyncio.gather(*(county.review(advance) for county in counties))
        expected = Expected()
        for county in counties:
            county.count(expected)
        reader = Office(deployment, client, "reviewer", deployment.region)
        return await _agreed(deployment, reader, expected, counties[0].verdicts[0].worker)


class County:
    """A county's surveyors, and the office of its city that reviews what they found."""

    def __init__(self, deployment: Deployment, client: httpx.AsyncClient, code: str, made_up: Sequence[Person]) -> None:
        self._registry = next(deployment.url(s) for s in deployment.services if s.name == "registry")
        self._surveyors = Office(deployment, client, "surveyor", code)
        self._reviewers = Office(deployment, client, "reviewer", f"{code[:4]}00")
        self._people = [person for person in made_up if person.county == code]
        self._code = code
        self.verdicts: list[Verdict] = []
        self._decisions: dict[str, bool] = {}

    async def survey(self, advance: Advance) -> None:
        """Batch after batch; some are sent twice and must be answered with the same bytes."""
        url = f"{self._registry}/v1/survey-batches"
        for n, batch in enumerate(batched(self._people, BATCH)):
            key = f"surveys-{self._code}-{n}"
            verdicts = await self._surveyors.survey(url, batch, key)
            if n % DOUBLED == 0 and await self._surveyors.survey(url, batch, key) != verdicts:
                raise Problem("the same request was answered differently.", do="Report this.")
            self.verdicts += verdicts
            advance("surveyed", len(batch))

    async def review(self, advance: Advance) -> None:
        """Nine of ten are approved, some rejected, a few wait."""
        decided = [(v.survey, n % 14 != 0) for n, v in enumerate(self.verdicts) if n % 33 != 0]
        for n, batch in enumerate(batched(decided, BATCH)):
            await self._reviewers.review(f"{self._registry}/v1/review-batches", batch, f"reviews-{self._code}-{n}")
            advance("reviewed", len(batch))
        self._decisions = dict(decided)

    def count(self, expected: Expected) -> None:
        """What reporting must say of this county."""
        for verdict in self.verdicts:
            expected.add(verdict.person, self._decisions.get(verdict.survey))


async def _agreed(deployment: Deployment, reader: Office, expected: Expected, worker: str) -> Told:
    """Asks until reporting agrees or the time is up."""
    reporting = next(deployment.url(s) for s in deployment.services if s.name == "reporting")
    until = time.monotonic() + AGREE_SECONDS
    while True:
        funnel = await reader.get(f"{reporting}/v1/funnel", region=deployment.region, per="county")
        differences = expected.differences(funnel)
        if not differences or time.monotonic() > until:
            journey = await reader.get(f"{reporting}/v1/workers/{worker}/journey")
            return Told(funnel, differences, worker, journey)
        await asyncio.sleep(0.1)


def batched(items: Sequence[Any], size: int) -> list[list[Any]]:
    """In order, at most `size` at a time."""
    return [list(items[at : at + size]) for at in range(0, len(items), size)]
