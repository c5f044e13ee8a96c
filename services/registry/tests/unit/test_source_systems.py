"""Every source system is data: its sample files are read, what it gets is written, and the two platforms understand
each other."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registry.matching.people import NameHash, people_of
from registry.rosters import Unreadable
from registry.rosters.tables import reason
from registry.sources.api import MessageIn
from registry.sources.reading import Reading, read
from registry.sources.system import ILLUSTRATIVE, SystemInvalid, load, systems
from registry.sources.values import Setting, same_name
from registry.sources.writing import NotWritable, write
from registry.vault import NumberIndex

FILES = Path(__file__).parents[1] / "fixtures" / "sources"
HERE = Setting(on=date(2026, 10, 8), province="520000", made_up=True)
UPLOAD, PLATFORM = "poverty-alleviation-development", "rural-poor-employment-platform"


def sample(source: str) -> Reading:
    (file,) = FILES.glob(f"{source}.*")
    return read(systems()[source], file.read_bytes(), HERE)


@pytest.mark.parametrize(
    ("source", "records", "refused"),
    [
        ("technical-school-registration", 5, [(9, "number", "number_check_digit")]),
        ("real-name-training", 3, []),
        ("registered-poverty", 5, []),
        ("vocational-ability", 2, [(4, "level", "value_unknown")]),
        ("social-insurance", 3, []),
        (PLATFORM, 2, [(3, "number", "number_check_digit"), (4, "work_region", "field_missing")]),
    ],
)
def test_the_sample_of_every_system_is_read(source: str, records: int, refused: list[tuple[int, str, str]]) -> None:
    found = sample(source)
    assert len(found.records) == records
    assert [(each.line, each.field, each.code) for each in found.refusals] == refused
    assert all(reason(each.code, "zh") != each.code for each in found.refusals)


def test_every_system_of_which_files_come_has_a_sample() -> None:
    reading = {each.id for each in systems().values() if {"snapshot", "import"} & {*each.flows} and not each.own}
    assert reading == {file.stem for file in FILES.iterdir()}


def test_what_no_source_gives_is_marked() -> None:
    for system in systems().values():
        assert system.requirement.startswith("R-SYS-")
        assert all(column.basis for column in system.columns)
    bases = {column.basis for system in systems().values() for column in system.columns}
    assert ILLUSTRATIVE in bases
    assert {"R-REG-32", "R-REG-33"} <= bases


def test_values_are_read_in_our_terms() -> None:
    first = sample("technical-school-registration").records[0].values
    assert first["number"] == "520599200803070027"
    assert (first["household_region"], first["school_status"], first["poverty"]) == ("520526", "IN_SCHOOL", "YES")
    unemployed, employed = (each.values for each in sample(PLATFORM).records)
    assert unemployed["wishes"] == "JOB,VOCATIONAL_TRAINING"
    assert (employed["work_region"], employed["surveyed_on"]) == ("330203", "2026-03-05")


def test_a_header_may_also_name_the_field_codes_of_the_human_resources_systems() -> None:
    text = "个人编号,AAC003,AAC002,BAC301,参保状态\nA1,王秀英,520599199003070023,520526,参保缴费\n"
    (found,) = read(systems()["social-insurance"], text.encode(), HERE).records
    assert found.values["name"] == "王秀英"


UNEMPLOYED: Mapping[str, str] = {
    "name": "王秀英",
    "number": "520599199003070023",
    "phone": "13800001234",
    "household_region": "520526",
    "employment_status": "UNEMPLOYED",
    "wishes": "JOB,VOCATIONAL_TRAINING",
    "surveyed_on": "2026-03-02",
}
EMPLOYED: Mapping[str, str] = {
    "name": "吾布力·阿依",
    "number": "520599188001010015",
    "household_region": "522301",
    "employment_status": "EMPLOYED",
    "employment_form": "ENTERPRISE",
    "work_region": "330203",
    "employer": "@宁波某电子厂",
    "contact": "057480000000",
    "surveyed_on": "2026-03-05",
}


@pytest.mark.parametrize(("here", "there"), [(UPLOAD, PLATFORM), (PLATFORM, UPLOAD)])
def test_the_two_platforms_are_linked_what_one_gets_the_other_understands(here: str, there: str) -> None:
    """R-SYS-18."""
    sent = write(systems()[here], [UNEMPLOYED, EMPLOYED])
    got = [dict(each.values) for each in read(systems()[here], sent, HERE).records]
    passed_on = write(systems()[there], got)
    again = [each.values for each in read(systems()[there], passed_on, HERE).records]
    assert again == got
    assert got == [UNEMPLOYED, {**EMPLOYED, "employer": got[1]["employer"]}]
    assert same_name(got[1]["name"]) == same_name("吾布力•阿依")


def test_a_message_names_the_field_codes() -> None:
    document: dict[str, Any] = json.loads(write(systems()[PLATFORM], [UNEMPLOYED]))
    assert document["interface"] == "rural-poor-employment"
    assert document["records"][0] | {"AAC003": "王秀英", "AAC016": "2"} == document["records"][0]


def test_the_message_that_the_documents_show_is_read() -> None:
    (shown,) = MessageIn.model_json_schema()["examples"]
    found = read(systems()[PLATFORM], json.dumps(shown).encode(), HERE)
    assert ([each.values["name"] for each in found.records], list(found.refusals)) == (["王秀英"], [])


def test_a_file_holds_no_cell_that_a_spreadsheet_would_run() -> None:
    text = write(systems()[UPLOAD], [EMPLOYED]).decode("utf-8-sig")
    assert "'@宁波" in text
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in text.splitlines() for cell in line.split(","))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"number": ""}, "number"), ({"work_region": ""}, "work_region"), ({"employment_form": "ODD"}, "employment_form")],
)
def test_what_a_system_wants_and_does_not_get_is_named(changes: dict[str, str], field: str) -> None:
    with pytest.raises(NotWritable) as lacking:
        write(systems()[UPLOAD], [{**EMPLOYED, **changes}])
    assert lacking.value.field == field


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    for source in (PLATFORM, "registered-poverty"):
        assert outcome(source, data) in ("no records", "refused")


def outcome(source: str, data: bytes) -> str:
    try:
        found = read(systems()[source], data, HERE)
    except Unreadable as unreadable:
        return "refused" if unreadable.code.startswith(("roster_", "source_")) else unreadable.code
    return "records" if found.records else "no records"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('names = ["编号"]', 'names = ["姓名"]'),
        ("poverty = [", "wealth = ["),
        ('values = { "是" = "YES", "否" = "NO" }', 'values = { "是" = "PERHAPS", "否" = "NO" }'),
        ('kind = "code"', 'kind = "colour"'),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(tmp_path: Path, bad: str, why: str) -> None:
    text = HOW_TO.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    assert bad in text
    (tmp_path / "s.toml").write_text(text.replace(bad, why), encoding="utf-8")
    with pytest.raises(SystemInvalid, match=r"s\.toml"):
        load(tmp_path / "s.toml")


HOW_TO = Path(__file__).parents[4] / "docs" / "how-to" / "add-a-source-system.md"


def test_a_source_system_is_added_as_the_how_to_says(tmp_path: Path) -> None:
    """The file and the sample of the how-to, and nothing else."""
    text = HOW_TO.read_text(encoding="utf-8")
    declared = text.partition("```toml\n")[2].partition("```")[0]
    table = text.partition("```csv\n")[2].partition("```")[0]
    (tmp_path / "relief-payments.toml").write_text(declared, encoding="utf-8")
    system = load(tmp_path / "relief-payments.toml")
    reading = read(system, table.encode(), HERE)
    assert [(each.line, each.code) for each in reading.refusals] == [(4, "value_unknown")]
    numbers, names = NumberIndex([b"k" * 32]), NameHash.from_secret(b"s" * 32)
    people, elsewhere = people_of(system, reading.records, numbers, names, HERE.province)
    assert [(person.region, person.fields, person.records) for person in people] == [
        ("520526", {"poverty": "YES"}, ("L-1",))
    ]
    assert elsewhere == 1
