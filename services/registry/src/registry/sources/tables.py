"""Tables of other systems as rows of texts by our names of the columns; read as rosters are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from registry.rosters import delimited, spreadsheets
from registry.rosters.grids import Grid
from registry.rosters.reading import kind_of
from registry.rosters.roster import Kind, Limits, Unreadable
from registry.rosters.text import key
from registry.sources.system import System, names_of

WITHIN: Final = 20
"""Lines in which a header is looked for: titles stand above it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row by our names of its columns."""

    line: int
    """From 1, as spreadsheet programs count."""
    texts: Mapping[str, str]
    formulas: frozenset[str] = frozenset()
    """Fields whose cell holds a formula, or would become one."""


def rows(system: System, data: bytes, limits: Limits) -> Iterator[Cells]:
    """The rows of the first visible sheet that has all columns that the system must have. rosters.Unreadable."""
    kind = kind_of(data, limits)
    grids = [delimited.grid(data, limits)] if kind is Kind.CSV else spreadsheets.grids(data, kind, limits)
    missing: set[str] = {column.names[0] for column in system.columns if column.required}
    for grid in (each for each in grids if not each.hidden):
        for at, line in enumerate(grid.lines[:WITHIN]):
            places = _places(system, line)
            lacks = {column.names[0] for column in system.columns if column.required and column.field not in places}
            if not lacks:
                return _below(grid, at, places)
            missing = min(missing, lacks, key=len)
    raise Unreadable("roster_columns_missing", columns=sorted(missing))


def _places(system: System, header: Sequence[str]) -> dict[str, int]:
    """Our field -> column, for a line that may be the header."""
    there = {key(text).strip("*"): n for n, text in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for column in system.columns:
        place = next((there[key(name)] for name in names_of(column) if key(name) in there), None)
        if place is not None:
            found[column.field] = place
    return found


def _below(grid: Grid, header: int, places: Mapping[str, int]) -> Iterator[Cells]:
    for at in range(header + 1, len(grid.lines)):
        line = grid.lines[at]
        texts = {field: line[n] for field, n in places.items() if n < len(line)}
        if any(text.strip() for text in texts.values()):
            runs = (field for field, text in texts.items() if (at, places[field]) in grid.formulas or _runs(text))
            yield Cells(at + 1, texts, frozenset(runs))


def _runs(text: str) -> bool:
    """Whether a spreadsheet program would run it; a telephone number may begin with a plus."""
    return text.lstrip().startswith(("=", "+", "@")) and not text.lstrip("+ ")[:1].isdigit()
