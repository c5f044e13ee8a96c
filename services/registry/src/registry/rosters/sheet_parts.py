"""What the XML of an XLSX workbook says beside values: which cells hold formulas and how far a sheet reaches.

Parts may not declare document types, so there are no entities to expand. (xml.parsers.expat is the parser that the
safe wrappers use; it keeps no tree, so a part costs no memory.)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from registry.rosters.grids import check
from registry.rosters.roster import Limits, Unreadable

_CELL: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_VALUES: Final = frozenset(("v", "is", "f"))
_IN_CELL: Final = frozenset(("c", "f"))
"""What a value comes right after; elements of the same names stand in rules of formatting too."""
_FILLED: Final = frozenset(("array", "dataTable"))
"""Kinds of a formula that stands in one cell and fills an area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    parts: tuple[str, ...]
    """The part of each sheet, in the order of the workbook."""
    from_1904: bool


@dataclass(slots=True)
class Extent:
    """What is known of a sheet before its values are read; lines and columns from 0."""

    rows: int = 0
    last_line: int = -1
    last_column: int = -1
    formulas: set[tuple[int, int]] = field(default_factory=set)

    def cells(self) -> int:
        return (self.last_line + 1) * (self.last_column + 1)


def workbook(parts: dict[str, bytes]) -> Workbook:
    """Which part each sheet is in. Raises `Unreadable`."""
    content = {name.casefold(): (name, data) for name, data in parts.items()}
    targets: dict[str, str] = {}
    sheets: list[str] = []
    flags: list[bool] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.extend(value for name, value in attributes.items() if name.endswith(":id"))
        elif tag == "workbookPr":
            flags.append(attributes.get("date1904") in {"1", "true", "on"})

    _walk(content.get("xl/_rels/workbook.xml.rels", ("", b""))[1], relation)
    _walk(content.get("xl/workbook.xml", ("", b""))[1], sheet)
    named = [content.get(_place(targets.get(each, "")).casefold(), ("", b""))[0] for each in sheets]
    return Workbook(parts=tuple(named), from_1904=any(flags))


def extent(part: bytes, limits: Limits) -> Extent:
    """How far a sheet reaches, and its formulas. Raises `Unreadable`, also beyond the limits."""
    found = Extent()
    line, column, before = -1, -1, ""
    columns: dict[str, int] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal line, column, before
        if tag == "c":
            reference = attributes.get("r")
            line, column = _cell(reference, columns) if reference else (line, column + 1)
        elif tag in _VALUES and before in _IN_CELL:
            _reach(found, line, column)
            if tag == "f":
                _formula(found.formulas, (line, column), attributes, limits)
        elif tag == "row":
            line, column = int(attributes.get("r", line + 2)) - 1, -1
        before = tag

    _walk(part, start)
    check(found.rows, found.cells(), limits)
    return found


def _reach(found: Extent, line: int, column: int) -> None:
    if line < 0 or column < 0:
        raise Unreadable("roster_broken")
    if line > found.last_line:
        found.rows += 1
        found.last_line = line
    if column > found.last_column:
        found.last_column = column


def _formula(formulas: set[tuple[int, int]], cell: tuple[int, int], attributes: dict[str, str], limits: Limits) -> None:
    formulas.add(cell)
    if attributes.get("t") in _FILLED:
        first, _, last = attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = _cell(first, {}), _cell(last or first, {})
        check(0, len(formulas) + max(0, bottom - top + 1) * max(0, right - left + 1), limits)
        formulas.update((line, column) for line in range(top, bottom + 1) for column in range(left, right + 1))


def _cell(reference: str, columns: dict[str, int]) -> tuple[int, int]:
    found = _CELL.fullmatch(reference)
    if found is None:
        raise Unreadable("roster_broken")
    letters, digits = found.groups()
    column = columns.get(letters)
    if column is None:
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        columns[letters] = column
    return int(digits) - 1, column - 1


def _place(target: str) -> str:
    """Targets are relative to the workbook's folder, or begin at the root."""
    return target[1:] if target.startswith("/") else target if target.startswith("xl/") else f"xl/{target}"


def _walk(part: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    """Calls with the local name and the attributes of each element."""

    def element(name: str, attributes: dict[str, str]) -> None:
        start(name if ":" not in name else name.rpartition(":")[2], attributes)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = element
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable("roster_broken") from None


def _refuse(*_: object) -> None:
    raise Unreadable("roster_broken")
