"""What anybody learns of a certificate, and how often they may try. The registry's answer comes from a stand-in."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from assessing import BODY, Assessing, done
from certification.app import PROGRAM
from lb.local.databases import MakeDatabase
from registry_stand_in import RegistryStandIn, standing_in
from served import Served, serving

NOBODYS = "S001252000001265000000"


@pytest.fixture
async def registry() -> AsyncIterator[RegistryStandIn]:
    async with standing_in() as found:
        yield found


@pytest.fixture
async def certification(
    certification_template: str, postgres_database: MakeDatabase, tmp_path: Path, registry: RegistryStandIn
) -> AsyncIterator[Served]:
    """The service with a registry to ask."""
    (tmp_path / "registry_token").write_text("token-of-certification\n")
    database = postgres_database(template=certification_template)
    async with serving(PROGRAM, database, tmp_path, registry_url=registry.url) as served:
        yield served


@pytest.fixture
async def issued(certification: Served, registry: RegistryStandIn) -> dict[str, str]:
    """A certificate whose holder's number ends in 002X."""
    assessing = Assessing(certification)
    await assessing.body_stands()
    workers = await assessing.workers_known(1)
    assessment = await assessing.scheduled()
    await assessing.scored(assessment, workers)
    await assessing.confirmed(assessment)
    (found,) = await assessing.certificates()
    registry.ends[workers[0]] = "002X"
    return {"number": found["number"], "certificate": found["certificate"], "worker": workers[0]}


async def test_anybody_learns_whether_a_certificate_holds_and_nothing_of_its_holder(
    certification: Served, issued: dict[str, str]
) -> None:
    path = f"/v1/certificates/{issued['number']}"
    assert done(await certification.get(path), 200)["status"] == "HOLDS"
    assert done(await certification.get(path.lower()), 200)["holds"] is True
    assert done(await certification.get(path, {"on": "2026-05-19"}), 200)["status"] == "NOT_YET_ISSUED"
    revoked = {"reason": "FRAUD", "on": "2026-08-01"}
    done(await Assessing(certification).officer(f"/v1/certificates/{issued['certificate']}/revocation", revoked))
    assert done(await certification.get(path), 200)["status"] == "REVOKED"
    before = done(await certification.get(path, {"on": "2026-07-31"}), 200)
    assert before == {
        "on": "2026-07-31",
        "holds": True,
        "status": "HOLDS",
        "kind": "SKILL_LEVEL",
        "revoked_on": "2026-08-01",
    }


async def test_who_knows_the_end_of_the_holders_number_learns_what_the_certificate_says(
    certification: Served, issued: dict[str, str], registry: RegistryStandIn
) -> None:
    body = {"number": issued["number"], "last_four": "002x"}
    found = done(await certification.client.post("/v1/certificate-checks", json=body, headers=key()), 200)
    assert (found["level"], found["issued_on"], found["body"]) == ("5", "2026-05-20", BODY)
    assert issued["worker"] not in str(found)
    (asked,) = registry.asked
    assert asked == {
        "worker": issued["worker"],
        "last_four": "002X",
        "purpose": "CERTIFICATE_VERIFICATION",
        "reference": issued["certificate"],
        "authorization": "Bearer token-of-certification",
    }


async def test_a_wrong_end_and_a_number_of_nobody_are_the_same_answer(
    certification: Served, issued: dict[str, str], registry: RegistryStandIn
) -> None:
    wrong = await checked(certification, issued["number"], "0000")
    nobodys = await checked(certification, NOBODYS, "002X")
    assert (wrong.status_code, nobodys.status_code) == (404, 404)
    parts = ("type", "title", "status", "code")
    assert [wrong.json()[each] for each in parts] == [nobodys.json()[each] for each in parts]
    assert len(registry.asked) == 2  # also about nobody, so that the time says nothing


async def test_ten_misses_a_minute_are_the_most_also_when_they_come_at_once(certification: Served) -> None:
    answers = await asyncio.gather(*(certification.get(f"/v1/certificates/{NOBODYS}") for _ in range(30)))
    assert sorted(each.status_code for each in answers) == [200] * 10 + [429] * 20
    refused = await checked(certification, NOBODYS, "002X")
    assert (refused.status_code, refused.json()["code"]) == (429, "asked_too_often")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    other = await certification.get(f"/v1/certificates/{NOBODYS}", office="follower", client="another")
    assert other.status_code == 200


async def test_hits_are_no_misses_but_who_missed_too_often_learns_nothing_more(
    certification: Served, issued: dict[str, str]
) -> None:
    for _ in range(12):
        assert (await certification.get(f"/v1/certificates/{issued['number']}")).status_code == 200
    for _ in range(10):
        assert (await certification.get(f"/v1/certificates/{NOBODYS}")).status_code == 200
    assert (await certification.get(f"/v1/certificates/{issued['number']}")).status_code == 429


async def test_a_registry_that_is_away_is_a_503_and_no_miss(
    certification: Served, issued: dict[str, str], registry: RegistryStandIn
) -> None:
    registry.status = 500
    for _ in range(11):
        away = await checked(certification, issued["number"], "002X")
        assert (away.status_code, away.json()["code"]) == (503, "registry_unavailable")
    registry.status = 200
    assert (await checked(certification, issued["number"], "002X")).status_code == 200


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


async def checked(service: Served, number: str, last_four: str) -> httpx.Response:
    body = {"number": number, "last_four": last_four}
    return await service.client.post("/v1/certificate-checks", json=body, headers=key())
