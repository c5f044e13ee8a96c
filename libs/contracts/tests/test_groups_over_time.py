"""Old and new names of a group mean the same people."""

from datetime import date

import pytest
from contracts.errors import InvalidCode
from contracts.groups import GROUPS, becomes, names_on, same_group

POOR = ("POOR_HOUSEHOLD", "REGISTERED_POOR", "POVERTY_LIFTED", "MONITORED")


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2015, 6, 1), {"POOR_HOUSEHOLD"}),
        (date(2016, 12, 1), {"POOR_HOUSEHOLD"}),
        (date(2016, 12, 2), {"REGISTERED_POOR"}),
        (date(2020, 12, 31), {"REGISTERED_POOR"}),
    ],
)
def test_before_poverty_relief_ended_every_name_means_the_same(day: date, names: set[str]) -> None:
    assert all(names_on(code, day) == names for code in POOR)
    assert len({same_group(code, day) for code in POOR}) == 1


def test_an_old_name_means_all_that_it_became() -> None:
    today = date(2026, 11, 24)
    assert names_on("POOR_HOUSEHOLD", today) == {"POVERTY_LIFTED", "MONITORED"}
    assert same_group("POOR_HOUSEHOLD", today) == set(POOR)
    assert same_group("POOR_HOUSEHOLD", today) == same_group("REGISTERED_POOR", today)
    assert same_group("MONITORED", today) == set(POOR) - {"POVERTY_LIFTED"}
    both = same_group("POVERTY_LIFTED", today) | same_group("MONITORED", today)
    assert both == same_group("POOR_HOUSEHOLD", today)


def test_a_group_that_never_changed_its_name_is_itself() -> None:
    assert same_group("LAND_LOST", date(2015, 1, 1)) == {"LAND_LOST"}
    assert same_group("LHS_PAST", date(2026, 1, 1)) == {"LHS_CURRENT", "LHS_PAST", "RURAL_LEAVER"}
    assert same_group("LHS_PAST", date(2019, 1, 1)) == {"LHS_PAST"}


def test_every_code_is_on_record_under_itself_on_every_day() -> None:
    for day in (date(2010, 1, 1), date(2018, 1, 1), date(2026, 1, 1)):
        assert all(each.code in same_group(each.code, day) for each in GROUPS.codes)


def test_what_a_group_becomes_lies_on_its_chain() -> None:
    assert becomes("POOR_HOUSEHOLD", "MONITORED")
    assert not becomes("MONITORED", "POOR_HOUSEHOLD")
    assert not becomes("LAND_LOST", "LAND_LOST")
    with pytest.raises(InvalidCode):
        names_on("NOBODY", date(2026, 1, 1))
