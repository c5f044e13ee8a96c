"""Where regions lie: for rights by the tree of today, for lists by the numbers of the codes."""

import pytest
from contracts import region
from registry.regions import bounds, is_within, today

PLACES = ["520526", "520500", "520000", "522600", "429004", "420000", "441900", "440000", "110105", "110000", "460400"]


def below(code: str) -> set[str]:
    children = region.children(code, today())
    return {code}.union(*(below(child.code) for child in children))


@pytest.mark.parametrize("code", PLACES)
def test_a_list_of_a_region_has_what_lies_in_it_and_nothing_else(code: str) -> None:
    first, last = bounds(code)
    province = below(region.province_of(code))
    assert {each for each in province if first <= each <= last} == below(code)


def test_a_county_that_ended_lies_where_its_area_is_now() -> None:
    assert is_within("522401", "520500")
    assert is_within("522401", "520502")
    assert not is_within("522401", "520526")


@pytest.mark.parametrize("code", ["520599", "999999", "x", "", "000000"])
def test_what_never_was_lies_nowhere(code: str) -> None:
    assert not is_within(code, "520000")


def test_another_province_is_another() -> None:
    assert not is_within("330203", "520000")
    assert not is_within("520000", "520526")
    assert is_within("520526", "520526")
