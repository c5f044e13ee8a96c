"""Regions of a report: rows of its day, and every old code in exactly one of them."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from reporting.regions import Breakdown, Per, RegionDivided, breakdown, on_day

TODAY = date(2026, 11, 24)


def place(found: Breakdown, code: str, day: date) -> list[str]:
    return [area.place for area in found.areas if area.code == code and area.since <= day < area.until]


def test_a_province_is_divided_into_its_prefectures_or_into_its_counties() -> None:
    assert [row.code for row in breakdown("520000", TODAY, "child").rows][:3] == ["520100", "520200", "520300"]
    counties = breakdown("520000", TODAY, "county").rows
    assert len(counties) == 88
    assert all(row.level == "county" for row in counties)


def test_a_county_right_below_its_province_is_a_row_beside_the_prefectures() -> None:
    assert {"420100", "429004"} <= {row.code for row in breakdown("420000", TODAY, "child").rows}
    assert "429004" in {row.code for row in breakdown("420000", TODAY, "county").rows}


def test_a_prefecture_without_counties_has_everything_in_itself() -> None:
    found = breakdown("441900", TODAY, "child")
    assert found.rows == ()
    assert place(found, "441900", TODAY) == ["441900"]


def test_an_old_code_counts_in_the_county_that_has_its_area_on_the_day_of_the_report() -> None:
    surveyed = date(2010, 5, 1)
    assert place(breakdown("520500", TODAY, "child"), "522427", surveyed) == ["520526"]
    assert place(breakdown("520000", TODAY, "child"), "522427", surveyed) == ["520500"]
    assert place(breakdown("522400", date(2010, 12, 1), "child"), "522427", surveyed) == ["522427"]


def test_an_area_that_was_divided_counts_where_all_of_it_lies() -> None:
    surveyed = date(2019, 5, 1)
    assert place(breakdown("520000", TODAY, "child"), "520221", surveyed) == ["520200"]
    assert place(breakdown("520200", TODAY, "child"), "520221", surveyed) == ["520200"]
    assert place(breakdown("520204", TODAY, "child"), "520221", surveyed) == []
    assert place(breakdown("520200", date(2019, 12, 1), "child"), "520221", surveyed) == ["520221"]


@pytest.mark.parametrize("province", ["110000", "420000", "510000", "520000", "620000"])
@pytest.mark.parametrize("per", ["child", "county"])
def test_no_survey_is_counted_in_two_rows(province: str, per: Per) -> None:
    for day in (date(1990, 1, 1), date(2011, 6, 1), date(2016, 12, 31), TODAY):
        times: dict[str, list[tuple[date, date]]] = {}
        for area in breakdown(province, day, per).areas:
            times.setdefault(area.code, []).append((area.since, area.until))
        for spans in times.values():
            assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(spans)))


@pytest.mark.parametrize("per", ["child", "county"])
def test_a_province_counts_what_its_parts_count(per: Per) -> None:
    whole = breakdown("520000", TODAY, per)
    parts = Counter((area.code, area.since) for row in whole.rows for area in breakdown(row.code, TODAY, per).areas)
    assert set(parts.values()) == {1}
    assert set(parts) == {(area.code, area.since) for area in whole.areas if area.place != "520000"}


def test_an_old_code_names_the_region_of_the_day() -> None:
    assert on_day("522427", TODAY).code == "520526"
    assert on_day("522427", date(2010, 1, 1)).code == "522427"


def test_a_divided_region_cannot_be_asked_for_by_its_old_code() -> None:
    with pytest.raises(RegionDivided):
        on_day("442121", TODAY)
