"""Rosters as county offices have them: every kind of file, and everything that stands around a table."""

from datetime import date

import pytest
from registry.rosters import Kind, Limits, delimited
from roster_files import EMPLOYED, HEADERS, UNEMPLOYED, csv_file, drafts, person, roster, table, xls_file, xlsx_file

PEOPLE = [UNEMPLOYED, EMPLOYED, person(3)]
LINES = table(PEOPLE)
GOOD = drafts(csv_file(LINES))


def test_a_plain_csv_gives_a_draft_for_each_row() -> None:
    found = roster(csv_file(LINES))
    assert found.kind is Kind.CSV
    assert [(row.sheet, row.line) for row in found.rows] == [("", 2), ("", 3), ("", 4)]
    assert all(GOOD)
    assert found.ignored_columns == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
def test_encoding_and_delimiter_make_no_difference(encoding: str, delimiter: str) -> None:
    assert drafts(csv_file(LINES, encoding=encoding, delimiter=delimiter)) == GOOD


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_something_else_is_divided_as_it_divides_best(delimiter: str) -> None:
    lines = [["甲", "乙、丙", "丁"], ["1", "2", "3"]]
    assert delimited.grid(csv_file(lines, delimiter=delimiter), Limits()).lines == lines


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding: str) -> None:
    assert drafts(csv_file(LINES, encoding=encoding)[2:]) == GOOD


def test_workbooks_of_both_kinds_say_the_same() -> None:
    xlsx, xls = roster(xlsx_file({"名单": LINES})), roster(xls_file({"名单": LINES}))
    assert (xlsx.kind, xls.kind) == (Kind.XLSX, Kind.XLS)
    for found in (xlsx, xls):
        assert [row.draft for row in found.rows] == GOOD
        assert [(row.sheet, row.line) for row in found.rows] == [("名单", 2), ("名单", 3), ("名单", 4)]


def test_the_order_of_columns_makes_no_difference_and_extra_ones_are_named() -> None:
    headers = ("备注", *reversed(HEADERS), "民族")
    found = roster(csv_file(table([{**row, "民族": "彝族", "备注": "=待补"} for row in PEOPLE], headers)))
    assert [row.draft for row in found.rows] == GOOD
    assert found.ignored_columns == ("备注", "民族")


def test_usual_synonyms_with_marks_and_remarks_are_headers_too() -> None:
    renamed = {
        **{"姓名": "* 姓　名", "公民身份号码": "身份证号（18位）", "户籍地": "户籍所在地区划", "联系电话": "手机号："},
        **{"摸查日期": "调查时间\n（年-月-日）", "就业状态": "就业状况【必填】", "人员类别": "群体类别"},
    }
    headers = [renamed.get(header, header) for header in HEADERS]
    assert drafts(csv_file([headers, *LINES[1:]])) == GOOD


def test_titles_blank_lines_notes_totals_and_repeated_headers_are_no_people() -> None:
    dirty = [
        ["威宁县劳动力摸查花名册"],
        ["填报单位：威宁县人力资源和社会保障局", "", "", "填报日期：2026-03-05"],
        [],
        LINES[0],
        [str(n + 1) for n in range(len(HEADERS))],
        LINES[1],
        ["", "　", " \u200b"],
        LINES[0],
        LINES[2],
        LINES[3],
        ["合 计", "3人", *[""] * (len(HEADERS) - 2)],
        ["注：户籍地以户口簿为准。"],
        ["填表人：张三", "审核人：李四", "", "", "13800000001"],
    ]
    for data in (csv_file(dirty), xlsx_file({"名单": dirty}), xls_file({"名单": dirty})):
        found = roster(data)
        assert [row.draft for row in found.rows] == GOOD
        assert [row.line for row in found.rows] == [6, 9, 10]
        assert found.sheets[0].header_line == 4
        assert [line for line in found.sheets[0].skipped if line != 7] == [5, 8, 11, 12, 13]


def test_every_sheet_has_a_header_of_its_own_and_those_without_are_reported() -> None:
    other = tuple(reversed(HEADERS))
    sheets = {
        "填表说明": [["一、身份证号须为18位。"], ["二、一人一行。"]],
        "一村": table(PEOPLE[:2]),
        "二村": [["二村名单"], *table(PEOPLE[2:], other)],
        "联系人": [["姓名", "联系电话", "单位名称"], ["张三", "13800000002", "就业局"]],
        "旧名单": table(PEOPLE),
    }
    found = roster(xlsx_file(sheets, hidden=["旧名单"]))
    assert [row.draft for row in found.rows] == GOOD
    assert [row.sheet for row in found.rows] == ["一村", "一村", "二村"]
    assert [(sheet.name, sheet.status) for sheet in found.sheets] == [
        *(("填表说明", "no_header"), ("一村", "read"), ("二村", "read")),
        *(("联系人", "no_header"), ("旧名单", "hidden")),
    ]


def test_a_header_of_two_lines_with_merged_cells() -> None:
    upper = ["姓名", "公民身份号码", "基本情况", "", "", "就业情况", "", "", "", "摸查日期", "意愿"]
    lower = ["", "", "性别", "户籍地", "人员类别", "就业状态", "形式", "单位名称", "单位联系电话", "", ""]
    lower[6] = "就业形式"
    people = [[row.get(title, "") for title in (*upper[:2], *lower[2:5], "就业状态")] for row in (UNEMPLOYED,)]
    lines = [["花名册"], upper, lower, [*people[0], "", "", "", "2026-03-02", "求职就业"]]
    merges = [(0, 0, 0, 10), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 8), (1, 9, 2, 9), (1, 10, 2, 10)]
    for data in (xlsx_file({"名单": lines}, merges=merges), xls_file({"名单": lines}, merges=merges)):
        (row,) = roster(data).rows
        assert row.draft is not None
        assert (row.line, row.draft.household_region, row.draft.surveyed_on) == (4, "520526", date(2026, 3, 2))
        assert roster(data).sheets[0].header_line == 3


def test_words_of_both_lines_may_make_one_header() -> None:
    upper = ["姓名", "公民身份号码", "户籍", "摸查", "就业", "就业单位"]
    lower = ["", "", "所在地", "日期", "状态", "联系电话"]
    (row,) = roster(
        csv_file([upper, lower, ["王秀英", UNEMPLOYED["公民身份号码"], "威宁县", "2026-03-02", "未就业"]])
    ).rows
    assert row.draft is not None


def test_what_stands_in_merged_cells_holds_for_all_lines_of_them() -> None:
    people = [person(1), person(2, 户籍地=""), person(3, 户籍地=""), person(4, 户籍地="七星关区")]
    column = HEADERS.index("户籍地")
    for data in (
        xlsx_file({"名单": table(people)}, merges=[(1, column, 3, column)]),
        xls_file({"名单": table(people)}, merges=[(1, column, 3, column)]),
    ):
        regions = [row.draft and row.draft.household_region for row in roster(data).rows]
        assert regions == ["520526", "520526", "520526", "520502"]


def test_a_note_that_is_merged_over_the_whole_table_is_no_person() -> None:
    lines = [*table(PEOPLE), ["本表数据截至2026年3月"]]
    found = roster(xlsx_file({"名单": lines}, merges=[(4, 0, 4, len(HEADERS) - 1)]))
    assert len(found.rows) == 3


def test_days_and_numbers_that_the_program_keeps_as_such() -> None:
    row: list[object] = list(LINES[1])
    row[HEADERS.index("出生日期")] = date(1990, 3, 7)
    row[HEADERS.index("摸查日期")] = 46083.0
    row[HEADERS.index("联系电话")] = 13800000000.0
    row[HEADERS.index("户籍地")] = 520526.0
    row[HEADERS.index("认定日期")] = 20240101.0
    for data in (xlsx_file({"名单": [LINES[0], row]}), xls_file({"名单": [LINES[0], row]})):
        assert drafts(data) == GOOD[:1]


def test_a_workbook_that_counts_from_1904_says_the_same_days() -> None:
    row: list[object] = list(LINES[1])
    row[HEADERS.index("出生日期")] = date(1990, 3, 7)
    row[HEADERS.index("摸查日期")] = 46083 - 1462
    assert drafts(xlsx_file({"名单": [LINES[0], row]}, from_1904=True)) == GOOD[:1]


def test_sheets_of_charts_hold_no_people() -> None:
    found = roster(xlsx_file({"名单": LINES}, chart="图"))
    assert [row.draft for row in found.rows] == GOOD
    assert [sheet.name for sheet in found.sheets] == ["名单"]


def test_the_same_person_in_two_sheets_is_there_once() -> None:
    found = roster(xlsx_file({"一": table([UNEMPLOYED]), "二": table([UNEMPLOYED, EMPLOYED])}))
    assert [row.finding and row.finding.code for row in found.rows] == [None, "duplicate_in_file", None]


def test_two_columns_of_one_name_are_the_worker_and_the_employer() -> None:
    headers = ["联系电话" if header == "单位联系方式" else header for header in HEADERS]
    assert drafts(csv_file([headers, *LINES[1:]])) == GOOD


def test_the_default_of_the_upload_stands_in_for_columns_and_cells() -> None:
    headers = [header for header in HEADERS if header not in ("采集渠道", "采集方式")]
    (row,) = roster(csv_file(table([UNEMPLOYED], headers))).rows
    assert row.draft == GOOD[0]
    (row,) = roster(csv_file(table([{**UNEMPLOYED, "采集渠道": " / "}]))).rows
    assert row.draft == GOOD[0]
