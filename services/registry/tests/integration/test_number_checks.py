"""Whoever verifies a certificate learns whether the end of a number is right, and nothing else."""

import time
from typing import Any

import pytest
from eventcore.database import Pool
from registry.disclosures.number_checks import SLOWEST

pytestmark = pytest.mark.postgres
RECORDED = "select data from log.readable where type = 'personal-data-disclosed'"


@pytest.fixture
def check(client: Any, headers: Any) -> Any:
    async def post(worker: str, last_four: str = "0024", office: str = "verifier", **changes: Any) -> Any:
        body = {"last_four": last_four, "purpose": "CERTIFICATE_VERIFICATION", "reference": "ver-1", **changes}
        who = headers("certification", office=office, region="520000")
        return await client.post(f"/v1/workers/{worker}/number-checks", json=body, headers=who)

    return post


async def test_it_is_so_or_not_and_both_leave_a_record(recorded: Any, check: Any, pool: Pool) -> None:
    worker = (await recorded())["worker"]
    assert (await check(worker)).json() == {"matches": True}
    assert (await check(worker, "002X")).json() == {"matches": False}
    records = [str(row[0]) for row in await pool.fetch(RECORDED)]
    assert len(records) == 2
    assert all("ver-1" in each and "CERTIFICATE_VERIFICATION" in each for each in records)


async def test_nobody_and_who_was_erased_or_restricted_look_like_a_miss(
    recorded: Any, check: Any, officer: Any, destroy: Any
) -> None:
    gone, kept = (await recorded())["worker"], (await recorded(number="520599199003070015"))["worker"]
    await officer(f"/v1/workers/{gone}/erasure", {"ground": "PERSON_REQUEST"})
    await destroy()
    await officer(f"/v1/workers/{kept}/restriction", {"ground": "DISPUTE"})
    for worker, last_four in ((gone, "0024"), (kept, "0015"), ("0195a001-0000-7000-8000-000000000001", "0024")):
        started = time.monotonic()
        answer = await check(worker, last_four)
        assert (answer.status_code, answer.json()) == (200, {"matches": False})
        assert time.monotonic() - started >= SLOWEST


async def test_numbers_are_not_tried_out(recorded: Any, check: Any) -> None:
    worker = (await recorded())["worker"]
    answers = [await check(worker, f"{n:04}") for n in range(11)]
    assert [each.status_code for each in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_only_a_verifier_asks_and_in_the_right_form(recorded: Any, check: Any) -> None:
    worker = (await recorded())["worker"]
    assert (await check(worker, office="clerk")).json()["code"] == "office_not_allowed"
    for wrong in ("002", "002400240024", "X024002400", "００２４"):
        refused = await check(worker, wrong)
        assert refused.status_code == 422
        assert len(wrong) < 4 or wrong not in refused.text
