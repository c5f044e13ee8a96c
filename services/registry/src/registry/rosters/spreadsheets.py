"""XLSX and XLS workbooks to grids: calamine reads values, after what they cost was measured."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from registry.rosters import packages, sheet_parts, sheet_records
from registry.rosters.grids import Grid, check, measure, shown
from registry.rosters.roster import Kind, Limits, Unreadable
from registry.rosters.sheet_parts import Extent

_SHEETS: Final = 200


def survey(data: bytes, kind: Kind, limits: Limits) -> tuple[io.BytesIO, list[Extent], bool]:
    """What the reader of values may be given, how far each sheet of it reaches, and whether days count from 1904.
    Raises `Unreadable`."""
    if kind is Kind.XLS:
        extents, from_1904 = sheet_records.extents(data, limits)
        return io.BytesIO(data), extents, from_1904
    parts = packages.unpack(data, limits)
    workbook = sheet_parts.workbook(parts)
    if len(workbook.parts) > _SHEETS or len(set(workbook.parts)) != len(workbook.parts):
        raise Unreadable("roster_broken")
    extents = [sheet_parts.extent(parts[name], limits) if name else Extent() for name in workbook.parts]
    check(sum(each.rows for each in extents), sum(each.cells() for each in extents), limits)
    return packages.pack(parts), extents, workbook.from_1904


def grids(data: bytes, kind: Kind, limits: Limits) -> list[Grid]:
    """The sheets that hold cells, in their order. Raises `Unreadable`."""
    file, extents, from_1904 = survey(data, kind, limits)
    found: list[Grid] = []
    rows = 0
    with _readable(), CalamineWorkbook.from_filelike(file) as workbook:
        sheets = workbook.sheets_metadata
        if len(sheets) != len(extents):
            raise Unreadable("roster_broken")
        for index, (meta, extent) in enumerate(zip(sheets, extents, strict=True)):
            if meta.typ is SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_index(index)
                visible = meta.visible is SheetVisibleEnum.Visible
                found.append(_grid(sheet, meta.name, extent, from_1904=from_1904, hidden=not visible))
                rows = measure(found[-1].lines, limits, before=rows)
    return _distinct(found)


def _grid(sheet: CalamineSheet, name: str, extent: Extent, *, from_1904: bool, hidden: bool) -> Grid:
    lines = [list(map(shown, line)) for line in sheet.to_python(skip_empty_area=False)]
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(
        name=name,
        hidden=hidden,
        lines=lines,
        formulas=frozenset(extent.formulas),
        merged=merged,
        from_1904=from_1904,
    )


def _distinct(found: list[Grid]) -> list[Grid]:
    """Programs allow a name once; a file that does not is broken, for verdicts name rows by sheet."""
    names = [each.name.casefold() for each in found]
    if len(set(names)) != len(names):
        raise Unreadable("roster_broken")
    return found


@contextmanager
def _readable() -> Iterator[None]:
    """What the reader of values says of a file it cannot read. Its own panics are no `Exception`."""
    try:
        yield
    except Unreadable:
        raise
    except PasswordError:
        raise Unreadable("roster_encrypted") from None
    except Exception:
        raise Unreadable("roster_broken") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("roster_broken") from None
