"""Grids to bytes: XLSX, XLS, and text in the encodings and delimiters that spreadsheet programs write."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, assert_never

import xlsxwriter
import xlwt

from lb.sample.cells import Cell, Formula
from lb.sample.files import RosterFile
from lb.sample.layout import Sheet

_SAVED: Final = datetime(2026, 6, 30, 9, 0)  # noqa: DTZ001 workbooks know no time zone
_DAY: Final = "yyyy/m/d"


def render(file: RosterFile, sheets: Sequence[Sheet]) -> bytes:
    """The file's content, the same for the same sheets."""
    match file.format:
        case "xlsx":
            return _xlsx(sheets)
        case "xls":
            return _xls(sheets)
        case "utf8":
            return _text(file, sheets[0]).encode("utf-8")
        case "utf8-mark":
            return _text(file, sheets[0]).encode("utf-8-sig")
        case "utf16":
            mark, codec = (b"\xfe\xff", "utf-16-be") if file.big_endian else (b"\xff\xfe", "utf-16-le")
            return mark + _text(file, sheets[0]).encode(codec)
        case "gb18030":
            return _text(file, sheets[0]).encode("gb18030")
        case _:
            assert_never(file.format)


def _text(file: RosterFile, sheet: Sheet) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=file.delimiter, lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in line] for line in sheet.grid)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    """As a spreadsheet program shows the cell when it saves a sheet as text; a formula as a clerk typed it."""
    match cell:
        case Formula():
            return f"={cell.text}"
        case date():
            return f"{cell.year}/{cell.month}/{cell.day}"
        case float():
            return f"{cell:.5E}"
        case _:
            return str(cell)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _SAVED})
        day = book.add_format({"num_format": _DAY})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for place in sheet.merges:
                page.merge_range(*place, "")
            for line, cells in enumerate(sheet.grid):
                for column, cell in enumerate(cells):
                    match cell:
                        case "":
                            continue
                        case str():
                            page.write_string(line, column, cell)
                        case Formula():
                            page.write_formula(line, column, f"={cell.text}", None, cell.shown)
                        case date():
                            page.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                        case _:
                            page.write_number(line, column, cell)
    return out.getvalue()


def _xls(sheets: Sequence[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str=_DAY)
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for line, column, last_line, last_column in sheet.merges:
            page.merge(line, last_line, column, last_column)
        for line, cells in enumerate(sheet.grid):
            for column, cell in enumerate(cells):
                match cell:
                    case "":
                        continue
                    case Formula():
                        page.write(line, column, xlwt.Formula(cell.text))
                    case date():
                        page.write(line, column, cell, day)
                    case _:
                        page.write(line, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
