"""A county of the demonstration: a clerk who sends rosters and accounts, a city that reviews, a registrar who finds
trainees."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from lb.demo.expected import Expected
from lb.demo.offices import BATCH, Office, batched
from lb.demo.rosters import Difference, Recorded, bring
from lb.deployment import Deployment
from lb.importing import Importer
from lb.problems import Problem
from lb.sample.residents import account_of
from lb.sample.writing import Roster

Advance = Callable[[str, int], None]
"""(step, rows or persons done)."""
PLAN: Final = "520000-2026"
TRAINING: Final = frozenset({"VOCATIONAL_TRAINING", "TECHNICAL_SCHOOL"})
FOUND: Final = "RURAL_TRANSFERRED"
SINCE: Final = "2025-01-01"
MANY: Final = 200
"""Workers in a batch."""
BANK: Final = "中国农业银行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """A worker who is designated, with what is needed to choose a class."""

    worker: str
    county: str
    groups: tuple[str, ...]
    number: str
    """Of the resident ID: known to the person, who proves it at a verification."""


class County:
    """A county's clerk and registrar, and the office of its city that reviews what came."""

    def __init__(
        self, deployment: Deployment, client: httpx.AsyncClient, code: str, folder: Path, rosters: Sequence[Roster]
    ) -> None:
        self._registry = deployment.address("registry")
        self._clerk = Office(deployment, client, "clerk", code)
        self._registrar = Office(deployment, client, "registrar", code)
        self._reviewers = Office(deployment, client, "reviewer", f"{code[:4]}00")
        self._importer = Importer(self._registry, client, self._clerk.headers)
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

    async def record_accounts(self) -> None:
        """Where those are to be paid of whom no roster says it: sealed in the registry, and known to nobody else."""
        told = {each.worker for each in self._recorded if each.has_account}
        rows = [
            {"worker": worker, "account": account_of(n), "bank": BANK, "evidence": f"{self._code}-卡-{n}"}
            for n, worker in enumerate(self._approved(), int(self._code) * 1_000)
            if worker not in told
        ]
        for n, batch in enumerate(batched(rows, MANY)):
            await self._clerk.batch(
                f"{self._registry}/v1/bank-account-batches", f"accounts-{self._code}-{n}", {"accounts": batch}
            )

    async def designate(self, advance: Advance) -> list[Trainee]:
        """Who wishes to learn, and of the others every second one, whom the institutions win over (R-TRN-05). Of whom
        the roster names no group, the county finds one on a document of the village."""
        found = [each for n, each in enumerate(self._approved().values()) if TRAINING & {*each.wishes} or n % 2]
        won_over = [each for each in found if not TRAINING & {*each.wishes}]
        wishes = {"wishes": ["VOCATIONAL_TRAINING"], "evidence": f"{self._code}-宣传-1"}
        group = {"group": FOUND, "valid_from": SINCE, "evidence": f"{self._code}-村证-1"}
        await self._decide(self._clerk, "wish", won_over, wishes)
        await self._decide(self._registrar, "group", [each for each in found if not each.groups], group)
        await self._decide(self._registrar, "eligibility", found, {"able_to_work": True})
        await self._decide(self._registrar, "designation", found, {"plan": PLAN, "evidence": f"{self._code}-培训-1"})
        advance("designated", len(found))
        return [
            Trainee(
                worker=each.worker,
                county=self._code,
                groups=(*self._groups(each.worker), *(() if each.groups else (FOUND,))),
                number=each.row.survey.person.number,
            )
            for each in found
        ]

    async def _decide(self, office: Office, what: str, of: Sequence[Recorded], act: Mapping[str, Any]) -> None:
        """The same for many workers. Problem where one is refused."""
        for n, batch in enumerate(batched(of, MANY)):
            body = {"items": [{"worker": each.worker, **act} for each in batch]}
            await office.batch(f"{self._registry}/v1/{what}-batches", f"{what}-{self._code}-{n}", body)

    def _groups(self, worker: str) -> list[str]:
        """What all approved surveys say of the worker: a later one adds to an earlier one."""
        approved = (each for each in self._recorded if each.worker == worker and self._decisions.get(each.survey))
        return sorted({group for each in approved for group in each.groups})

    def _approved(self) -> Mapping[str, Recorded]:
        """The newest approved survey of each worker: what the village found out last counts."""
        approved = (each for each in self._recorded if self._decisions.get(each.survey))
        return {each.worker: each for each in sorted(approved, key=lambda each: each.row.survey.surveyed_on)}

    def count(self, expected: Expected) -> None:
        """What reporting must say of this county."""
        for each in self._recorded:
            expected.add(each.worker, each.row.survey.region, each.groups, self._decisions.get(each.survey))

    def worker(self) -> str:
        """One whose survey was approved. Problem where none was."""
        if (found := next(iter(self._approved()), None)) is None:
            raise Problem(f"No survey of {self._code} was recorded and approved.", do="Report this.")
        return found
