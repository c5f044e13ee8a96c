"""Rosters as files of every kind that an office sends, from rows of texts under headers."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter
import xlwt
from made_up_numbers import number
from registry.rosters import Defaults, Draft, Limits, Roster, read

Row = Mapping[str, str]
Merge = tuple[int, int, int, int]
"""First line, first column, last line, last column, from 0."""

HEADERS = (
    *("姓名", "公民身份号码", "性别", "出生日期", "联系电话", "户籍地", "人员类别", "认定日期", "摸查日期", "采集渠道"),
    *("采集方式", "就业状态", "就业形式", "就业地", "就业单位名称", "单位联系方式", "意愿"),
)
DEFAULTS = Defaults(
    today=date(2026, 6, 1), province="520000", channel="TOWNSHIP_GOVERNMENT", capture_method="FIELD_SURVEY"
)
UNEMPLOYED = {
    **{"姓名": "王秀英", "公民身份号码": number("19900307", 2), "性别": "女", "出生日期": "1990-03-07"},
    **{
        "联系电话": "13800000000",
        "户籍地": "威宁彝族回族苗族自治县",
        "人员类别": "防止返贫监测对象",
        "认定日期": "2024-01-01",
    },
    **{
        "摸查日期": "2026-03-02",
        "采集渠道": "乡镇政府",
        "采集方式": "摸排调查",
        "就业状态": "未就业",
        "意愿": "求职就业",
    },
}
EMPLOYED = {
    **{"姓名": "阿卜力孜·买买提", "公民身份号码": number("19850712", 13), "性别": "男", "户籍地": "520502"},
    **{"摸查日期": "2026-03-03", "采集渠道": "零工市场", "采集方式": "信息共享", "就业状态": "已就业"},
    **{"就业形式": "企业用工", "就业地": "广东省东莞市", "就业单位名称": "东莞示范电子有限公司"},
    **{"单位联系方式": "0769-82220000", "意愿": "参加职业培训、求职就业"},
}


def person(n: int, **changes: str) -> dict[str, str]:
    """One of many who are not employed; `changes` by header."""
    born = f"{1970 + n % 30}{1 + n % 12:02}{1 + n % 28:02}"
    return {
        **UNEMPLOYED,
        "姓名": f"李{chr(0x4E00 + n)}",
        "公民身份号码": number(born, n % 1000),
        "性别": "男" if n % 2 else "女",
        "出生日期": f"{born[:4]}-{born[4:6]}-{born[6:]}",
        **changes,
    }


def table(rows: Sequence[Row], headers: Sequence[str] = HEADERS) -> list[list[str]]:
    """The lines of a sheet: the header, and each row under it."""
    return [list(headers), *([row.get(header, "") for header in headers] for row in rows)]


def csv_file(lines: Sequence[Sequence[str]], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """As programs save it, with the mark that the encoding has."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    return marks.get(encoding, b"") + out.getvalue().encode(encoding)


def xlsx_file(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    merges: Sequence[Merge] = (),
    hidden: Sequence[str] = (),
    shown: Mapping[str, object] | None = None,
    chart: str = "",
    from_1904: bool = False,
) -> bytes:
    """Texts as texts, numbers and days as what they are, what begins with = as a formula, which showed
    its `shown` when it was saved; merges on every sheet; `chart` names a first sheet that holds one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": from_1904}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        if chart:
            drawn = book.add_chart({"type": "column"})
            drawn.add_series({"values": [next(iter(sheets)), 1, 0, 2, 0]})
            book.add_chartsheet(chart).set_chart(drawn)
        for name, lines in sheets.items():
            page = book.add_worksheet(name)
            if name in hidden:
                page.hide()
            for place in merges:
                page.merge_range(*place, "")
            for at, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if isinstance(cell, date):
                        page.write_datetime(at, column, cell, day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        page.write_formula(at, column, cell, None, (shown or {}).get(cell, 0))
                    elif cell != "":
                        page.write(at, column, cell)
    return out.getvalue()


def xls_file(sheets: Mapping[str, Sequence[Sequence[object]]], *, merges: Sequence[Merge] = ()) -> bytes:
    """The same in the format of before 2007."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for name, lines in sheets.items():
        page = book.add_sheet(name)
        for top, left, bottom, right in merges:
            page.merge(top, bottom, left, right)
        for at, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    page.write(at, column, cell, day)
                elif isinstance(cell, str) and cell.startswith("="):
                    page.write(at, column, xlwt.Formula(cell[1:]))
                elif cell != "":
                    page.write(at, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def roster(data: bytes, defaults: Defaults = DEFAULTS) -> Roster:
    """Read with usual limits."""
    return read(data, Limits(), defaults)


def drafts(data: bytes) -> list[Draft | None]:
    """Of all rows; None where one is refused."""
    return [row.draft for row in roster(data).rows]


def verdict(changes: Row, *, base: Row = UNEMPLOYED, defaults: Defaults = DEFAULTS) -> tuple[str, ...] | None:
    """What reading finds in a row of its own: code and fields."""
    (row,) = roster(csv_file(table([{**base, **changes}])), defaults).rows
    return (row.finding.code, *row.finding.fields) if row.finding else None
