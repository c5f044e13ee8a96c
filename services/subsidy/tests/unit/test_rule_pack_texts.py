"""What is taken as a rule pack, and what is refused, with the place and the reason."""

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_packs import EVERYTHING, FOLDER, SHIPPED, changed, everything, shipped, text_of
from subsidy.packs.api import EXAMPLE
from subsidy.packs.checks import faults
from subsidy.packs.pack import Rules, digest, rules_of
from subsidy.packs.reading import MAX_LENGTH, PackInvalid, read_rules


def refused(text: str) -> set[tuple[str, str]]:
    with pytest.raises(PackInvalid) as caught:
        read_rules(text)
    return {(each.field, each.code) for each in caught.value.faults}


def test_everything_that_a_pack_can_say_is_read() -> None:
    assert everything().rules.sources[0].fund == "LOCAL_MATCHING"


def test_the_pack_of_the_how_to_is_read() -> None:
    page = (FOLDER.parents[2] / "docs" / "how-to" / "change-a-rule-pack.md").read_text("utf-8")
    text = page.partition("```yaml\n")[2].partition("```")[0]
    rules = read_rules(text)
    assert text == EXAMPLE
    assert (rules.name, rules.valid_from) == ("520000-living", date(2027, 1, 1))
    operations = re.findall(r"'op': \{'const': '(\w+)'", str(Rules.model_json_schema()))
    assert len(operations) > 15
    assert [each for each in operations if f"`{each}`" not in page and f"op: {each}," not in page] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_is_the_same_after_it_was_stored(name: str) -> None:
    rules = shipped(name).rules
    assert rules_of(rules.canonical()) == rules
    assert rules_of(rules.canonical()).canonical() == rules.canonical()


def test_the_same_rules_written_otherwise_have_the_same_digest() -> None:
    lines = EVERYTHING.splitlines()
    head = lines.index("conditions:")
    turned = "\n".join(["# another order", *reversed(lines[:head]), *lines[head:]])
    assert digest(read_rules(turned).canonical()) == digest(everything().rules.canonical())


def test_other_rules_have_another_digest() -> None:
    other = EVERYTHING.replace("amount: 20000", "amount: 20001")
    assert digest(read_rules(other).canonical()) != digest(everything().rules.canonical())


def test_occupations_count_in_every_edition_and_groups_under_every_name_as_of_the_first_day() -> None:
    text = text_of("520000-training").replace(
        "[2022/6-29-01-01, 2022/6-29-01-04, 2022/6-29-01-05]", "[2022/6-18-02-04]"
    )
    plain = read_rules(text).canonical()
    assert json.loads(plain)["amount"][0]["rows"][0]["when"]["occupation"] == ["2022/6-18-02-04", "1999/6-04-02-05"]
    groups = json.loads(plain)["conditions"][0]["test"]["of"][0]["groups"]
    assert {"POVERTY_LIFTED", "REGISTERED_POOR", "POOR_HOUSEHOLD"} <= set(groups)
    before = read_rules(text.replace("valid_from: 2025-01-01", "valid_from: 2021-01-01")).canonical()
    assert "1999/6-04-02-05" not in before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: 520123-student-aid", "name: 520123-aid", ("name", "pack_name")),
        ('region: "520123"', 'region: "529999"', ("region", "region_unknown")),
        ('region: "520123"', "region: 520123", ("region", "string_type")),
        ("kind: STUDENT_AID", "kind: PRIZE", ("kind", "code_unknown")),
        ("kind: STUDENT_AID", "kind: STUDENT_AID\ncolour: red", ("colour", "extra_forbidden")),
        ("valid_to: 2027-01-01", "valid_to: 2026-01-01", ("valid_to", "pack_period")),
        ("valid_from: 2026-01-01", "valid_from: 2026-02-30", ("valid_from", "value_error")),
        ("valid_from: 2026-01-01", "valid_from: 1_000", ("valid_from", "date_type")),
        ("\nillustrative: true", "", ("legal_basis", "pack_basis_missing")),
        ("reason: DECEASED", "reason: BAD_LUCK", ("conditions.0.reason", "code_unknown")),
        ("name: either", "name: alive", ("conditions", "pack_name_repeated")),
        (
            "input: deceased, value: true",
            "input: dead, value: true",
            ("conditions.0.test.of.input", "pack_input_unknown"),
        ),
        ("input: deceased, value: true", "input: age, value: true", ("conditions.0.test.of.input", "pack_input_kind")),
        ("value: SPECIAL", "value: 5", ("conditions.1.test.any.of.0.is.value.bool", "bool_type")),
        ("op: at_most, input", "op: below, input", ("conditions.1.test.any.of.1.all.of.1", "union_tag_invalid")),
        ("amount: 20000, illustrative: true", "amount: 20000", ("amount.3", "pack_source_missing")),
        ("amount: 20000", "amount: 200.00", ("amount.3.fixed.amount", "int_type")),
        ("amount: 20000", "amount: 20_000", ("amount.3.fixed.amount", "int_type")),
        ("amount: 20000", "amount: -1", ("amount.3.fixed.amount", "int_type")),
        ("of: [half, 5000]", "of: [quarter, 5000]", ("amount.2.of", "pack_input_unknown")),
        ("of: [half, 5000]", "of: [training_mode, 5000]", ("amount.2.of", "pack_input_kind")),
        ("of: [half, 5000]", "of: [less, 5000]", ("amount.2.of", "pack_input_unknown")),
        ("name: base,", "name: more,", ("amount.3.name", "pack_name_repeated")),
        ("name: base,", "name: age,", ("amount.3.name", "pack_name_repeated")),
        ("of: [together, 200]", "of: [more, 200]", ("amount.4", "pack_step_unused")),
        (
            "in_all: {amount: 1500000, source: an example}",
            "in_all: {amount: 1}",
            ("caps.in_all", "pack_source_missing"),
        ),
        (
            "in_all: {amount: 1500000, source: an example}",
            "months: {of: attended_days, months: 36}",
            ("caps.months", "pack_source_missing"),
        ),
        (
            "in_all: {amount: 1500000, source: an example}",
            "months: {of: training_mode, months: 36, source: an example}",
            ("caps.months.of", "pack_input_kind"),
        ),
        (
            "in_all: {amount: 1500000, source: an example}",
            "months: {of: attended_days, months: 36, source: an example}",
            ("caps.months", "pack_step_unused"),
        ),
        (
            "in_all: {amount: 1500000, source: an example}",
            "months: {of: attended_days, months: 36, source: an example}",
            ("caps", "pack_cap_unit"),
        ),
        ("kind: STUDENT_AID", "kind: SOCIAL_INSURANCE", ("caps", "pack_cap_unit")),
        ("  per_year: {amount: 900000, illustrative: true}\n", "", ("once_per", "pack_year_without_rule")),
        ("claim: 90, illustrative: true", "claim: 90", ("deadlines", "pack_source_missing")),
        ("decide: 10", "decide: 0", ("deadlines.decide", "greater_than_equal")),
        ("fund: EMPLOYMENT_SUBSIDY", "fund: PURSE", ("sources.1.fund", "code_unknown")),
        (", when: {op: at_least, input: age, number: 30}", "", ("sources.0", "pack_sources")),
        ("name: half", "name: !!str half", ("line.32", "pack_yaml_alias")),
        ("name: half", "name: &a half", ("line.32", "pack_yaml_alias")),
        ("zh: 示例", "zh: 示例\nzh: 又", ("line.5", "pack_yaml")),
        ("zh: 示例", "zh: [", ("line.6", "pack_yaml")),
        ("zh: 无", "zh: ''", ("needed.0.zh", "string_too_short")),
    ],
)
def test_a_wrong_pack_is_refused_with_place_and_reason(old: str, new: str, fault: tuple[str, str]) -> None:
    assert old in EVERYTHING
    assert fault in refused(EVERYTHING.replace(old, new))


def test_a_table_names_known_codes_and_every_row_can_be_reached() -> None:
    text = text_of("520000-training")
    assert ("amount.0.rows.2.when.level.0", "code_unknown") in refused(
        text.replace('- {when: {level: ["5"]}, amount: 120000}', '- {when: {level: ["9"]}, amount: 120000}')
    )
    assert ("amount.0.rows.0.when.occupation.0", "occupation_unknown") in refused(
        text.replace("[2022/6-29-01-01, 2022/6-29-01-04, 2022/6-29-01-05]", "[2022/6-99-01-01]")
    )
    assert ("amount.0.rows.3", "pack_row_unreachable") in refused(
        text.replace('- {when: {level: ["4"]}, amount: 160000}', '- {when: {level: ["5"]}, amount: 160000}')
    )


def test_tiers_rise() -> None:
    rules = shipped("620823-cross-province-travel").rules
    found = faults(changed(rules, ("amount", 0, "tiers", 1, "at_least"), 50))
    assert [(each.field, each.code) for each in found] == [("amount.0.tiers", "pack_tiers_order")]


def test_a_text_that_would_grow_is_refused_before_it_is_built() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert refused(bomb) == {("line.1", "pack_yaml_alias")}
    assert refused("[" * 5_000) <= {("line.1", "pack_too_deep"), ("line.1", "pack_yaml")}
    assert refused("a: " + "x" * MAX_LENGTH) == {("text", "pack_too_long")}


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="abc:-[]{}'\"!&*# \n0", max_size=200)))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(PackInvalid):
        read_rules(text)
