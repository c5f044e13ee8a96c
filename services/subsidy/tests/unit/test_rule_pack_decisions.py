"""What claims come to by the shipped packs: cases computed by hand from the texts that the packs follow."""

from datetime import date
from typing import Any

import pytest
from contracts.subsidy_codes import FUNDS
from rule_packs import SHIPPED, everything, facts, shipped
from subsidy.packs.arithmetic import share
from subsidy.packs.engine import Assessed, Known, Waiting, assess
from subsidy.packs.explanation import Explanation, Input, Step
from subsidy.packs.steps import Share
from subsidy.packs.terms import claim_by, decide_by, pay_by

FLAT, SPLIT, ZONES, CAPPED, TIERS = (
    f"{region}-cross-province-travel" for region in ("520500", "520181", "140821", "520526", "620823")
)
TRAINED: dict[str, Any] = {
    "groups": ("MONITORED",),
    "completed": True,
    "certificate_holds": True,
    "occupation": "2022/6-18-01-01",
    "level": "5",
    "institution": "12520000MA6DT1234P",
}
AWAY: dict[str, Any] = {
    "age": 30,
    "employed_outside_province": True,
    "months_outside": 4,
    "paid_this_year": 0,
}


def decided(name: str, **values: Any) -> Assessed:
    found = assess(shipped(name), facts(**values))
    assert isinstance(found, Assessed), found
    return found


@pytest.mark.parametrize(
    ("pack", "values", "amount"),
    [
        (FLAT, {}, 500_00),
        (FLAT, {"age": 16, "months_outside": 3}, 500_00),
        (SPLIT, {"income_last_year": 9_999_99}, 1_000_00),
        (SPLIT, {"income_last_year": 10_000_00}, 500_00),
        (ZONES, {"zone": "OUTSIDE_PROVINCE"}, 1_500_00),
        (ZONES, {"zone": "OUTSIDE_CITY"}, 600_00),
        (ZONES, {"zone": "INSIDE_CITY"}, 300_00),
        (CAPPED, {"ticket": 386_50, "wages": 21_345_67}, 386_50 + 2_134_56),
        (CAPPED, {"ticket": 1_386_50, "wages": 0}, 1_000_00),
        (CAPPED, {"ticket": 0, "wages": 100_000_00}, 6_000_00),
        (CAPPED, {"ticket": 0, "wages": 100_000_00, "paid_this_year": 5_999_00}, 1_00),
        (TIERS, {"distance_km": 50}, 200_00),
        (TIERS, {"distance_km": 799}, 300_00),
        (TIERS, {"distance_km": 800}, 400_00),
        (TIERS, {"distance_km": 2_400}, 600_00),
    ],
)
def test_the_five_rules_of_travel_are_carried_out_as_their_regions_wrote_them(
    pack: str, values: dict[str, Any], amount: int
) -> None:
    found = decided(pack, **{**AWAY, **values})
    assert (found.outcome, found.amount, found.payee, found.fund) == ("APPROVED", amount, "WORKER", "LOCAL_MATCHING")


@pytest.mark.parametrize(
    ("pack", "values", "reasons"),
    [
        (FLAT, {"age": 15}, ("AGE",)),
        (FLAT, {"employed_outside_province": False}, ("NOT_OUTSIDE",)),
        (FLAT, {"months_outside": 2}, ("NOT_LONG_ENOUGH",)),
        (FLAT, {"paid_this_year": 500_00}, ("ALREADY_THIS_YEAR",)),
        (FLAT, {"employed_outside_province": False, "months_outside": 0}, ("NOT_OUTSIDE", "NOT_LONG_ENOUGH")),
        (ZONES, {"zone": "AT_HOME"}, ("NOT_OUTSIDE",)),
        (TIERS, {"distance_km": 49}, ("NOTHING_OWED",)),
        (CAPPED, {"ticket": 1, "wages": 1, "paid_this_year": 6_000_00}, ("NOTHING_OWED",)),
    ],
)
def test_who_is_refused_is_told_every_reason(pack: str, values: dict[str, Any], reasons: tuple[str, ...]) -> None:
    found = decided(pack, **{**AWAY, **values})
    assert (found.outcome, found.amount, found.explanation.reasons) == ("REFUSED", 0, reasons)


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        ({}, 1_200_00),
        ({"level": "3"}, 2_000_00),
        ({"level": "0"}, 800_00),
        ({"occupation": "2022/6-29-01-04"}, 1_500_00),
        ({"occupation": "2022/6-29-01-04", "level": "3"}, 2_000_00),
        ({"groups": (), "employment_form": "FLEXIBLE"}, 1_200_00),
    ],
)
def test_training_is_paid_to_the_institution_by_occupation_and_level(values: dict[str, Any], amount: int) -> None:
    found = decided("520000-training", **{**TRAINED, **values})
    assert (found.outcome, found.amount, found.payee) == ("APPROVED", amount, "INSTITUTION")


def test_living_is_paid_by_days_attended_up_to_sixty() -> None:
    for days, amount in ((21, 840_00), (60, 2_400_00), (75, 2_400_00)):
        found = decided("520000-living", groups=("RURAL_LEAVER",), completed=True, attended_days=days)
        assert found.amount == amount
    assert decided("520000-living", groups=("LAND_LOST",), completed=True, attended_days=9).outcome == "REFUSED"


def test_assessment_pays_the_body_what_it_did_not_charge() -> None:
    for standard, charged, amount in ((180_00, 0, 180_00), (180_00, 90_00, 90_00), (500_00, 0, 300_00)):
        values = {**TRAINED, "standard_fee": standard, "charged_fee": charged}
        found = decided("520000-assessment", **values)
        assert (found.payee, found.amount) == ("BODY", amount)
    free = decided("520000-assessment", **{**TRAINED, "standard_fee": 180_00, "charged_fee": 180_00})
    assert (free.outcome, free.explanation.reasons) == ("REFUSED", ("NOTHING_OWED",))


def test_skill_upgrade_is_paid_to_the_insured_from_the_insurance_fund() -> None:
    found = decided("520000-skill-upgrade", insured=True, certificate_holds=True, level="4")
    assert (found.amount, found.fund, found.payee) == (1_500_00, "UNEMPLOYMENT_INSURANCE", "WORKER")


def test_the_same_group_is_entitled_under_the_name_that_it_had_before() -> None:
    assert decided("520000-training", **{**TRAINED, "groups": ("REGISTERED_POOR",)}).outcome == "APPROVED"


def test_an_explanation_names_the_version_the_facts_and_the_arithmetic() -> None:
    found = decided("520000-living", groups=("LAND_LOST", "MONITORED"), completed=True, attended_days=21, insured=True)
    assert found.explanation == Explanation(
        pack="520000-living@1",
        inputs=(
            Input(name="groups", value="LAND_LOST,MONITORED", fact="fact-groups/1"),
            Input(name="completed", value="true", fact="fact-completed/1"),
            Input(name="attended_days", value="21", fact="fact-attended_days/1"),
        ),
        steps=(
            Step(rule="days", expression="min(21, 60)", result=21),
            Step(rule="allowance", expression="21 * 4000", result=84_000),
        ),
        reasons=("GROUP_MONITORED",),
    )


@pytest.mark.parametrize("missing", ["groups", "completed", "certificate_holds", "occupation", "level", "institution"])
def test_what_is_not_known_is_waited_for_by_its_name(missing: str) -> None:
    known = {name: value for name, value in TRAINED.items() if name != missing}
    found = assess(shipped("520000-training"), facts(**known))
    expected = ("groups", "employment_form") if missing == "groups" else (missing,)
    assert found == Waiting(missing=expected)


def test_a_false_condition_refuses_only_when_nothing_is_missing_or_it_is_final() -> None:
    upgrade = shipped("520000-skill-upgrade")
    assert assess(upgrade, facts(certificate_holds=False, level="5")) == Waiting(missing=("insured",))
    final = assess(upgrade, facts(level="2"))
    assert isinstance(final, Assessed)
    assert (final.outcome, final.fund, final.explanation.reasons) == (
        "REFUSED",
        "UNEMPLOYMENT_INSURANCE",
        ("OCCUPATION_NOT_LISTED",),
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_a_claim_of_which_nothing_is_known_waits(name: str) -> None:
    found = assess(shipped(name), {})
    assert isinstance(found, Waiting)
    assert found.missing


def test_the_fund_is_the_first_whose_test_holds_and_waits_for_what_it_tests() -> None:
    known: dict[str, Any] = {
        "deceased": False,
        "training_category": "SPECIAL",
        "charged_fee": 0,
        "paid_this_year": 0,
        "paid_in_all": 0,
    }
    assert assess(everything(), facts(**known)) == Waiting(missing=("age",))
    for age, fund in ((29, "EMPLOYMENT_SUBSIDY"), (30, "LOCAL_MATCHING")):
        found = assess(everything(), facts(**known, age=age))
        assert isinstance(found, Assessed)
        assert (found.fund, found.amount) == (fund, 5_000 + 20_000 + 300 - 200)
        assert FUNDS.find(found.fund)


@pytest.mark.parametrize(
    ("rounding", "to", "value", "result"),
    [
        ("DOWN", 1, 15, 1),
        ("UP", 1, 11, 2),
        ("UP", 1, 10, 1),
        ("HALF_UP", 1, 14, 1),
        ("HALF_UP", 1, 15, 2),
        ("DOWN", 100, 1_999, 100),
        ("HALF_UP", 100, 1_500, 200),
        ("UP", 100, 1, 100),
    ],
)
def test_a_share_is_rounded_once_and_as_the_pack_says(rounding: Any, to: int, value: int, result: int) -> None:
    tenth = Share(name="tenth", op="share", of="wages", basis_points=1_000, rounding=rounding, to=to)
    assert share(tenth, value) == result


def test_time_limits_are_calendar_days() -> None:
    rules = everything().rules
    assert decide_by(rules, date(2026, 2, 25)) == date(2026, 3, 7)
    assert pay_by(rules, date(2026, 2, 25)) == date(2026, 3, 17)
    assert claim_by(rules, date(2026, 1, 1)) == date(2026, 4, 1)
    assert claim_by(shipped("520000-living").rules, date(2026, 1, 1)) is None


def test_a_value_of_another_kind_is_a_fault_of_the_program() -> None:
    wrong = {**facts(**TRAINED), "level": Known(value=5, fact="x/1")}
    with pytest.raises(TypeError):
        assess(shipped("520000-training"), wrong)
