"""Verdicts against what a person says who looks at the cells: nothing of the generator judges here."""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from lb.sample.planning import sample
from lb.sample.writing import Planned, Roster, rosters, write
from rosters_read_back import column, grids
from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError


class Seen:
    """A bad row as it lies in the file."""

    def __init__(self, roster: Roster, placed: Planned) -> None:
        self.roster = roster
        self.code = placed.row.code
        self.field = placed.row.field
        self._grid = grids(roster)[placed.sheet]
        self._cells = self._grid[placed.line - 1]

    def raw(self, field: str = "") -> object:
        return self._cells[column(self.roster, self._grid, field or self.field)]

    def text(self, field: str = "") -> str:
        return str(self.raw(field))

    def number(self) -> str:
        text = "".join(self.text("number").split()).strip("'‘’")
        return text.translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")).upper()

    def born(self) -> date:
        return date(*map(int, (self.number()[6:10], self.number()[10:12], self.number()[12:14])))

    def day(self, field: str) -> date:
        value = self.raw(field)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        digits = re.findall("[0-9]+", str(value))
        if len(digits) == 1:
            digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
        return date(*map(int, digits))


@pytest.fixture(scope="module")
def bad() -> Sequence[Seen]:
    made = list(rosters(sample("520000", 2600, 11)))
    return [Seen(roster, placed) for roster in made for placed in roster.rows if placed.row.verdict == "refused"]


def those(bad: Sequence[Seen], code: str) -> list[Seen]:
    found = [each for each in bad if each.code == code]
    assert len(found) >= 3
    return found


def is_well_formed(number: str) -> bool:
    return re.fullmatch("[0-9]{17}[0-9X]", number) is not None


def is_account_or_none(account: str, bank: str) -> bool:
    digits = "".join(str(int(sign)) for sign in account if sign.isdigit())
    return (len(digits) == 19 and luhn.is_valid(digits) and bool(bank)) or account == bank == ""


def test_a_wrong_check_character_is_the_only_thing_wrong_with_a_number(bad: Sequence[Seen]) -> None:
    for row in those(bad, "number_check_digit"):
        assert is_well_formed(row.number())
        assert ric.calc_check_digit(row.number()) != row.number()[17]
        assert row.born() < date(2012, 1, 1)


def test_a_malformed_number_has_not_17_digits_and_a_digit_or_x(bad: Sequence[Seen]) -> None:
    for row in those(bad, "number_malformed"):
        assert not is_well_formed(row.number())
        assert len(row.number()) != 15


def test_an_impossible_day_of_birth_has_a_right_check_character(bad: Sequence[Seen]) -> None:
    for row in those(bad, "number_date_impossible"):
        assert ric.calc_check_digit(row.number()) == row.number()[17]
        with pytest.raises(ValidationError):
            ric.get_birth_date(row.number())


def test_a_number_stored_as_a_float_has_lost_its_last_digits(bad: Sequence[Seen]) -> None:
    for row in those(bad, "number_as_float"):
        value = row.raw()
        assert isinstance(value, float) if row.roster.file.is_workbook else re.fullmatch(r"\d\.\d+E\+17", str(value))


def test_who_is_too_young_was_not_yet_16_on_the_day_of_the_survey(bad: Sequence[Seen]) -> None:
    for row in those(bad, "age_out_of_range"):
        assert ric.calc_check_digit(row.number()) == row.number()[17]
        born = row.born()
        assert row.day("surveyed_on") < born.replace(year=born.year + 16, day=min(born.day, 28))


def test_a_number_of_another_province_is_otherwise_right(bad: Sequence[Seen]) -> None:
    for row in those(bad, "number_of_another_province"):
        assert row.number()[:2] != "52"
        assert row.number()[4:6] == "99"
        assert ric.calc_check_digit(row.number()) == row.number()[17]


def test_an_old_number_has_15_digits(bad: Sequence[Seen]) -> None:
    for row in those(bad, "number_fifteen_digits"):
        assert re.fullmatch("[0-9]{15}", row.number())


def test_regions_that_there_are_not_and_regions_elsewhere(bad: Sequence[Seen]) -> None:
    assert {row.text() for row in those(bad, "region_unknown")} <= {"529977", "999999", "云上县", "大山县"}
    for row in those(bad, "region_of_another_province"):
        assert row.text() in ("530627", "440112", "330203", "360730")


def test_sex_and_birth_date_contradict_the_number(bad: Sequence[Seen]) -> None:
    for row in those(bad, "sex_conflicts"):
        assert row.text() == ("女" if int(row.number()[16]) % 2 else "男")
    for row in those(bad, "birth_date_conflicts"):
        assert row.day("birth_date") != row.born()


def test_what_is_missing_is_blank(bad: Sequence[Seen]) -> None:
    for row in those(bad, "field_missing"):
        assert row.field in ("name", "number", "household_region", "surveyed_on", "employment_status")
        assert row.text().strip() == ""


def test_what_is_too_long_is_longer_than_any_name(bad: Sequence[Seen]) -> None:
    for row in those(bad, "field_too_long"):
        assert len(row.text()) > {"name": 60, "employer": 120}[row.field]


def test_control_characters_are_in_the_cell(bad: Sequence[Seen]) -> None:
    for row in those(bad, "control_characters"):
        assert re.search("[\x00-\x08\x0e-\x1f\x7f]", row.text())


def test_a_formula_is_one_and_not_its_text(bad: Sequence[Seen]) -> None:
    formats = set()
    for row in those(bad, "formula"):
        formats.add(row.roster.file.is_workbook)
        assert row.text().startswith('="') != row.roster.file.is_workbook
    assert formats == {True, False}


def test_dates_that_nobody_can_read(bad: Sequence[Seen]) -> None:
    for row in those(bad, "date_unreadable"):
        with pytest.raises((TypeError, ValueError)):
            row.day("surveyed_on")
    for row in those(bad, "date_in_future"):
        assert row.day("surveyed_on").year == 2090


def test_words_that_are_in_no_list(bad: Sequence[Seen]) -> None:
    for row in those(bad, "value_unknown"):
        assert row.field in ("sex", "groups", "channel", "capture_method", "employment_status", "wishes")
        assert row.text() in (
            "甲", "丙", "种粮大户", "村干部亲戚", "微信接龙", "赶场时听说", "猜的", "说不清楚", "在家带娃", "随便都行",
        )  # fmt: skip


def test_a_malformed_phone_is_none(bad: Sequence[Seen]) -> None:
    for row in those(bad, "phone_malformed"):
        assert not re.fullmatch(r"\+?[0-9][0-9-]{5,18}[0-9]", row.text())


def test_an_account_with_a_wrong_check_digit_is_otherwise_one(bad: Sequence[Seen]) -> None:
    for row in those(bad, "account_check_digit"):
        assert re.fullmatch("62[0-9]{17}", row.text())
        assert not luhn.is_valid(row.text())
        assert row.text("bank").strip()


def test_a_malformed_name_has_digits(bad: Sequence[Seen]) -> None:
    for row in those(bad, "name_malformed"):
        assert re.search(r"\d", row.text())


def test_rules_of_jobs_and_groups(bad: Sequence[Seen]) -> None:
    for row in those(bad, "employer_missing"):
        assert row.text("employment_form").strip() in ("企业用工", "ENTERPRISE")
        assert row.text("employer") == ""
    for row in those(bad, "work_region_unknown"):
        assert row.text() in ("529977", "999999", "云上县", "大山县")
        assert row.text("employment_status").strip() in ("已就业", "就业", "EMPLOYED")
    for row in those(bad, "group_period_wrong"):
        assert row.text("groups").strip()
        assert row.day("group_since") > row.day("surveyed_on")
    for row in those(bad, "group_not_valid_then"):
        assert row.text("groups").strip() in ("防止返贫监测对象", "监测对象", "MONITORED")
        assert row.day("group_since") < date(2021, 1, 1)


def test_good_rows_are_good() -> None:
    made = list(rosters(sample("520000", 1800, 5)))
    checked = 0
    for roster in made:
        for placed in roster.rows:
            if placed.row.verdict != "refused":
                row = Seen(roster, placed)
                assert is_well_formed(row.number())
                assert ric.calc_check_digit(row.number()) == row.number()[17]
                assert "account" not in roster.file.fields or is_account_or_none(row.text("account"), row.text("bank"))
                assert (row.day("surveyed_on") - row.born()).days > 16 * 365
                assert row.text("employment_status").strip()
                checked += 1
    assert checked > 1800


def test_lines_that_a_person_judged(tmp_path: Path) -> None:
    """Read in a text editor, and judged by the texts of the codes."""
    for _ in write(sample("520000", 2000, 7), tmp_path):
        pass
    name = "36-520526-utf8.csv"
    lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    with (tmp_path / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        verdicts = {
            int(row["line"]): (row["verdict"], row["code"], row["field"])
            for row in csv.DictReader(file)
            if row["file"] == name
        }
    judged = {
        7: ("\t520599196704175000\t", "\t唐凤玉\t", "\t2026年3月4日", ("unchanged", "", "")),
        9: ("\t6299990000000002034\t", "\t  男性\u3000\t", "\t中国邮政储蓄银行\t", ("recorded", "", "")),
        11: ("\t520599200212225015\t", "\t  董斌 \t\t男\t", ("refused", "field_missing", "household_region")),
        23: ("\t520599201201045013\t", "\t2026年3月15日", ("refused", "age_out_of_range", "number")),
        27: ("\t520599197604275017\t", "\t 袁建金\u3000\t", "\t2026年6月4日", ("again", "", "")),
        52: ("\t430199199906255009\t", "\t522427\t", ("refused", "number_of_another_province", "number")),
    }
    for line, (*texts, verdict) in judged.items():
        assert all(str(text) in lines[line - 1] for text in texts), line
        assert verdicts[line] == verdict
    blanks = {4, 37, 42, 53, 57}
    assert all(not lines[line - 1].strip() for line in blanks)
    assert verdicts.keys() == set(range(3, 57)) - blanks
    assert not {1, 2, 58, 59} & verdicts.keys()
