"""Whether a person has work, from what was said of it in whatever order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from public_work import Working
from published import Published
from reporting.employment.standing import Standing, standing
from reporting.employment.view import WorkRow, fold
from reporting.facts import keys

TODAY = date(2026, 11, 28)
way = Working(key="w1")
FACTS = (
    way.noted(date(2026, 3, 2)),
    way.month_noted(date(2026, 4, 3), "2026-03", 450_000),
    way.end_noted(date(2026, 5, 1)),
    way.noted(date(2026, 6, 1), job="j2", self_found=True),
    way.month_noted(date(2026, 9, 3), "2026-08", 500_000, job="j2"),
)


def rows(*facts: Published) -> list[WorkRow]:
    told = [each.fact(position) for position, each in enumerate(facts, 1)]
    assert len({key for fact in told for key in keys(fact)}) == len(facts)
    return [fold(None, fact) for fact in told]


def shown(found: Standing) -> tuple[str, date | None, str | None, int | None]:
    return found.status, found.since, found.employment, found.age_days


def test_nothing_said_is_unknown() -> None:
    assert shown(standing([], TODAY)) == ("UNKNOWN", None, None, None)


def test_a_job_that_has_not_ended_is_work_as_old_as_its_newest_month() -> None:
    assert shown(standing(rows(*FACTS), TODAY)) == ("EMPLOYED", date(2026, 6, 1), "w1-j2", 89)
    assert standing(rows(*FACTS), TODAY).told_on == date(2026, 8, 31)


def test_between_two_jobs_nobody_has_work() -> None:
    assert shown(standing(rows(*FACTS), date(2026, 5, 15))) == ("UNEMPLOYED", date(2026, 5, 1), "w1-j1", 14)


def test_who_was_registered_without_a_job_has_none() -> None:
    found = standing(rows(way.unemployed(date(2026, 11, 1))), TODAY)
    assert (found.status, found.place, found.age_days) == ("UNEMPLOYED", "520526", 27)


def test_homes_word_comes_before_that_of_the_place_of_the_work() -> None:
    other = Working(key="w2")
    here = rows(other.started(date(2026, 3, 2)), other.ended(date(2026, 4, 1)))
    assert standing(here, TODAY).status == "UNEMPLOYED"
    assert standing([*here, *rows(other.noted(date(2026, 3, 2)))], TODAY).status == "EMPLOYED"


@given(st.permutations(rows(*FACTS)))
def test_facts_make_the_same_standing_in_any_order(shuffled: list[WorkRow]) -> None:
    assert standing(shuffled, TODAY) == standing(rows(*FACTS), TODAY)
