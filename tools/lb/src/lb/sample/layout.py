"""A roster as a grid of cells, with everything that county offices put around a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from lb.sample import tables
from lb.sample.cells import Cell
from lb.sample.files import RosterFile
from lb.sample.planning import Row

_SHEETS: Final = ("花名册", "花名册（续）", "补录")
_PROSE: Final = (
    "填表说明",
    ("一、身份证号须为18位，按文本格式填写。", "二、就业状态填写已就业或未就业。", "三、一人一行。"),
)
_NOTES: Final = ("注：户籍地以户口簿为准，电话须能打通。", "填表人：        审核人：        填表日期：")
_TOTAL: Final = "合计"


@dataclass(slots=True, kw_only=True)
class Sheet:
    """Rows of cells from the first line on. `merges`: first line, first column, last line, last column, from 0."""

    name: str
    grid: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: list[tuple[int, Row]] = field(default_factory=list)
    """The line of each planned row, from 1."""


def lay_out(file: RosterFile, rows: Sequence[Row], chance: Random) -> list[Sheet]:
    """The sheets of a workbook, or the one without a name of a text file."""
    parts = list(_parted(rows, file.sheets))
    sheets = [_sheet(file, _SHEETS[n] if file.is_workbook else "", part, chance) for n, part in enumerate(parts)]
    if file.is_workbook and file.notes:
        name, lines = _PROSE
        sheets.insert(chance.choice((0, len(sheets))), Sheet(name=name, grid=[[line] for line in lines]))
    return sheets


def _parted(rows: Sequence[Row], parts: int) -> Iterator[Sequence[Row]]:
    """In order, so that the second of two rows stays the second."""
    size = -(-len(rows) // parts)
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def _sheet(file: RosterFile, name: str, rows: Sequence[Row], chance: Random) -> Sheet:
    sheet = Sheet(name=name)
    _titles(file, sheet)
    sheet.grid.append([_header(file, column, chance) for column in file.columns])
    for nth, row in enumerate(rows, 1):
        if file.blank_lines and chance.random() < 0.08:
            sheet.grid.append([""] * len(file.columns))
        sheet.grid.append(_cells(file, row, nth, chance))
        sheet.rows.append((len(sheet.grid), row))
    if file.merged_regions:
        _merge_regions(file, sheet, chance)
    if file.total:
        sheet.grid.append([_TOTAL, f"共{len(rows)}人", *[""] * (len(file.columns) - 2)])
    if file.notes:
        sheet.grid.append([""] * len(file.columns))
        sheet.grid.extend([note] for note in _NOTES)
    return sheet


def _titles(file: RosterFile, sheet: Sheet) -> None:
    for title in (f"{file.county.name}劳动力摸查花名册", f"填报单位：{file.county.name}人力资源和社会保障局")[
        : file.titles
    ]:
        line = len(sheet.grid)
        sheet.grid.append([title, *[""] * (len(file.columns) - 1)])
        sheet.merges.append((line, 0, line, len(file.columns) - 1))


def _header(file: RosterFile, column: str, chance: Random) -> str:
    text = file.headers.get(column, column)
    if len(text) == 2 and chance.random() < file.wording.carelessness:
        return f"{text[0]}\u3000{text[1]}"
    return text


def _cells(file: RosterFile, row: Row, nth: int, chance: Random) -> list[Cell]:
    written = {**file.wording.cells(row.survey, chance), **row.cells}
    return [written[column] if column in written else _extra(column, nth, chance) for column in file.columns]


def _extra(column: str, nth: int, chance: Random) -> Cell:
    values = tables.extras()[column]
    return chance.choice(values) if values else nth


def _merge_regions(file: RosterFile, sheet: Sheet, chance: Random) -> None:
    """The clerk merges the cells of neighbours from one place: only the first keeps its text."""
    column = file.columns.index("household_region")
    lines = [line - 1 for line, row in sheet.rows if "household_region" not in row.cells]
    while lines:
        first = lines.pop(0)
        last = first
        while lines and lines[0] == last + 1 and last - first < 3 and chance.random() < 0.6:
            last = lines.pop(0)
            sheet.grid[last][column] = ""
        if last > first:
            sheet.merges.append((first, column, last, column))
