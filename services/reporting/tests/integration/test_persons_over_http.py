"""Who is one person, who moved, who died, who was erased: in the numbers and in the journey."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import httpx
import pytest
from public_claims import Claim
from public_lives import SCHOOL, Institution, Person
from public_surveys import Survey
from published import Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
DAY, LATER = date(2026, 3, 9), date(2026, 5, 4)


async def total(ask: Ask, **parameters: Any) -> dict[str, int]:
    answer = await ask("/v1/funnel", **({"region": "520000", "as_of": "2026-12-31"} | parameters))
    assert answer.status_code == 200, answer.text
    found: dict[str, int] = answer.json()["total"]
    return found


async def test_linked_workers_are_one_person_until_it_is_undone(ask: Ask, told: Told) -> None:
    one, two = Person(key="w1"), Person(key="w2")
    surveys = [Survey(key=f"s{n}", worker=f"w{n}").recorded() for n in (1, 2)]
    await told(*surveys, one.registered(DAY), two.registered(DAY), two.completed(DAY), one.completed(DAY, "class-2"))
    await told(one.same_as("w2", LATER))
    found = await total(ask)
    assert (found["surveys"], found["persons_surveyed"], found["persons_registered"]) == (2, 1, 1)
    assert found["persons_completed"] == 1
    assert (await total(ask, known_at=6))["persons_completed"] == 2
    await told(one.undone("w2", LATER))
    assert (await total(ask))["persons_completed"] == 2


async def test_linked_workers_count_where_the_one_lives_who_stands_for_both(ask: Ask, told: Told) -> None:
    one, two = Person(key="w1", region="520525"), Person(key="w2", region="520526")
    await told(one.registered(DAY), two.registered(DAY), two.completed(DAY), one.same_as("w2", LATER))
    assert (await total(ask, region="520525"))["persons_completed"] == 1
    assert (await total(ask, region="520526"))["persons_completed"] == 0


async def test_a_step_counts_in_the_county_of_its_day(ask: Ask, told: Told) -> None:
    person = Person(key="w1", region="520525")
    await told(person.registered(DAY), person.completed(DAY), person.moved("520526", LATER), person.certified(LATER))
    here, there = await total(ask, region="520525"), await total(ask, region="520526")
    assert (here["persons_completed"], here["persons_certified"]) == (1, 0)
    assert (there["persons_completed"], there["persons_certified"]) == (0, 1)
    whole = await total(ask)
    assert (whole["persons_completed"], whole["certified_of_completed"]) == (1, 1)


async def test_of_one_day_the_last_word_about_a_home_counts(ask: Ask, told: Told) -> None:
    person = Person(key="w1", region="520525")
    await told(person.registered(DAY), person.moved("520526", LATER), person.moved("520102", LATER))
    await told(person.completed(LATER))
    assert (await total(ask, region="520102"))["persons_completed"] == 1
    assert (await total(ask, region="520526"))["persons_completed"] == 0


async def test_the_dead_stay_in_the_numbers_and_are_counted(ask: Ask, told: Told) -> None:
    person = Person(key="w1")
    death = person.died(LATER)
    await told(person.registered(DAY), person.completed(DAY), death)
    found = await total(ask)
    assert (found["persons_completed"], found["persons_deceased"]) == (1, 1)
    assert (await ask("/v1/workers/w1/journey")).json()["state"] == "DECEASED"
    await told(person.death_withdrawn(death, LATER, LATER))
    assert (await total(ask))["persons_deceased"] == 0
    assert (await ask("/v1/workers/w1/journey")).json()["state"] == "COMPLETED"


async def test_erasing_ends_the_journey_and_leaves_the_totals(ask: Ask, told: Told) -> None:
    person = Person(key="w1")
    await told(person.registered(DAY), person.completed(DAY))
    before = await total(ask)
    assert (await ask("/v1/workers/w1/journey")).status_code == 200
    await told(person.erased(LATER))
    assert (await ask("/v1/workers/w1/journey")).status_code == 404
    assert await total(ask) == before


async def test_completions_of_a_revoked_base_fall_until_it_is_accredited_again(ask: Ask, told: Told) -> None:
    base = Institution()
    people = [Person(key=f"w{n}") for n in (1, 2, 3)]
    days = (date(2026, 2, 1), DAY, date(2026, 8, 1))
    await told(*(person.registered(date(2026, 1, 5)) for person in people))
    await told(*(person.completed(day) for person, day in zip(people, days, strict=True)))
    await told(base.accredited(date(2026, 1, 1)), base.base_revoked(LATER, void_from=DAY))
    assert (await total(ask))["persons_completed"] == 1
    await told(base.accredited(date(2026, 7, 1)))
    assert (await total(ask))["persons_completed"] == 2
    assert (await total(ask, known_at=6))["persons_completed"] == 3


async def test_slices_tell_years_institutions_and_occupations_in_any_edition(ask: Ask, told: Told) -> None:
    one = Person(key="w1", occupation="1999/6-04-02-05")
    two = Person(key="w2", institution="91520000MA6DJ00X9Z", occupation="2022/6-18-02-04")
    await told(one.registered(DAY), one.designated(date(2025, 12, 1)), one.completed(DAY))
    await told(two.registered(DAY), two.designated(DAY), two.enrolled(DAY, "class-2"))
    await told(two.completed(DAY, "class-2"), two.certified(DAY, "class-2"))

    async def sliced(by: str) -> dict[str, dict[str, int]]:
        answer = await ask("/v1/funnel", region="520000", as_of="2026-12-31", by=by)
        return {row["slice"]: row for row in answer.json()["slices"]}

    years = await sliced("cohort")
    assert {year: row["persons_completed"] for year, row in years.items()} == {"2025": 1, "2026": 1}
    schools = await sliced("institution")
    assert {school: row["persons_certified"] for school, row in schools.items()} == {SCHOOL: 0, two.institution: 1}
    occupations = await sliced("occupation")
    assert {code: row["persons_completed"] for code, row in occupations.items()} == {"2022/6-18-02-04": 2}
    assert (await total(ask, occupation="1999/6-04-02-05"))["persons_completed"] == 2
    assert (await total(ask, occupation="2022/4-03-02-01"))["persons_completed"] == 0
    assert (await total(ask, cohort=2025))["persons_completed"] == 1


async def test_a_journey_goes_from_the_survey_to_the_money(ask: Ask, told: Told) -> None:
    person, claim = Person(key="w1"), Claim(key="c1", worker="w1")
    completed = person.completed(DAY)
    await told(Survey(key="s1").recorded(), person.registered(DAY), person.enrolled(DAY), completed)
    await told(person.certified(LATER), claim.opened(LATER), claim.decided(500, LATER), claim.ordered(500, LATER))
    await told(person.corrected(completed, LATER, completed=False))
    found = (await ask("/v1/workers/w1/journey")).json()
    assert [step["step"] for step in found["steps"]] == [
        "SURVEY_RECORDED",
        "WORKER_REGISTERED",
        "ENROLLED",
        "TRAINING_COMPLETED",
        "ATTENDANCE_CORRECTED",
        "CERTIFICATE_ISSUED",
        "CLAIM_OPENED",
        "CLAIM_DECIDED",
        "PAYMENT_ORDERED",
    ]
    fallen = [step["step"] for step in found["steps"] if not step["counts"]]
    assert (fallen, found["state"]) == (["TRAINING_COMPLETED"], "CERTIFIED")
    assert [step["amount"] for step in found["steps"][-2:]] == [500, 500]
    assert all(step["trace_id"] for step in found["steps"][1:])


async def test_linked_workers_have_one_journey_until_it_is_undone(ask: Ask, told: Told) -> None:
    one, two = Person(key="w1"), Person(key="w2", region="520525")
    await told(one.registered(DAY), two.registered(DAY), two.completed(DAY), one.same_as("w2", LATER))
    for worker in ("w1", "w2"):
        found = (await ask(f"/v1/workers/{worker}/journey")).json()
        assert (found["worker"], found["linked"], found["region"]) == ("w1", ["w2"], "520526")
        assert "TRAINING_COMPLETED" in {step["step"] for step in found["steps"]}
    await told(one.undone("w2", LATER))
    apart = (await ask("/v1/workers/w2/journey")).json()
    assert (apart["worker"], apart["linked"], apart["region"]) == ("w2", [], "520525")
