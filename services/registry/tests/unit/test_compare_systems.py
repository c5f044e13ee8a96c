"""Comparison of systems: what a plain recount finds, whatever the order in which rows and uploads came."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry.matching.compare import Conflict, NoCommonKey, compare
from registry.matching.comparison import Comparison, Differs, Missing, comparisons
from registry.matching.people import NameHash, Person, digest, people_of
from registry.sources.reading import Record
from registry.sources.system import System, systems
from registry.vault import NumberIndex

THREE = comparisons()["three-systems"]
NUMBERS = NumberIndex([b"i" * 32])
NAMES = NameHash.from_secret(b"i" * 32)
PROVINCE = "520000"
PEOPLE = tuple(f"person-{n}" for n in range(6))
REGIONS = ("520526", "522301", "330203")
Rows = Sequence[Mapping[str, str]]


def row_of(system: System) -> st.SearchStrategy[dict[str, str]]:
    """A row as reading makes it: a number, a name (two of them for one number now and then), a county, codes."""
    assert system.compared is not None
    fields = {name: st.sampled_from(order) for name, order in system.compared.fields.items()}
    return st.fixed_dictionaries(
        {
            "number": st.sampled_from(PEOPLE),
            "name": st.sampled_from(("王秀英", "王秀英", "王 秀英", "王秀荣")),
            "household_region": st.sampled_from(REGIONS),
            "record": st.sampled_from(("r1", "r2")),
            **fields,
        }
    )


FILES = st.fixed_dictionaries({side: st.lists(row_of(systems()[side]), max_size=12) for side in THREE.sides})


def snapshot(side: str, rows: Rows) -> tuple[Person, ...]:
    records = [Record(line=n, values=row) for n, row in enumerate(rows, 1)]
    return people_of(systems()[side], records, NUMBERS, NAMES, PROVINCE)[0]


def recount(comparison: Comparison, files: Mapping[str, Rows]) -> set[tuple[str, str]]:
    """(rule, person), from the rows alone, one question after the other."""
    ours = {side: [row for row in rows if row["household_region"] != "330203"] for side, rows in files.items()}
    return {
        (rule.id, person)
        for person in PEOPLE
        for rule in comparison.rules
        if contradicts(rule, {side: [row for row in rows if row["number"] == person] for side, rows in ours.items()})
    }


def contradicts(rule: Any, rows: Mapping[str, Rows]) -> bool:
    if isinstance(rule, Missing):
        wanted = all(said(rule.present, rows, field) == value for field, value in rule.where.items())
        return bool(rows[rule.present]) and not rows[rule.absent] and wanted
    if isinstance(rule, Differs):
        return len({value for side in rule.sides if (value := said(side, rows, rule.field)) is not None}) > 1
    return len({row["name"].replace(" ", "") for side in rule.sides for row in rows[side]}) > 1


def said(side: str, rows: Mapping[str, Rows], field: str) -> str | None:
    """What the rows of a person say together: a school's state says whether somebody attends; training says itself."""
    if not rows[side]:
        return None
    if side == "real-name-training" and field == "trained":
        return "YES"
    if side == "technical-school-registration" and field == "at_technical_school":
        return "YES" if any(row["school_status"] in ("IN_SCHOOL", "SUSPENDED") for row in rows[side]) else "NO"
    values = [row[field] for row in rows[side] if field in row]
    return ("YES" if "YES" in values else "NO") if values else None


@settings(max_examples=150, deadline=None)
@given(files=FILES, seed=st.integers(0, 2**16))
def test_a_comparison_finds_what_a_plain_recount_finds_in_any_order(files: dict[str, Rows], seed: int) -> None:
    found = compare(THREE, {side: snapshot(side, rows) for side, rows in files.items()})
    by_index = {NUMBERS.of(person): person for person in PEOPLE}
    assert {(each.rule, by_index[each.number_indexes[0]]) for each in found} == recount(THREE, files)
    dice = random.Random(seed)
    shuffled = {side: dice.sample(rows, len(rows)) for side, rows in dice.sample(list(files.items()), len(files))}
    assert compare(THREE, {side: snapshot(side, rows) for side, rows in shuffled.items()}) == found
    for side, rows in files.items():
        assert digest(snapshot(side, shuffled[side])) == digest(snapshot(side, rows))


def student(**changes: str) -> dict[str, str]:
    return {
        "number": PEOPLE[0],
        "name": "王秀英",
        "household_region": "520526",
        "record": "X1",
        "school_status": "IN_SCHOOL",
        "poverty": "YES",
        **changes,
    }


def poor(**changes: str) -> dict[str, str]:
    return {
        "number": PEOPLE[0],
        "name": "王秀英",
        "household_region": "520526",
        "record": "H1",
        "poverty": "YES",
        "at_technical_school": "YES",
        "trained": "NO",
        **changes,
    }


def found(**files: Rows) -> tuple[Conflict, ...]:
    sides = {side: files.get(side.replace("-", "_"), ()) for side in THREE.sides}
    return compare(THREE, {side: snapshot(side, rows) for side, rows in sides.items()})


def test_a_poor_student_whom_the_register_of_the_poor_does_not_have_is_found() -> None:
    conflicts = found(technical_school_registration=[student()])
    assert [(each.rule, each.county) for each in conflicts] == [("POOR_STUDENT_NOT_REGISTERED", "520526")]
    assert [(side.source, side.present, side.records) for side in conflicts[0].sides] == [
        ("technical-school-registration", True, ("X1",)),
        ("registered-poverty", False, ()),
    ]


def test_a_student_in_the_register_of_the_poor_whom_no_school_has_is_found() -> None:
    (conflict,) = found(registered_poverty=[poor()])
    assert conflict.rule == "STUDENT_WITHOUT_SCHOOL_RECORD"


def test_systems_that_agree_have_no_conflict() -> None:
    assert found(registered_poverty=[poor()], technical_school_registration=[student()]) == ()


def test_one_number_with_two_names_is_found_and_no_name_is_kept() -> None:
    (conflict,) = found(registered_poverty=[poor(name="王秀荣")], technical_school_registration=[student()])
    assert conflict.rule == "TWO_NAMES"
    assert "王" not in repr(conflict)
    assert "王" not in repr(snapshot("registered-poverty", [poor()]))
    assert found(registered_poverty=[poor(name="王 秀英")], technical_school_registration=[student()]) == ()


def test_a_conflict_has_the_same_id_in_every_run_and_says_when_there_is_news() -> None:
    (first,) = found(technical_school_registration=[student()])
    (again,) = found(technical_school_registration=[student(record="X2", household_region="522301")])
    (differs,) = found(registered_poverty=[poor(poverty="NO")], technical_school_registration=[student()])
    (otherwise,) = found(registered_poverty=[poor()], technical_school_registration=[student(poverty="NO")])
    assert (again.conflict, again.said) == (first.conflict, first.said)
    assert differs.conflict == otherwise.conflict != first.conflict
    assert differs.said != otherwise.said


def test_a_record_number_that_is_the_resident_id_is_not_kept() -> None:
    (person,) = snapshot("registered-poverty", [poor(number="52059919900307002X", record="G52059919900307002x")])
    assert person.records == ()


def test_numbers_under_two_keys_of_the_index_are_compared_by_the_one_that_both_have() -> None:
    old, new = NumberIndex([b"i" * 32]), NumberIndex([b"i" * 32, b"j" * 32])
    retired = NumberIndex([None, b"j" * 32])

    def side(name: str, row: dict[str, str], numbers: NumberIndex) -> tuple[Person, ...]:
        return people_of(systems()[name], [Record(line=1, values=row)], numbers, NAMES, PROVINCE)[0]

    before = {
        "registered-poverty": side("registered-poverty", poor(), old),
        "technical-school-registration": side("technical-school-registration", student(), new),
        "real-name-training": (),
    }
    assert compare(THREE, before) == ()
    with pytest.raises(NoCommonKey):
        compare(THREE, {**before, "technical-school-registration": side(THREE.sides[1], student(), retired)})


def test_every_comparison_and_system_that_is_declared_fits() -> None:
    assert set(comparisons()) == {"three-systems", "social-insurance"}
    for comparison in comparisons().values():
        assert comparison.zh
        assert all(each.zh and each.en for each in comparison.rules)
