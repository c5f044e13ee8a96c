"""Two counties send their rosters in every format; each row has the verdict that was planted, and the surveys count."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
from lb.demo.expected import Expected
from lb.demo.offices import Office
from lb.demo.rosters import Brought, bring
from lb.importing import Importer
from lb.sample import tables
from lb.sample.planning import sample
from lb.sample.writing import Roster, write

from tests.e2e.province import REGION, Province, until

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

COUNTIES: Final = ("520502", "520524")
WORKERS: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of the rosters, in their order, and of the first one when it was sent again at the end."""

    rosters: Sequence[Roster]
    brought: Sequence[Brought]
    again: Brought


@pytest.fixture(scope="module")
def sent(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    counties = [county for county in tables.counties(REGION) if county.code in COUNTIES]
    folder = tmp_path_factory.mktemp("rosters")
    rosters = list(write(sample(REGION, WORKERS, 41, 0.3, counties), folder))
    found = asyncio.run(_send(province, folder, rosters))
    province.settle()
    return found


async def _send(province: Province, folder: Path, rosters: Sequence[Roster]) -> Sent:
    async with httpx.AsyncClient() as client:
        clerks = {code: _clerk(province, client, code) for code in COUNTIES}
        brought = [await bring(clerks[each.file.county.code], folder, each) for each in rosters]
        again = await bring(clerks[rosters[0].file.county.code], folder, rosters[0], resent=True)
        return Sent(rosters=rosters, brought=brought, again=again)


def _clerk(province: Province, client: httpx.AsyncClient, county: str) -> Importer:
    office = Office(province.deployment, client, "clerk", county)
    return Importer(province.deployment.url(province.service("registry")), client, office.headers)


def test_every_row_has_the_verdict_that_was_planted(sent: Sent) -> None:
    assert [each for brought in sent.brought for each in brought.differences] == []
    verdicts = Counter(placed.row.verdict for roster in sent.rosters for placed in roster.rows)
    assert verdicts["refused"] == 54
    assert min(verdicts["recorded"], verdicts["again"], verdicts["unchanged"]) > 1
    assert len({roster.file.format for roster in sent.rosters}) == 6


def test_the_same_file_again_adds_nobody(sent: Sent) -> None:
    assert list(sent.again.differences) == []


def test_a_person_of_two_rosters_is_one_worker(sent: Sent) -> None:
    workers: dict[str, set[str]] = {}
    recorded = [each for brought in sent.brought for each in brought.recorded]
    for each in recorded:
        workers.setdefault(each.row.person.number, set()).add(each.worker)
    assert all(len(ids) == 1 for ids in workers.values())
    assert len(recorded) > len(workers)


@pytest.mark.parametrize("county", COUNTIES)
def test_what_was_imported_is_reviewed_and_counted(province: Province, sent: Sent, county: str) -> None:
    """Of three surveys two are approved; reporting, which hears of it through Kafka alone, counts them."""
    mine = [each for brought in sent.brought for each in brought.recorded if each.row.survey.region == county]
    approved = [each.survey for n, each in enumerate(mine) if n % 3 < 2]
    reviews = [{"survey": survey, "decision": "approve"} for survey in approved]
    headers = province.headers("reviewer", f"{county[:4]}00")
    answer = province.registry.post("/v1/review-batches", json={"reviews": reviews}, headers=headers)
    assert {result["status"] for result in answer.json()["results"]} == {201}
    expected = Expected()
    for each in mine:
        expected.add(each.worker, county, each.groups, True if each.survey in approved else None)

    def counted() -> bool:
        funnel = province.reporting.get("/v1/funnel", params={"region": county}, headers=headers)
        return funnel.status_code == 200 and expected.differences(funnel.json()) == []

    until(counted, "reporting counts what was reviewed")
