"""Where regions lie: for rights by the tree of a day, for lists by the numbers of the codes."""

from datetime import date

import pytest
from contracts import region
from contracts.region import bounds, lies_in

TODAY = date(2026, 11, 24)
PLACES = ["520526", "520500", "520000", "522600", "429004", "420000", "441900", "440000", "110105", "110000", "460400"]


def below(code: str) -> set[str]:
    children = region.children(code, TODAY)
    return {code}.union(*(below(child.code) for child in children))


@pytest.mark.parametrize("code", PLACES)
def test_a_list_of_a_region_has_what_lies_in_it_and_nothing_else(code: str) -> None:
    first, last = bounds(code)
    province = below(region.province_of(code))
    assert {each for each in province if first <= each <= last} == below(code)


def test_a_county_that_ended_lies_where_its_area_is_now() -> None:
    assert lies_in("522401", "520500", TODAY)
    assert lies_in("522401", "520502", TODAY)
    assert not lies_in("522401", "520526", TODAY)
    assert lies_in("522427", "520500", TODAY)


def test_a_county_lies_in_what_its_prefecture_was_called_before() -> None:
    assert lies_in("520526", "522400", TODAY)
    assert not lies_in("520526", "520100", TODAY)


@pytest.mark.parametrize("code", ["520599", "529999", "999999", "x", "", "000000"])
def test_what_never_was_lies_nowhere(code: str) -> None:
    assert not lies_in(code, "520000", TODAY)


def test_another_province_is_another() -> None:
    assert not lies_in("330203", "520000", TODAY)
    assert not lies_in("520000", "520526", TODAY)
    assert lies_in("520526", "520526", TODAY)
