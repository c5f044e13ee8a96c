"""What `lb sample` makes: the right number of every defect, in every format, the same for the same seed."""

import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lb.sample import planning, tables
from lb.sample.defects import ALWAYS, FURTHER
from lb.sample.people import LAST_DAY
from lb.sample.planning import Sample, TooFew, sample
from lb.sample.residents import check_character, number_of, old_number_of
from lb.sample.writing import Roster, rosters, write
from rosters_read_back import column, grids, merged
from stdnum.cn import ric

EVERY = {kind.code for kind in ALWAYS}


@pytest.fixture(scope="module")
def made() -> Sample:
    return sample("520000", 2000, 7)


@pytest.fixture(scope="module")
def written(made: Sample) -> Sequence[Roster]:
    return list(rosters(made))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**63), workers=st.integers(180, 1200), share=st.floats(0.02, planning.MOST_BAD))
def test_any_sample_has_every_kind_three_times_and_no_more_bad_rows_than_its_share(
    seed: int, workers: int, share: float
) -> None:
    if int(workers * share + 1e-9) < 3 * len(EVERY):
        with pytest.raises(TooFew) as few:
            sample("520000", workers, seed, share)
        assert sample("520000", few.value.workers, seed, share).rosters
        return
    rows = list(sample("520000", workers, seed, share).rows)
    codes = Counter(row.code for row in rows if row.code)
    assert EVERY <= codes.keys() <= EVERY | {kind.code for kind in FURTHER}
    assert min(codes.values()) >= 3
    assert codes.total() <= workers * share + 1e-9
    assert all((row.verdict == "refused") == bool(row.code) == bool(row.field) for row in rows)


def test_the_usual_sample_is_three_in_a_hundred_bad(made: Sample) -> None:
    rows = list(made.rows)
    assert len(made.people) == 2000
    assert len({person.number for person in made.people}) == 2000
    assert sum(row.verdict == "refused" for row in rows) == 60
    verdicts = Counter(row.verdict for row in rows)
    assert verdicts["recorded"] == 2000 - 60 + Counter(row.code for row in rows)["duplicate_in_file"]
    assert verdicts["again"] > 40
    assert verdicts["unchanged"] >= 7


def test_a_larger_sample_has_further_kinds(made: Sample) -> None:
    codes = Counter(row.code for row in sample("520000", 2600, 7).rows)
    assert all(codes[kind.code] >= 3 for kind in FURTHER)
    assert {row.code for row in made.rows if row.code} == EVERY


def test_the_same_seed_makes_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "again", "other")]
    for folder, seed in zip(folders, (3, 3, 4), strict=True):
        folder.mkdir()
        assert sum(1 for _ in write(sample("520000", 300, seed, 0.2), folder)) == 42
    first, again, other = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} for folder in folders
    )
    assert first == again
    assert first.keys() == other.keys()
    assert all(first[name] != other[name] for name in first if name != "uploads.csv")


def test_every_county_sends_every_format_and_every_delimiter_occurs(written: Sequence[Roster]) -> None:
    formats = defaultdict(set)
    for roster in written:
        formats[roster.file.county.code].add(roster.file.format)
    assert len(formats) == len(tables.counties("520000"))
    assert {len(each) for each in formats.values()} == {6}
    texts = Counter((roster.file.format, roster.file.delimiter) for roster in written if not roster.file.is_workbook)
    assert len(texts) == 4 * 3


def test_files_are_what_their_names_say(written: Sequence[Roster]) -> None:
    starts = {"utf8-mark": (b"\xef\xbb\xbf",), "utf16": (b"\xff\xfe", b"\xfe\xff"), "xls": (b"\xd0\xcf\x11\xe0",)}
    for roster in written:
        data = roster.data
        assert data.startswith(starts.get(roster.file.format, (b"",)))
        match roster.file.format:
            case "xlsx":
                assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
            case "gb18030":
                with pytest.raises(UnicodeDecodeError):
                    data.decode("utf-8")
            case "utf8":
                assert not data.startswith(b"\xef\xbb\xbf")
    assert {roster.data[:2] for roster in written if roster.file.format == "utf16"} == {b"\xff\xfe", b"\xfe\xff"}


def test_a_planned_line_is_the_line_that_a_reader_sees(written: Sequence[Roster]) -> None:
    """The person's number or name stands there, whichever the defect has left."""
    rare = 0
    for roster in written:
        found = grids(roster)
        for placed in roster.rows:
            grid = found[placed.sheet]
            cells = grid[placed.line - 1]
            number, name = (str(cells[column(roster, grid, field)]) for field in ("number", "name"))
            person = placed.row.person
            if placed.row.code not in ("number_as_float", "formula", "field_missing"):
                assert _bare(number).upper() == person.number or placed.row.code.startswith("number_")
            if placed.row.field != "name":
                assert _bare(name) == _bare(person.name)
                rare += any(ord(sign) > 0xFFFF for sign in name)
    assert rare > 5


def _bare(text: str) -> str:
    plain = "".join(text.split()).strip("'‘’")
    for dot in "•・‧．":
        plain = plain.replace(dot, "·")
    return plain.translate(str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx"))


def test_what_county_offices_put_around_their_tables_occurs(written: Sequence[Roster]) -> None:
    lines = {
        (roster.file.name, sheet): ["".join(map(str, line)) for line in grid]
        for roster in written
        for sheet, grid in grids(roster).items()
    }
    texts = [line for sheet in lines.values() for line in sheet]
    for told in ("劳动力摸查花名册", "填报单位", "合计共", "填表人", "按文本格式填写"):
        assert any(told in text for text in texts), told
    first_rows = {min(placed.line for placed in roster.rows) for roster in written}
    assert len(first_rows) > 2
    assert any(not text for sheet in lines.values() for text in sheet[3:-6])
    assert any(len({placed.sheet for placed in roster.rows}) == 3 for roster in written)
    assert sum(first[0] < last[0] and first[1] == last[1] for roster in written for first, last in merged(roster)) > 10


def test_people_come_again_later_and_rows_come_again_unchanged(made: Sample) -> None:
    surveys = defaultdict(list)
    for row in made.rows:
        if row.verdict != "refused":
            surveys[row.person.number].append(row)
    for rows in surveys.values():
        first, *others = rows
        assert first.verdict == "recorded"
        for other in others:
            assert other.verdict in ("again", "unchanged")
            assert (other.survey == first.survey) == (other.verdict == "unchanged")
            assert other.survey.surveyed_on > first.survey.surveyed_on or other.verdict == "unchanged"
            assert other.survey.region == first.survey.region


def test_the_second_of_two_rows_in_a_file_is_the_bad_one(made: Sample) -> None:
    doubled = 0
    for _, rows in made.rosters:
        standing = defaultdict(list)
        for row in rows:
            standing[row.person.number].append(row.code)
        assert all(len(codes) == 1 or codes == ["", "duplicate_in_file"] for codes in standing.values())
        doubled += sum(len(codes) == 2 for codes in standing.values())
    assert doubled >= 3


def test_a_row_that_comes_again_finds_the_same_columns(made: Sample) -> None:
    of_county = defaultdict(list)
    for file, rows in made.rosters:
        of_county[file.county.code].append((file, rows))
    for files in of_county.values():
        (first, _), *_, (last, rows) = files
        assert first.fields == last.fields == frozenset(tables.FIELDS)
        assert any(row.verdict == "unchanged" for row in rows)


def test_numbers_are_nobodys_and_ages_are_real(made: Sample) -> None:
    """Checked with a library that the generator does not use."""
    for person in made.people:
        number = person.number
        assert number[4:6] == "99"
        assert number[:2] == "52"
        assert ric.calc_check_digit(number) == number[17]
        assert ric.get_birth_date(number) == person.born
        assert int(number[16]) % 2 == person.male
    ages = {(LAST_DAY - person.born).days // 365 for person in made.people}
    assert min(ages) >= 16
    assert max(ages) - min(ages) > 35
    assert max(row.survey.surveyed_on for row in made.rows if row.code != "date_in_future") <= LAST_DAY


def test_check_characters_are_those_of_the_standard() -> None:
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"
    assert number_of("5205", date(1890, 3, 7), 2) == "52059918900307002" + str(
        ric.calc_check_digit("520599189003070020")
    )
    assert old_number_of("520599189003070024") == "520599900307002"


def test_days_of_surveys_and_bad_rows_spread_over_formats(written: Sequence[Roster]) -> None:
    formats = Counter(
        roster.file.format for roster in written for placed in roster.rows if placed.row.verdict == "refused"
    )
    assert len(formats) == 6
    assert min(formats.values()) >= 4
    assert all(before.file.name < after.file.name for before, after in pairwise(written))
