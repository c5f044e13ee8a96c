"""The verdict workbook: the clerk's own rows and the reason, nothing that runs, and it can be sent again."""

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from registry.rosters import Verdict, workbook
from registry.rosters.tables import Language
from registry.surveys.refusals import COLUMNS, SurveyedBeforeBirth
from roster_files import EMPLOYED, HEADERS, UNEMPLOYED, csv_file, person, roster, table, xls_file, xlsx_file

RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BAD = [
    UNEMPLOYED,
    {**person(1), "姓名": "=HYPERLINK(A1)"},
    {**person(2), "联系电话": "138"},
    EMPLOYED,
    {**person(3), "联系电话": "+852-2123-4567"},
]


def _sheets(data: bytes) -> dict[str, list[list[str]]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return {
            name: [
                [str(cell) for cell in line] for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }


def _xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if "worksheets/" in name)


def _runs(data: bytes) -> bool:
    """Whether any cell of the workbook is more than text."""
    return re.search(r"<f[ >/]|<hyperlink|<c [^>]*t=\"(?!s\"|inlineStr\")", _xml(data)) is not None


def test_each_row_says_what_became_of_it_and_which_line_it_was() -> None:
    found = roster(csv_file([["花名册"], *table(BAD)]))
    recorded, early = found.rows[0], SurveyedBeforeBirth.code
    verdicts = {
        ("", recorded.line): Verdict(sheet="", line=recorded.line, verdict="recorded", survey="s", worker="w"),
        ("", 6): Verdict(sheet="", line=6, verdict="refused", code=early, fields=COLUMNS[early]),
    }
    ((name, lines),) = _sheets(workbook(found, verdicts)).items()
    assert name == "名单"
    assert lines[0] == [*HEADERS, "处理结果", "未登记原因", "原因代码", "有误栏目", "原行号"]
    assert lines[1][-5:] == ["已登记", "", "", "", "3"]
    assert lines[3][-5:] == ["未登记", "电话号码格式不正确", "phone_malformed", "联系电话", "5"]
    assert lines[4][-5:-2] == ["未登记", "摸查日期早于出生日期", "surveyed_before_birth"]
    assert lines[4][-2:] == ["摸查日期、公民身份号码", "6"]
    assert lines[4][:2] == [EMPLOYED["姓名"], EMPLOYED["公民身份号码"]]


def test_in_english_too() -> None:
    ((name, lines),) = _sheets(workbook(roster(csv_file(table(BAD))), {}, "en")).items()
    assert name == "Roster"
    assert lines[0][-5:] == ["Result", "Reason", "Reason code", "Field", "Original line"]
    assert lines[3][-5:] == ["Not recorded", "This is no telephone number", "phone_malformed", "phone", "4"]


def test_sheets_keep_their_names_and_those_without_people_are_left_out() -> None:
    data = xlsx_file({"说明": [["一人一行"]], "一村": table(BAD[:1]), "二村": table(BAD[2:])})
    assert [*_sheets(workbook(roster(data), {}))] == ["一村", "二村"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sent_again_it_gives_the_same_drafts_and_its_reasons_are_left_out(language: Language) -> None:
    bad = [{**row, "备注": "-1+1"} for row in BAD]
    for data in (
        csv_file(table(bad, (*HEADERS, "备注")), encoding="gb18030"),
        xlsx_file({"一村": table(bad, ("备注", *HEADERS))}),
        xls_file({"一村": table(bad, (*HEADERS, "备注"))}),
    ):
        first = roster(data)
        again = roster(workbook(first, {}, language))
        assert [row.draft for row in again.rows] == [row.draft for row in first.rows]
        assert [row.finding for row in again.rows] == [row.finding for row in first.rows]
        assert again.ignored_columns == first.ignored_columns == ("备注",)
        assert [sheet.header for sheet in again.sheets] == [sheet.header for sheet in first.sheets]
        third = workbook(again, {}, language)
        assert [row.cells for row in roster(third).rows] == [row.cells for row in again.rows]


def test_no_cell_is_a_formula_or_would_become_one() -> None:
    data = workbook(roster(csv_file(table(BAD, (*HEADERS, "备注")))), {})
    assert not _runs(data)
    (lines,) = _sheets(data).values()
    assert lines[2][0] == "'=HYPERLINK(A1)"
    assert not [cell for line in lines for cell in line if cell.startswith(RUNS)]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=8))
def test_any_text_of_a_cell_comes_back_as_text(texts: list[str]) -> None:
    headers = (*HEADERS, *(f"栏{n}" for n in range(len(texts))))
    rows = [{**UNEMPLOYED, **{f"栏{n}": text for n, text in enumerate(texts)}}]
    found = roster(csv_file(table(rows, headers)))
    data = workbook(found, {})
    assert not _runs(data)
    (lines,) = _sheets(data).values()
    for was, is_now in zip(found.rows[0].cells, lines[1], strict=False):
        assert is_now in {was, "'" + was, *_noncharacters(was)}
        assert not is_now.startswith(RUNS)
    assert roster(data).rows[0].draft == found.rows[0].draft


def _noncharacters(text: str) -> set[str]:
    """XML has no place for them."""
    kept = re.sub("[\ufffe\uffff]", "\ufffd", text)
    return {kept, "'" + kept}


def test_what_a_formula_showed_is_not_taken_before_somebody_looked_at_it() -> None:
    lines = table([UNEMPLOYED])
    lines[1][HEADERS.index("姓名")] = '="王秀英"'
    first = roster(xlsx_file({"名单": lines}))
    data = workbook(first, {})
    assert not _runs(data)
    assert [row.finding for row in roster(data).rows] == [row.finding for row in first.rows]
    assert first.rows[0].finding is not None


def test_nothing_of_the_rows_goes_through_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(FileNotFoundError):
        tempfile.mkstemp()
    for data in (xlsx_file({"名单": table(BAD)}), xls_file({"名单": table(BAD)}), csv_file(table(BAD))):
        assert workbook(roster(data), {})
