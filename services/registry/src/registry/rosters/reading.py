"""A file's bytes to a roster: what kind it is, its sheets, its rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from registry.rosters import delimited, headers, packages, sheet_records, spreadsheets, values
from registry.rosters.drafts import draft
from registry.rosters.grids import Grid, spread, with_days
from registry.rosters.headers import MANDATORY, Header
from registry.rosters.refusals import Refusal
from registry.rosters.roster import (
    Defaults,
    Draft,
    Finding,
    Kind,
    Limits,
    PaidTo,
    Roster,
    Row,
    Sheet,
    SheetStatus,
    Unreadable,
)
from registry.rosters.rows import is_person

_OTHER_KINDS: Final = (
    *(
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b",
        b"{\\rtf",
        b"\x09\x08\x10\x00",
    ),
    *(b"PK\x05\x06", b"PK\x07\x08", b"<?xml", b"<!DOCTYPE", b"<html", b"<HTML", b"<!doctype"),
)
"""What is often sent with a name that says otherwise, pages of a browser saved as tables among them."""
_COMPARED: Final = frozenset(("sex", "birth_date"))
"""Only held against the number: clerks work them out from it by formulas, and what those show will do."""
_DEFAULTED: Final = ("surveyed_on", "channel", "capture_method")
_DAYS: Final = ("surveyed_on", "birth_date", "group_since")


def kind_of(data: bytes, limits: Limits) -> Kind:
    """By the first bytes, for names of files lie. Raises `Unreadable`."""
    if len(data) > limits.bytes:
        raise Unreadable("roster_too_large", limit=limits.bytes, unit="bytes")
    if not data or data.isspace():
        raise Unreadable("roster_empty")
    if data.startswith(packages.MAGIC):
        return Kind.XLSX
    if data.startswith(sheet_records.MAGIC):
        return Kind.XLS
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OTHER_KINDS):
        raise Unreadable("roster_kind_unsupported")
    return Kind.CSV


def inspect(data: bytes, limits: Limits, defaults: Defaults | None = None) -> Kind:
    """The kind of file, after everything was checked that needs no look at single rows: size, packing, encryption,
    lines and cells, header and columns. Without defaults, columns that an upload can stand in for are taken as stood
    in for. Raises `Unreadable`."""
    kind = kind_of(data, limits)
    for grid, header in _headed(data, kind, limits, defaults):
        if header is not None:
            check_columns(header, grid.name, defaults)
    return kind


def read(data: bytes, limits: Limits, defaults: Defaults) -> Roster:
    """All rows, in the order of the file. Raises `Unreadable`, also for a file without a header or without columns
    that every row needs."""
    kind = kind_of(data, limits)
    sheets: list[Sheet] = []
    rows: list[Row] = []
    taken: set[str] = set()
    for grid, header in _headed(data, kind, limits, defaults):
        sheet, own = _sheet(grid, header, limits, defaults, taken)
        sheets.append(sheet)
        rows += own
    return Roster(kind=kind, sheets=tuple(sheets), ignored_columns=_ignored(sheets), rows=tuple(rows))


def check_columns(header: Header, sheet: str, defaults: Defaults | None) -> None:
    """Raises `Unreadable` with the fields that the header has no column for and the upload no default."""
    missing = [field for field in MANDATORY if not _has(header, field) and not _is_given(field, defaults)]
    if missing:
        raise Unreadable("roster_columns_missing", columns=missing, sheet=sheet)


def _is_given(field: str, defaults: Defaults | None) -> bool:
    return field in _DEFAULTED and (defaults is None or getattr(defaults, field) is not None)


def _headed(data: bytes, kind: Kind, limits: Limits, defaults: Defaults | None) -> list[tuple[Grid, Header | None]]:
    """The sheets, and the headers of those that hold people: only such name the column of their numbers."""
    grids = [delimited.grid(data, limits)] if kind is Kind.CSV else spreadsheets.grids(data, kind, limits)
    found = [(grid, None if grid.hidden else _header(grid, limits)) for grid in grids]
    if not any(_has(header, "number") for _, header in found):
        named = [header for _, header in found if header]
        if not named:
            raise Unreadable("roster_header_missing")
        check_columns(max(named, key=lambda header: len(header.columns())), "", defaults)
    return [(grid, header if _has(header, "number") else None) for grid, header in found]


def _header(grid: Grid, limits: Limits) -> Header | None:
    top = replace(grid, lines=grid.lines[: headers.WITHIN + 1])
    return headers.find(spread(top, limits, until=len(top.lines)).lines)


def _has(header: Header | None, field: str) -> bool:
    return header is not None and field in header.fields


def _sheet(
    grid: Grid, header: Header | None, limits: Limits, defaults: Defaults, taken: set[str]
) -> tuple[Sheet, list[Row]]:
    if header is None:
        status: SheetStatus = "hidden" if grid.hidden else "no_header"
        return Sheet(name=grid.name, status=status, header_line=None, header=(), fields=(), skipped=()), []
    check_columns(header, grid.name, defaults)
    columns = header.columns()
    grid = with_days(spread(grid, limits, after=header.line), [columns[each] for each in _DAYS if each in columns])
    width = max(map(len, grid.lines))
    kept = [at for at in range(width) if at >= len(header.titles) or not headers.is_reason(header.titles[at])]
    rows: list[Row] = []
    skipped: list[int] = []
    for at in range(header.line + 1, len(grid.lines)):
        line = grid.lines[at]
        if is_person(line, header, columns):
            rows.append(_row(grid, at, columns, kept, defaults, taken))
        elif any(text.strip() for text in line):
            skipped.append(at + 1)
    sheet = Sheet(
        name=grid.name,
        status="read",
        header_line=header.line + 1,
        header=_padded(header.titles, kept),
        fields=tuple(header.fields[at] if at < len(header.fields) else None for at in kept),
        skipped=tuple(skipped),
    )
    return sheet, rows


def _row(grid: Grid, at: int, columns: dict[str, int], kept: list[int], defaults: Defaults, taken: set[str]) -> Row:
    line = grid.lines[at]
    cells = {field: line[column] for field, column in columns.items() if column < len(line)}
    formulas = _formulas(grid, at, columns) if grid.formulas else frozenset()
    found: Draft | None = None
    paid_to: PaidTo | None = None
    finding: Finding | None = None
    try:
        drafted = draft(cells, formulas, defaults, taken)
        paid_to = values.paid_to(cells.get("account", ""), cells.get("bank", ""))
        found = drafted
        taken.add(found.number)
    except Refusal as refusal:
        finding = refusal.finding
    if formulas:
        line = _marked(line, [columns[field] for field in formulas])
    return Row(sheet=grid.name, line=at + 1, cells=_padded(line, kept), draft=found, finding=finding, paid_to=paid_to)


def _formulas(grid: Grid, at: int, columns: dict[str, int]) -> frozenset[str]:
    return frozenset(field for field, column in columns.items() if (at, column) in grid.formulas) - _COMPARED


def _marked(line: list[str], formulas: list[int]) -> list[str]:
    """What formulas showed, as text that is still refused: somebody has to look at it before it is taken."""
    return [f"={text}" if at in formulas else text for at, text in enumerate(line)]


def _padded(line: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    filled = line if not kept or kept[-1] < len(line) else (*line, *[""] * (kept[-1] + 1 - len(line)))
    return tuple([filled[at] for at in kept])


def _ignored(sheets: list[Sheet]) -> tuple[str, ...]:
    """Headers that give no field, each once."""
    named = (
        title.strip()
        for sheet in sheets
        for title, field in zip(sheet.header, sheet.fields, strict=True)
        if field is None and title.strip()
    )
    return tuple(dict.fromkeys(named))
