"""Work over HTTP: flows between regions, who has work and how old that is, the end of the funnel, the way over two
provinces."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import httpx
import pytest
from public_lives import Person
from public_work import Working
from published import Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
DAY, LATER, LAST = date(2026, 3, 9), date(2026, 5, 4), date(2026, 8, 3)


async def answer(ask: Ask, path: str, **parameters: Any) -> dict[str, Any]:
    found = await ask(path, **({"region": "520000", "as_of": "2026-08-31"} | parameters))
    assert found.status_code == 200, found.text
    body: dict[str, Any] = found.json()
    return body


async def test_the_funnel_ends_with_transfers_jobs_and_stable_ones(ask: Ask, told: Told) -> None:
    people = [Person(key=f"w{n}") for n in range(4)]
    ways = [Working(key=person.key) for person in people]
    await told(*(person.registered(DAY) for person in people), *(person.completed(DAY) for person in people))
    await told(ways[0].dispatched(DAY), ways[0].noted(LATER, transfer="t1"), ways[0].stable(LAST))
    await told(ways[1].noted(LATER, self_found=True))
    await told(ways[2].dispatched(DAY, "t2"))
    await told(Working(key="w3", host="520526", keeps="520000").noted(LATER))
    found = await answer(ask, "/v1/funnel")
    names = ("dispatched", "transferred", "employed", "stable")
    assert [found["total"][f"persons_{name}"] for name in names] == [2, 2, 3, 1]
    rates = {each["rate"]: (each["numerator"], each["denominator"], each["target"]) for each in found["rates"]}
    assert rates["transferred_of_completed"] == (2, 4, "transfer-rate")
    assert rates["employed_of_completed"] == (3, 4, None)
    assert rates["stable_of_transferred"] == (1, 2, "stable-rate")
    assert rates["organised_of_transferred"] == (1, 2, None)


async def test_a_transfer_and_its_job_are_one_step_on_the_day_of_the_arrival(ask: Ask, told: Told) -> None:
    person, way = Person(key="w1"), Working(key="w1", host="520102", keeps="520000")
    await told(person.registered(DAY), way.noted(LAST, transfer="t1"), way.arrived(LATER))
    assert (await answer(ask, "/v1/funnel", as_of="2026-05-04"))["total"]["persons_transferred"] == 1
    assert (await answer(ask, "/v1/funnel", as_of="2026-05-04", known_at=2))["total"]["persons_transferred"] == 0
    assert (await answer(ask, "/v1/funnel", known_at=2))["total"]["persons_transferred"] == 1


async def test_self_found_jobs_are_in_the_denominator_of_organised_flows(ask: Ask, told: Told) -> None:
    await told(
        Working(key="w1").noted(DAY, transfer="t1"), Working(key="w2", home="520525").noted(DAY, self_found=True)
    )
    third = Working(key="w3", home="520102", host="350200")
    await told(third.noted(DAY, self_found=True), third.end_noted(LATER))
    await told(Working(key="w4", host="520526").noted(DAY))
    found = await answer(ask, "/v1/flows")
    assert found["total"] == {"jobs": 3, "organised": 1, "self_found": 2, "current": 2}
    assert found["organised_per_mille"] == 333
    assert [(each["home"], each["host"], each["jobs"]) for each in found["flows"]] == [
        ("520100", "350000", 1),
        ("520500", "440000", 2),
    ]
    before = await answer(ask, "/v1/flows", as_of="2026-05-03", far="county", per="county")
    assert [(each["home"], each["host"], each["current"]) for each in before["flows"]] == [
        ("520102", "350200", 1),
        ("520525", "440306", 1),
        ("520526", "440306", 1),
    ]
    assert (await answer(ask, "/v1/flows", known_at=2))["total"]["jobs"] == 2
    assert (await answer(ask, "/v1/flows", as_of="2026-03-08"))["organised_per_mille"] is None


async def test_who_works_here_is_told_by_the_place_of_the_work(ask: Ask, told: Told) -> None:
    coming = Working(key="w1", home="450127", host="520102")
    await told(coming.started(DAY, transfer="t1"), Working(key="w2").noted(DAY))
    found = await answer(ask, "/v1/flows", direction="in")
    assert [(each["home"], each["host"], each["jobs"]) for each in found["flows"]] == [("450000", "520100", 1)]
    await told(coming.ended(LATER))
    assert (await answer(ask, "/v1/flows", direction="in"))["total"]["current"] == 0


async def test_employment_tells_who_has_work_how_old_that_is_and_what_was_earned(ask: Ask, told: Told) -> None:
    people = [Person(key=f"w{n}") for n in range(5)]
    await told(*(person.registered(DAY) for person in people), people[4].died(LATER))
    steady, gone = Working(key="w0"), Working(key="w1")
    await told(steady.noted(DAY), steady.month_noted(LATER, "2026-04", 300_000))
    await told(steady.month_noted(LAST, "2026-07", 300_000), steady.month_noted(LAST, "2026-04", 250_000))
    await told(gone.noted(DAY), gone.month_noted(LATER, "2026-04", 100_000), gone.end_noted(LATER))
    await told(Working(key="w2").unemployed(LATER))
    found = await answer(ask, "/v1/employment")
    counts = ("persons", "employed", "unemployed", "unknown")
    assert [found["total"][name] for name in counts] == [4, 1, 2, 1]
    ages = ("told_within_a_month", "told_within_a_quarter", "told_before")
    assert [found["total"][name] for name in ages] == [1, 0, 2]
    wages = ("persons_earning", "persons_above", "wages", "average_wage")
    assert [found["total"][name] for name in wages] == [2, 1, 650_000, 325_000]
    assert (found["target"]["id"], found["target"]["fen"], found["met"]) == ("yearly-wage", 500_000, False)
    row = next(each for each in found["regions"] if each["region"] == "520500")
    assert (row["persons"], row["employed"]) == (4, 1)
    assert (await answer(ask, "/v1/employment", known_at=9))["total"]["wages"] == 600_000
    assert (await answer(ask, "/v1/employment", year=2025))["met"] is None


async def test_a_journey_goes_over_two_provinces_and_tells_whether_there_is_work(ask: Ask, told: Told) -> None:
    person, way = Person(key="w1"), Working(key="w1")
    await told(person.registered(DAY), way.nominated(DAY), way.confirmed(LATER), way.dispatched(LATER))
    await told(way.noted(LATER, transfer="t1"), way.month_noted(LAST, "2026-05", 400_000))
    found = (await ask("/v1/workers/w1/journey")).json()
    assert [(each["step"], each["region"], each["amount"]) for each in found["steps"][1:]] == [
        ("NOMINATED", "440306", None),
        ("CONFIRMED", "440306", None),
        ("DISPATCHED", "440306", None),
        ("JOB_NOTED", "440306", None),
        ("JOB_MONTH_NOTED", "440306", 400_000),
    ]
    assert (found["state"], found["region"]) == ("EMPLOYED", "520526")
    assert (found["employment"]["status"], found["employment"]["told_on"]) == ("EMPLOYED", "2026-05-31")
    assert all(each["trace_id"] for each in found["steps"])


async def test_a_job_in_the_own_province_is_one_step_of_its_journey(ask: Ask, told: Told) -> None:
    way = Working(key="w1", host="520102", keeps="520000")
    await told(Person(key="w1").registered(DAY), way.started(LATER), way.noted(LATER))
    found = (await ask("/v1/workers/w1/journey")).json()
    assert [each["step"] for each in found["steps"]] == ["WORKER_REGISTERED", "EMPLOYMENT_STARTED"]


@pytest.mark.parametrize(("region", "status"), [("520102", 200), ("520526", 403)])
async def test_who_came_from_elsewhere_is_seen_where_they_work(ask: Ask, told: Told, region: str, status: int) -> None:
    way = Working(key="w1", home="450127", host="520102")
    await told(way.accepted(DAY), way.arrived(LATER), way.started(LATER, transfer="t1"))
    assert (await ask("/v1/workers/w1/journey", caller={"region": region})).status_code == status
