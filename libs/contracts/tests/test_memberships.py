"""Groups that a worker belongs to have a time, and a name that was right in it."""

from datetime import date, timedelta

from contracts.groups import GROUPS
from contracts.memberships import Membership, groups_on
from hypothesis import given, settings
from hypothesis import strategies as st

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
CODES = st.sampled_from([code.code for code in GROUPS.codes])


def test_a_membership_holds_from_its_first_day_up_to_but_without_its_last() -> None:
    year = Membership(group="MONITORED", valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1))
    goes_on = Membership(group="LAND_LOST", valid_from=date(2024, 6, 1))
    assert groups_on([year, goes_on], date(2024, 1, 1)) == ("MONITORED",)
    assert groups_on([year, goes_on], date(2024, 12, 31)) == ("MONITORED", "LAND_LOST")
    assert groups_on([year, goes_on], date(2025, 1, 1)) == ("LAND_LOST",)


@settings(deadline=None, derandomize=True)
@given(CODES, DAYS, st.one_of(st.none(), DAYS), DAYS)
def test_a_name_is_right_when_the_policies_used_it_the_whole_time(
    group: str, first: date, end: date | None, surveyed_on: date
) -> None:
    membership = Membership(group=group, valid_from=first, valid_to=end)
    if not membership.has_period(surveyed_on):
        assert first > surveyed_on or (end is not None and end <= first)
        return
    last = surveyed_on if end is None else min(surveyed_on, end - timedelta(days=1))
    whole = all(GROUPS.find(group).is_valid(first + timedelta(days=n)) for n in range((last - first).days + 1))
    assert membership.is_named_rightly(surveyed_on) == whole
