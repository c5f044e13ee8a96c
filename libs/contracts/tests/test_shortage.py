"""What is urgently short: by the lists of a region and of those around it, on a day, in every edition."""

from datetime import date

import pytest
from contracts.occupation import OccupationKey, occupation
from contracts.region import exists
from contracts.shortage import demand, shortages

WELDER, WELDER_BEFORE, BRICKLAYER = "2022/6-18-02-04", "1999/6-04-02-05", "2022/6-29-01-01"
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("code", "region", "day", "expected"),
    [
        (WELDER, "520500", DAY, "SHORTAGE"),
        (WELDER, "520526", DAY, "SHORTAGE"),
        (WELDER_BEFORE, "520526", DAY, "SHORTAGE"),
        (WELDER, "520102", DAY, "ORDINARY"),
        (WELDER, "520000", DAY, "ORDINARY"),
        (WELDER, "520526", date(2026, 12, 31), "SHORTAGE"),
        (WELDER, "520526", date(2027, 1, 1), "ORDINARY"),
        (WELDER, "520526", date(2025, 12, 31), "ORDINARY"),
        (BRICKLAYER, "520102", DAY, "SHORTAGE"),
        (BRICKLAYER, "440306", DAY, "ORDINARY"),
    ],
)
def test_an_occupation_is_short_where_and_while_a_list_has_it(code: str, region: str, day: date, expected: str) -> None:
    assert demand(code, region, day) == expected


def test_a_county_sees_its_own_list_and_those_around_it() -> None:
    assert [each.region for each in shortages("520526", DAY)] == ["520000", "520000", "520500"]
    assert list(shortages("440000", DAY)) == []


def test_every_line_is_of_a_region_and_an_occupation_that_exist_and_says_that_it_is_an_example() -> None:
    for each in shortages("520526", DAY):
        assert exists(each.region, each.valid_from)
        assert isinstance(each.occupation, OccupationKey)
        assert occupation(each.occupation.edition, each.occupation.code)
        assert (each.illustrative, "R-TRN-25" in each.source) == (True, True)
