"""The row of a survey: what each fact adds to it, in whatever order facts become known."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from contracts.errors import InvalidRegion
from hypothesis import given
from hypothesis import strategies as st
from public_surveys import Survey
from published import Published
from reporting.funnel.view import SurveyRow, fold, keys

EVENING = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)
"""The next legal day has begun in Asia/Shanghai."""

first, second = Survey(key="s1"), Survey(key="s2", region="520525", groups=("LAND_LOST", "MONITORED"))
FACTS = (
    first.recorded(),
    first.approved(EVENING),
    first.invalidated(EVENING, approved_at=EVENING),
    second.recorded(),
    second.rejected(),
)
POSITIONS = (3, 7, 12, 5, 20)


def rows_after(facts: Sequence[tuple[Published, int]]) -> dict[str, SurveyRow]:
    rows: dict[str, SurveyRow] = {}
    for published, position in facts:
        fact = published.fact(position)
        for key in keys(fact):
            rows[key] = fold(rows.get(key), fact)
    return rows


def test_a_survey_counts_on_its_day_and_an_approval_on_the_legal_day_on_which_it_happened() -> None:
    row = rows_after([(first.recorded(EVENING), 3), (first.approved(EVENING), 7)])["survey-s1"]
    assert (row.surveyed_on, row.approved_on) == (date(2026, 3, 2), date(2026, 3, 6))
    assert (row.known, row.approved_known, row.rejected_known, row.invalidated_known) == (3, 7, None, None)


def test_an_approval_alone_tells_that_there_was_a_survey() -> None:
    row = rows_after([(first.approved(EVENING), 7)])["survey-s1"]
    assert (row.worker, row.household_region, row.groups) == ("w1", "520526", ["MONITORED"])
    assert (row.known, row.approved_known) == (7, 7)


def test_an_invalidation_leaves_in_the_row_what_was_known_before() -> None:
    row = rows_after(list(zip(FACTS, POSITIONS, strict=True)))["survey-s1"]
    assert (row.approved_on, row.approved_known, row.invalidated_known) == (date(2026, 3, 6), 7, 12)


@given(st.permutations(list(zip(FACTS, POSITIONS, strict=True))))
def test_facts_give_the_same_rows_in_any_order(shuffled: list[tuple[Published, int]]) -> None:
    assert rows_after(shuffled) == rows_after(list(zip(FACTS, POSITIONS, strict=True)))


@given(st.lists(st.sampled_from(list(zip(FACTS, POSITIONS, strict=True)))))
def test_a_fact_that_comes_again_changes_nothing(again: list[tuple[Published, int]]) -> None:
    once = list(zip(FACTS, POSITIONS, strict=True))
    assert rows_after(once + again) == rows_after(once)


def test_a_region_that_never_was_is_no_survey_of_any_county() -> None:
    with pytest.raises(InvalidRegion):
        fold(None, Survey(key="s3", region="529999").recorded().fact(1))
