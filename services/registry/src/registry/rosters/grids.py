"""A sheet as lines of texts, whatever kind of file it came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from registry.rosters.days import from_1904
from registry.rosters.roster import Limits, Unreadable

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
Area: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Upper left and lower right cell, as (line, column) from 0."""

_EXACT: Final = 1e15
"""Spreadsheet programs keep fifteen digits of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    name: str
    hidden: bool = False
    lines: list[list[str]]
    """From line 0 and column 0 of the sheet."""
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Area, ...] = ()
    from_1904: bool = False


def shown(cell: Cell) -> str:
    """A cell as text from which the same value can be read again; a number that lost digits shows that it did."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _number(float(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def spread(grid: Grid, limits: Limits, *, until: int | None = None, after: int | None = None) -> Grid:
    """What stands in a merged area stands in all of its cells above the line `until`, and in its first column below
    the line `after`: a row is never filled from its side, for that is how notes and totals look. Raises `Unreadable`
    where that is more than the file may have."""
    height = len(grid.lines)
    areas = [area for area in grid.merged if _concerns(area, until, after)]
    cells = sum((min(bottom + 1, height) - top) * (right + 1 - left) for (top, left), (bottom, right) in areas)
    if cells > limits.cells:
        raise Unreadable("roster_too_large", limit=limits.cells, unit="cells")
    lines = [list(line) for line in grid.lines]
    formulas = set(grid.formulas)
    for (top, left), (bottom, right) in areas:
        value = _at(lines, top, left)
        across = right if until is not None else left
        for line in range(top, min(bottom + 1, height)):
            for column in range(left, min(across + 1, len(lines[line]))):
                lines[line][column] = value
                if (top, left) in grid.formulas:
                    formulas.add((line, column))
    return replace(grid, lines=lines, formulas=frozenset(formulas))


def with_days(grid: Grid, columns: Iterable[int]) -> Grid:
    """Columns of days of a workbook that counts from 1904, as other workbooks count."""
    if not grid.from_1904:
        return grid
    chosen = frozenset(columns)
    lines = [[from_1904(text) if at in chosen else text for at, text in enumerate(line)] for line in grid.lines]
    return replace(grid, lines=lines)


def measure(lines: Sequence[Sequence[str]], limits: Limits, *, before: int = 0) -> int:
    """Lines with something in them, with those `before`. Raises `Unreadable` beyond the limits."""
    rows = before + sum(any(line) for line in lines)
    check(rows, len(lines) * max(map(len, lines), default=0), limits)
    return rows


def check(rows: int, cells: int, limits: Limits) -> None:
    """Raises `Unreadable` beyond the limits."""
    if rows > limits.rows:
        raise Unreadable("roster_too_large", limit=limits.rows, unit="rows")
    if cells > limits.cells:
        raise Unreadable("roster_too_large", limit=limits.cells, unit="cells")


def _concerns(area: Area, until: int | None, after: int | None) -> bool:
    top = area[0][0]
    return (until is not None and top < until) or (after is not None and top > after)


def _at(lines: Sequence[Sequence[str]], line: int, column: int) -> str:
    return lines[line][column] if line < len(lines) and column < len(lines[line]) else ""


def _number(number: float) -> str:
    if abs(number) >= _EXACT:
        return f"{number:.14E}"
    return str(int(number)) if number.is_integer() else repr(number)
