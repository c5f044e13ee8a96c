"""Rows of steps: what each fact says of one, in whatever order facts become known."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from contracts.errors import InvalidRegion
from contracts.transfer import ArrivalNotedV1
from hypothesis import given
from hypothesis import strategies as st
from public_lives import Person
from public_surveys import Survey
from public_work import Working
from published import Published
from reporting.steps.view import StepRow, fold, keys, start

EVENING = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)
"""The next legal day has begun in Asia/Shanghai."""
DAY, LATER = date(2026, 3, 9), date(2026, 6, 9)

first, second = Survey(key="s1"), Survey(key="s2", region="520525", groups=("LAND_LOST", "MONITORED"))
person = Person(key="w1")
completed = person.completed(DAY)
corrected = person.corrected(completed, LATER, completed=False)
again = person.corrected(corrected, LATER, completed=True)
designated = person.designated(DAY)
way = Working(key="w1")
stable = way.stable(LATER)
FACTS = (
    first.recorded(),
    first.approved(EVENING),
    first.invalidated(EVENING, approved_at=EVENING),
    second.recorded(),
    second.rejected(),
    completed,
    corrected,
    again,
    person.certified(DAY),
    person.revoked(LATER),
    designated,
    person.designation_ended("WRONG_DESIGNATION", LATER),
    way.noted(LATER, transfer="t1"),
    way.arrived(DAY),
    stable,
    way.stable_withdrawn(stable, LATER),
)
AT = tuple(zip(FACTS, (3, 7, 12, 5, 20, 21, 30, 31, 22, 40, 23, 24, 50, 51, 52, 53), strict=True))


def rows_after(facts: Sequence[tuple[Published, int]]) -> dict[str, StepRow]:
    rows: dict[str, StepRow] = {}
    for published, position in facts:
        fact = published.fact(position)
        for key in keys(fact):
            row = fold(rows.get(key) or start(key), fact)
            assert row is not None
            rows[key] = row
    return rows


def words(row: StepRow) -> list[tuple[bool, date | None, int]]:
    return list(zip(row.counts, row.days, row.positions, strict=True))


def test_a_survey_counts_on_its_day_and_an_approval_on_the_legal_day_on_which_it_happened() -> None:
    rows = rows_after([(first.recorded(EVENING), 3), (first.approved(EVENING), 7)])
    assert words(rows["survey-s1#SURVEYED"]) == [(True, date(2026, 3, 2), 3)]
    assert words(rows["survey-s1#APPROVED"]) == [(True, date(2026, 3, 6), 7)]


def test_an_approval_alone_tells_that_there_was_a_survey() -> None:
    row = rows_after([(first.approved(EVENING), 7)])["survey-s1#SURVEYED"]
    assert (row.worker, row.region, row.groups) == ("w1", "520526", ["MONITORED"])
    assert words(row) == [(True, date(2026, 3, 2), 7)]


def test_an_invalidation_leaves_in_the_row_what_was_known_before() -> None:
    rows = rows_after(AT)
    assert words(rows["survey-s1#SURVEYED"]) == [(True, date(2026, 3, 2), 3), (False, date(2026, 3, 2), 12)]
    assert words(rows["survey-s1#APPROVED"])[0] == (True, date(2026, 3, 6), 7)


def test_corrected_attendance_takes_the_place_of_what_it_corrects_from_that_day() -> None:
    row = rows_after(AT)["enrolment-w1/class-1#COMPLETED"]
    assert words(row) == [(True, DAY, 21), (False, None, 30), (True, None, 31)]
    assert (row.institution, row.training_class) == (person.institution, "class-1")


def test_a_failed_class_says_on_which_day_a_later_completion_counts() -> None:
    other = Person(key="w2")
    failed = other.failed(DAY)
    right = other.corrected(failed, LATER, completed=True)
    row = rows_after([(failed, 4), (right, 9)])["enrolment-w2/class-1#COMPLETED"]
    assert words(row) == [(False, DAY, 4), (True, None, 9)]


def test_who_was_designated_wrongly_never_was_and_who_left_was() -> None:
    assert words(rows_after(AT)["worker-w1/plan-2026#DESIGNATED"])[-1] == (False, None, 24)
    other = Person(key="w2")
    facts = [(other.designated(DAY), 4), (other.designation_ended("WITHDRAWN", LATER), 5)]
    assert words(rows_after(facts)["worker-w2/plan-2026#DESIGNATED"]) == [(True, DAY, 4)]


def test_a_suspended_certificate_is_still_one_and_a_revoked_one_is_not() -> None:
    other = Person(key="w2")
    row = rows_after([(other.certified(DAY), 4)])["certificate-w2-c1#CERTIFIED"]
    assert words(row) == [(True, DAY, 4)]
    assert list(words(rows_after(AT)["certificate-w1-c1#CERTIFIED"])) == [(True, DAY, 22), (False, None, 40)]


def test_a_transfer_and_its_job_are_two_words_of_one_step() -> None:
    rows = rows_after(AT)
    for kind in ("TRANSFERRED", "ORGANISED"):
        assert words(rows[f"transfer-t1#{kind}"]) == [(True, DAY, 51), (True, LATER, 50)]
    assert words(rows["employment-w1-j1#EMPLOYED"]) == [(True, LATER, 50)]


def test_an_arrival_in_another_province_counts_at_home_as_one_within_it() -> None:
    told, here = Working(key="w4"), Working(key="w4", host="520102")
    heard = rows_after([(told.told_of(ArrivalNotedV1, DAY, arrived_on=DAY), 4)])
    assert {kind: words(row) for kind, row in heard.items()} == {
        kind: words(row) for kind, row in rows_after([(here.arrived(DAY), 4)]).items()
    }
    assert set(heard) == {"transfer-t1#TRANSFERRED", "transfer-t1#ORGANISED"}


def test_a_job_in_the_own_county_is_no_transfer_and_one_found_alone_not_organised() -> None:
    near, alone = Working(key="w2", host="520526"), Working(key="w3")
    rows = rows_after([(near.noted(DAY), 4), (alone.noted(DAY, self_found=True), 5)])
    assert set(rows) == {"employment-w2-j1#EMPLOYED", "employment-w3-j1#EMPLOYED", "employment-w3-j1#TRANSFERRED"}


def test_stable_employment_that_a_correction_takes_away_counts_no_more() -> None:
    assert words(rows_after(AT)[f"{stable.stream}/{stable.version}#STABLE"]) == [(True, LATER, 52), (False, None, 53)]


@given(st.permutations(AT))
def test_facts_give_the_same_rows_in_any_order(shuffled: list[tuple[Published, int]]) -> None:
    assert rows_after(shuffled) == rows_after(AT)


@given(st.lists(st.sampled_from(AT)))
def test_a_fact_that_comes_again_changes_nothing(again: list[tuple[Published, int]]) -> None:
    assert rows_after([*AT, *again]) == rows_after(AT)


def test_a_region_that_never_was_is_no_survey_of_any_county() -> None:
    fact = Survey(key="s3", region="529999").recorded().fact(1)
    with pytest.raises(InvalidRegion):
        list(keys(fact))
