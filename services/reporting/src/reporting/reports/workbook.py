"""A report as a printable form (R-STA-07, R-STA-22): numbers in rows, regions in columns, both times and the digest."""

import csv
import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reporting.reports.bodies import named, versions
from reporting.reports.calendar import Obligation
from reporting.reports.events import Number
from reporting.reports.views.reports import ReportRow, Version

_A4: Final = 9
_LABEL_WIDTH: Final = 34
_WIDTH: Final = 14
_TABLE_FROM: Final = 8
_YUAN: Final = '#,##0.00"元"'


class _Label(NamedTuple):
    name: str
    text: str
    is_money: bool


class _Looks(NamedTuple):
    title: Format
    text: Format
    head: Format
    persons: Format
    yuan: Format


def workbook(row: ReportRow, obligation: Obligation) -> bytes:
    """XLSX with a sheet for the report as frozen and one for each restatement."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    looks = _Looks(
        title=book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        text=book.add_format({"num_format": "@"}),
        head=book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
        persons=book.add_format({"border": 1, "num_format": "#,##0"}),
        yuan=book.add_format({"border": 1, "num_format": _YUAN}),
    )
    for version in versions(row):
        page = book.add_worksheet(f"重述{version.restatement}" if version.restatement else "报表")
        _lay_out(page)
        _write_head(page, row, version, obligation, looks)
        _write_table(page, version, looks)
    book.close()
    return target.getvalue()


def _lay_out(page: Worksheet) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(_TABLE_FROM)
    page.set_footer("&C&P / &N")
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, 100, _WIDTH)


def _write_head(page: Worksheet, row: ReportRow, version: Version, obligation: Obligation, looks: _Looks) -> None:
    page.merge_range(0, 0, 0, max(1, len(version.rows) + 1), f"{obligation.zh} {obligation.en}", looks.title)
    on_time = "按时 on time" if row.frozen_on <= row.due_on else "逾期 late"
    for line, (label, text) in enumerate(
        (
            ("填报地区 Region", f"{row.name}（{row.region}）"),
            ("报告期 Period", row.period),
            ("统计截止日 As of", row.as_of.isoformat()),
            ("已知截至 Known at", f"{version.known_at} @ {row.incarnation}"),
            ("固化 Frozen", f"{row.frozen_on.isoformat()}（期限 due {row.due_on.isoformat()}，{on_time}）"),
            ("报送 To", "、".join(row.recipients)),
            ("摘要 SHA-256", version.digest),
        ),
        1,
    ):
        page.write_string(line, 0, label, looks.text)
        page.write_string(line, 1, text, looks.text)


def _write_table(page: Worksheet, version: Version, looks: _Looks) -> None:
    columns: Sequence[tuple[str, Sequence[Number]]] = (
        ("合计 Total", version.numbers),
        *((each.name, each.numbers) for each in version.rows),
    )
    page.write_string(_TABLE_FROM, 0, "指标 Number", looks.head)
    for column, (title, numbers) in enumerate(columns, 1):
        page.write_string(_TABLE_FROM, column, title, looks.head)
        _write_column(page, column, named(numbers), looks)
    for line, label in enumerate(_labels(), _TABLE_FROM + 1):
        page.write_string(line, 0, label.text, looks.head)


def _write_column(page: Worksheet, column: int, numbers: dict[str, int], looks: _Looks) -> None:
    for line, label in enumerate(_labels(), _TABLE_FROM + 1):
        value = numbers.get(label.name, 0)
        if label.is_money:
            page.write_number(line, column, value / 100, looks.yuan)
        else:
            page.write_number(line, column, value, looks.persons)


@cache
def _labels() -> tuple[_Label, ...]:
    lines = (files("reporting") / "data" / "numbers.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_Label(row["name"], f"{row['zh']} {row['en']}", row["unit"] == "fen") for row in csv.DictReader(lines))
