"""Which line of a sheet names its columns, and what it names them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from registry.rosters import tables
from registry.rosters.text import key, narrow

WITHIN: Final = 60
"""Titles, notes and blank lines that may stand above."""
LEAST: Final = 3
"""Fields that a line must name to be a header: less is a title or a list of something else."""
MANDATORY: Final = (
    "name",
    "number",
    "household_region",
    "surveyed_on",
    "employment_status",
    "channel",
    "capture_method",
)

REASON_COLUMNS: Final = {
    "zh": ("处理结果", "未登记原因", "原因代码", "有误栏目", "原行号"),
    "en": ("Result", "Reason", "Reason code", "Field", "Original line"),
}
"""What a verdict workbook adds; known and left out when it comes back."""

_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|[*:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The last line of the header, from 0; what stands above each column, and the field it gives."""

    line: int
    titles: tuple[str, ...]
    fields: tuple[str | None, ...]

    def columns(self) -> dict[str, int]:
        """Field -> index of its column."""
        return {field: index for index, field in enumerate(self.fields) if field is not None}


def find(lines: Sequence[Sequence[str]]) -> Header | None:
    """The header among the first lines of a sheet, of one line or of two, whose merged cells are already spread."""
    near = [_header(index, line) for index, line in enumerate(lines[: WITHIN + 1])]
    for index, alone in enumerate(near[:WITHIN]):
        below = near[index + 1] if index + 1 < len(near) else _header(index + 1, ())
        both = _header(index + 1, _joined(alone.titles, below.titles))
        if _names(both) >= LEAST and _names(both) > max(_names(alone), _names(below)):
            return both
        if _names(alone) >= LEAST and _names(alone) >= _names(below):
            return alone
    return None


def is_reason(title: str) -> bool:
    return key(title) in _reason_keys()


@lru_cache(maxsize=4096)
def named(title: str) -> tuple[str, ...]:
    """The fields that a header may give, with or without what stands in brackets."""
    known = tables.headers()
    return known.get(key(title)) or known.get(key(_ASIDE.sub("", narrow(title)))) or ()


def _header(line: int, titles: Sequence[str]) -> Header:
    given: list[str | None] = []
    for title in titles:
        given.append(next((field for field in named(title) if field not in given), None))
    return Header(line=line, titles=tuple(titles), fields=tuple(given))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Both words of each column as one where that is a known one, else the lower or the upper, whichever is known."""
    width = max(len(upper), len(lower))
    pairs = zip((*upper, *[""] * (width - len(upper))), (*lower, *[""] * (width - len(lower))), strict=True)
    return tuple(_one(above, below) for above, below in pairs)


def _one(above: str, below: str) -> str:
    if above == below or not below:
        return above
    for title in (above + below, below):
        if named(title):
            return title
    return above if named(above) else above + below


def _names(header: Header) -> int:
    return sum(field is not None for field in header.fields)


@lru_cache(maxsize=1)
def _reason_keys() -> frozenset[str]:
    return frozenset(key(title) for titles in REASON_COLUMNS.values() for title in titles)
