"""CSV as programs save it: which characters, and what stands between the fields."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from registry.rosters import headers
from registry.rosters.grids import Grid, measure
from registry.rosters.roster import Limits, Unreadable

_MARKS: Final = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_SAMPLE: Final = 4096
_DELIMITERS: Final = (",", ";", "\t")


def decode(data: bytes) -> str:
    """By its mark; without one UTF-16 where every other byte of the punctuation is null, else UTF-8, else GB 18030,
    of which GBK and GB 2312 are parts. Raises `Unreadable`."""
    for encoding, mark in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if (unmarked := _unmarked_utf16(data)) is not None:
        return _decoded(data, unmarked)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def grid(data: bytes, limits: Limits) -> Grid:
    """The one sheet of a CSV file: records in their order, so that the line is the one that a spreadsheet program
    shows. Raises `Unreadable`."""
    text = decode(data)
    found = max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter))
    lines: list[list[str]] = []
    try:
        for record in _records(text, found):
            lines.append(record)
            if len(lines) > limits.cells:
                break
    except csv.Error:
        raise Unreadable("roster_broken", line=len(lines) + 1) from None
    measure(lines, limits)
    return Grid(name="", lines=lines)


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """Columns that it makes known headers of, then fields that it makes at all."""
    try:
        first = list(islice(_records(text, delimiter), headers.WITHIN))
    except csv.Error:
        return 0, 0
    found = headers.find(first)
    return len(found.columns()) if found else 0, sum(map(len, first))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) * 16 < len(sample) or min(odd, even) * 8 > max(odd, even):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("roster_encoding_unknown") from None
