"""Rosters as a program reads them that did not write them: python-calamine and the standard library's CSV reader."""

import csv
import io
from collections.abc import Mapping, Sequence

from lb.sample.writing import Roster
from python_calamine import CalamineWorkbook

_CODECS = {"utf8": "utf-8", "utf8-mark": "utf-8-sig", "utf16": "utf-16", "gb18030": "gb18030"}


def grids(roster: Roster) -> Mapping[str, Sequence[Sequence[object]]]:
    """By sheet: lines of cells, the first line first."""
    if roster.file.is_workbook:
        with CalamineWorkbook.from_filelike(io.BytesIO(roster.data)) as book:
            return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    text = roster.data.decode(_CODECS[roster.file.format])
    return {"": list(csv.reader(io.StringIO(text, newline=""), delimiter=roster.file.delimiter))}


def column(roster: Roster, grid: Sequence[Sequence[object]], field: str) -> int:
    """Where the header of the field stands, however it is spaced."""
    wanted = roster.file.headers[field]
    for line in grid:
        texts = [str(cell).replace("\u3000", "") for cell in line]
        if wanted in texts:
            return texts.index(wanted)
    raise LookupError(wanted)


def merged(roster: Roster) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """First and last cell of every merged block, as (line, column) from 0."""
    if not roster.file.is_workbook:
        return []
    with CalamineWorkbook.from_filelike(io.BytesIO(roster.data)) as book:
        return [block for name in book.sheet_names for block in book.get_sheet_by_name(name).merged_cell_ranges or ()]
