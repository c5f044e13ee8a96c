"""The demonstration's way: counties send their rosters, cities review them, and reporting has to agree."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from lb.demo.expected import Expected
from lb.demo.offices import BATCH, Office
from lb.demo.rosters import Difference, Recorded, bring
from lb.deployment import Deployment
from lb.importing import Importer
from lb.problems import Problem
from lb.sample.planning import Sample
from lb.sample.writing import Roster, write

AGREE_SECONDS: Final = 60.0
ROSTERS: Final = "rosters"
"""Folder of the run, where what was sent can be looked at."""

Advance = Callable[[str, int], None]
"""(step, rows or surveys done)."""


@dataclass(frozen=True, slots=True)
class Told:
    """How it ended: verdicts that are not the planted ones, the funnel and where it differs, and a worker whose
    journey can be looked at."""

    verdicts: Sequence[Difference]
    funnel: dict[str, Any]
    differences: Sequence[str]
    worker: str
    journey: dict[str, Any]


async def demonstrate(deployment: Deployment, sample: Sample, advance: Advance) -> Told:
    """Everything through sockets: this imports no service."""
    folder = deployment.run / ROSTERS
    folder.mkdir()
    rosters = list(write(sample, folder))
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=32)) as client:
        codes = sorted({roster.file.county.code for roster in rosters})
        counties = [County(deployment, client, code, folder, rosters) for code in codes]
        await asyncio.gather(*(county.send(advance) for county in counties))
        await counties[0].send_again()
        await asyncio.gather(*(county.review(advance) for county in counties))
        expected = Expected()
        for county in counties:
            county.count(expected)
        reader = Office(deployment, client, "reviewer", deployment.region)
        operator = Office(deployment, client, "operator", deployment.region)
        wrong = [each for county in counties for each in county.differences]
        return await _agreed(deployment, reader, operator, expected, wrong, counties[0].worker())


class County:
    """A county's clerk, and the office of its city that reviews what came."""

    def __init__(
        self, deployment: Deployment, client: httpx.AsyncClient, code: str, folder: Path, rosters: Sequence[Roster]
    ) -> None:
        self._registry = _url(deployment, "registry")
        self._importer = Importer(self._registry, client, Office(deployment, client, "clerk", code).headers)
        self._reviewers = Office(deployment, client, "reviewer", f"{code[:4]}00")
        self._rosters = [roster for roster in rosters if roster.file.county.code == code]
        self._folder = folder
        self._code = code
        self._recorded: list[Recorded] = []
        self._decisions: dict[str, bool] = {}
        self.differences: list[Difference] = []

    async def send(self, advance: Advance) -> None:
        """Roster after roster, in their order: a later one tells of people that an earlier one made known."""
        for roster in self._rosters:
            brought = await bring(self._importer, self._folder, roster, lambda rows: advance("imported", rows))
            self._recorded += brought.recorded
            self.differences += brought.differences

    async def send_again(self) -> None:
        """The same file once more, as a nervous clerk does: it adds nobody."""
        brought = await bring(self._importer, self._folder, self._rosters[0], resent=True)
        self.differences += brought.differences

    async def review(self, advance: Advance) -> None:
        """Nine of ten are approved, some rejected, a few wait."""
        decided = [(each.survey, n % 14 != 0) for n, each in enumerate(self._recorded) if n % 33 != 0]
        for n, batch in enumerate(batched(decided, BATCH)):
            await self._reviewers.review(f"{self._registry}/v1/review-batches", batch, f"reviews-{self._code}-{n}")
            advance("reviewed", len(batch))
        self._decisions = dict(decided)

    def count(self, expected: Expected) -> None:
        """What reporting must say of this county."""
        for each in self._recorded:
            expected.add(each.worker, each.row.survey.region, each.groups, self._decisions.get(each.survey))

    def worker(self) -> str:
        """One whose survey was approved. Problem where none was."""
        approved = (each.worker for each in self._recorded if self._decisions.get(each.survey))
        if (found := next(approved, None)) is None:
            raise Problem(f"No survey of {self._code} was recorded and approved.", do="Report this.")
        return found


async def _agreed(
    deployment: Deployment,
    reader: Office,
    operator: Office,
    expected: Expected,
    wrong: Sequence[Difference],
    worker: str,
) -> Told:
    """Asks until reporting agrees and every reader has done everything, or the time is up."""
    reporting = _url(deployment, "reporting")
    until = time.monotonic() + AGREE_SECONDS
    while True:
        funnel = await reader.get(f"{reporting}/v1/funnel", region=deployment.region, per="county")
        differences = expected.differences(funnel) or await _behind(deployment, operator)
        if not differences or time.monotonic() > until:
            journey = await reader.get(f"{reporting}/v1/workers/{worker}/journey")
            return Told(wrong, funnel, differences, worker, journey)
        await asyncio.sleep(0.1)


async def _behind(deployment: Deployment, operator: Office) -> list[str]:
    """A line for every reader with work left: reporting may agree while a policy stands still."""
    return [
        f"{service.name} {each['reader']}: {each['lag_events']} facts behind, {each['parked_streams']} streams parked"
        for service in deployment.services
        for each in (await operator.get(f"{deployment.url(service)}/v1/operations"))["readers"]
        if each["lag_events"] or each["parked_streams"]
    ]


def _url(deployment: Deployment, service: str) -> str:
    return next(deployment.url(each) for each in deployment.services if each.name == service)


def batched(items: Sequence[Any], size: int) -> list[list[Any]]:
    """In order, at most `size` at a time."""
    return [list(items[at : at + size]) for at in range(0, len(items), size)]
