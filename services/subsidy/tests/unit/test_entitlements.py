"""What a person can get, by the packs themselves."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_packs import SHIPPED, changed, everything, facts, shipped
from subsidy.packs import arithmetic
from subsidy.packs.engine import Assessed, assess
from subsidy.packs.entitlements import entitlement
from subsidy.packs.inputs import INPUTS, Kind, Value
from subsidy.packs.ranges import span_of

PACKS = {name: shipped(name) for name in SHIPPED} | {"everything": everything()}
VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.NUMBER: st.one_of(st.integers(0, 100), st.integers(0, 10_000_000)),
    Kind.CODE: st.sampled_from(["5", "4", "0", "2022/6-29-01-04", "2022/6-18-01-01", "OUTSIDE_CITY", "INSIDE_CITY"]),
}


@settings(max_examples=500, deadline=None)
@given(name=st.sampled_from(sorted(PACKS)), data=st.data())
def test_no_amount_lies_outside_of_what_was_offered(name: str, data: st.DataObject) -> None:
    rules = PACKS[name].rules
    asked = dict.fromkeys(arithmetic.asked(rules))
    values = {each: data.draw(VALUES[INPUTS[each].kind], each) for each in asked}
    known = {each: value for each, value in values.items() if data.draw(st.booleans())}
    owed = arithmetic.compute(rules, values)[-1].result
    least, most = span_of(rules, known)
    assert least <= owed
    assert most is None or owed <= most
    assert span_of(rules, values) == (owed, owed)


@pytest.mark.parametrize(
    ("pack", "known", "words"),
    [
        ("520000-training", {}, ("800.00元至4,000.00元", "CNY 800.00 to CNY 4,000.00")),
        ("520000-training", {"level": "5"}, ("1,200.00元至1,500.00元", "CNY 1,200.00 to CNY 1,500.00")),
        ("520000-training", {"level": "5", "occupation": "2022/6-18-01-01"}, ("1,200.00元", "CNY 1,200.00")),
        ("520000-living", {}, ("最高2,400.00元", "up to CNY 2,400.00")),
        ("520500-cross-province-travel", {}, ("500.00元", "CNY 500.00")),
        ("520526-cross-province-travel", {}, ("最高6,000.00元", "up to CNY 6,000.00")),
    ],
)
def test_amounts_are_said_in_words(pack: str, known: dict[str, Value], words: tuple[str, str]) -> None:
    found = entitlement(PACKS[pack], known).amount
    assert (found.zh, found.en) == words


def test_a_rule_without_a_limit_says_so() -> None:
    rules = changed(shipped("520526-cross-province-travel").rules, ("caps",), {})
    known: dict[str, Value] = {"ticket": 5_000, "paid_this_year": 0}
    assert span_of(rules, known) == (5_000, None)
    assert entitlement(type(everything())(1, rules), known).amount.en == "from CNY 50.00"


def test_it_says_which_conditions_are_met_and_which_are_open() -> None:
    found = entitlement(PACKS["520000-living"], {"groups": ("MONITORED",)})
    assert found.possible
    assert [(each.reason, each.met) for each in found.conditions] == [("NOT_IN_GROUP", True), ("NOT_COMPLETED", None)]
    other = entitlement(PACKS["520000-living"], {"groups": ("LAND_LOST",)})
    assert not other.possible
    assert (found.limits.decide, found.limits.pay, found.illustrative) == (15, 30, True)
    assert found.sources[0].zh == "就业补助资金"


def test_who_is_offered_something_gets_it_when_all_of_it_is_known() -> None:
    single = ("MONITORED", "LAND_LOST", "HARD_TO_EMPLOY", "RURAL_LEAVER", "RETURNING_MIGRANT")
    groups = (*((each,) for each in single), ("HARD_TO_EMPLOY", "MONITORED"))
    rest: dict[str, Any] = {"completed": True, "attended_days": 10, "certificate_holds": True, "institution": "X"}
    rest |= {"standard_fee": 100, "charged_fee": 0, "insured": True, "employment_form": "ENTERPRISE"}
    rest |= {"employed_outside_province": True, "months_outside": 6, "paid_this_year": 0}
    rest |= {"employer": "Y", "months_insured": 3, "paid_months": 35, "at_school": True}
    names = [name for name in SHIPPED if name.startswith("520000")]
    for name, held, level in product(names, groups, ("5", "3")):
        asked: dict[str, Any] = {"groups": held, "level": level, "occupation": "2022/6-18-01-01"}
        decided = assess(PACKS[name], facts(**asked, **rest))
        assert isinstance(decided, Assessed)
        offered = entitlement(PACKS[name], {**asked, "employment_form": "ENTERPRISE"})
        assert offered.possible == (decided.outcome == "APPROVED")
