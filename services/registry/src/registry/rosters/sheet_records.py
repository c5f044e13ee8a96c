"""What the records of an XLS workbook (BIFF) say beside values: which cells hold formulas and how far sheets reach.

Only heads of records are looked at. What they promise is compared with the limits, for readers take memory for it.
"""

import io
import struct
from collections.abc import Iterator
from typing import Final

import olefile

from registry.rosters.grids import check
from registry.rosters.roster import Limits, Unreadable
from registry.rosters.sheet_parts import Extent

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STREAMS: Final = ("Workbook", "Book")
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage"

_END, _DATE_MODE, _FILE_PASS, _BOUND_SHEET, _DIMENSIONS, _STRINGS = 0x0A, 0x22, 0x2F, 0x85, 0x200, 0xFC
_FORMULAS: Final = frozenset((0x0006, 0x0206, 0x0406))
_SEVERAL: Final = frozenset((0x00BD, 0x00BE))
_CELLS: Final = _FORMULAS | _SEVERAL | frozenset((0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0201))
_ARRAY: Final = 0x0221
"""A formula that fills an area."""
_LEAST_STRING: Final = 3
_LINES, _COLUMNS = 1 << 16, 1 << 8
_LONG_DIMENSIONS: Final = 14


def extents(data: bytes, limits: Limits) -> tuple[list[Extent], bool]:
    """How far each sheet reaches, in their order, and whether days count from 1904. Raises `Unreadable`."""
    try:
        stream = _stream(data)
        sheets, from_1904 = _globals(stream)
        found = [_extent(stream, offset, limits) for offset in sheets]
    except Unreadable:
        raise
    except Exception:  # olefile has no common base for what a broken file does to it
        raise Unreadable("roster_broken") from None
    check(sum(each.rows for each in found), sum(each.cells() for each in found), limits)
    return found, from_1904


def _stream(data: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        if file.exists(_ENCRYPTED_PACKAGE):
            raise Unreadable("roster_encrypted")
        name = next((each for each in _STREAMS if file.exists(each)), None)
        if name is None:
            raise Unreadable("roster_kind_unsupported")
        return bytes(file.openstream(name).read())


def _globals(stream: bytes) -> tuple[list[int], bool]:
    sheets: list[int] = []
    from_1904 = False
    for kind, start, size in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Unreadable("roster_encrypted")
        if kind == _BOUND_SHEET:
            sheets.append(struct.unpack_from("<I", stream, start)[0])
        elif kind == _DATE_MODE:
            from_1904 = struct.unpack_from("<H", stream, start)[0] == 1
        elif kind == _STRINGS and max(struct.unpack_from("<II", stream, start)) * _LEAST_STRING > len(stream):
            raise Unreadable("roster_broken")
        elif kind == _END and size == 0:
            break
    return sheets, from_1904


def _extent(stream: bytes, offset: int, limits: Limits) -> Extent:
    found = Extent()
    for kind, start, size in _records(stream, offset):
        if kind in _CELLS:
            line, column = struct.unpack_from("<HH", stream, start)
            last = struct.unpack_from("<H", stream, start + size - 2)[0] if kind in _SEVERAL else column
            found.rows += line > found.last_line
            found.last_line = max(found.last_line, line)
            found.last_column = max(found.last_column, last)
            if kind in _FORMULAS:
                found.formulas.add((line, column))
        elif kind == _ARRAY:
            _fill(found, struct.unpack_from("<HHBB", stream, start), limits)
        elif kind == _DIMENSIONS:
            _check_dimensions(stream[start : start + size])
        elif kind == _END:
            break
    check(found.rows, found.cells(), limits)
    return found


def _fill(found: Extent, area: tuple[int, ...], limits: Limits) -> None:
    top, bottom, left, right = area
    check(0, len(found.formulas) + max(0, bottom - top + 1) * max(0, right - left + 1), limits)
    found.formulas.update((line, column) for line in range(top, bottom + 1) for column in range(left, right + 1))


def _check_dimensions(record: bytes) -> None:
    """What the sheet says of its own size, with formatted lines that are empty: no more than the format has."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(record) >= _LONG_DIMENSIONS else "<HHHH", record)
    if not (top <= bottom <= _LINES and left <= right <= _COLUMNS):
        raise Unreadable("roster_broken")


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each record."""
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        if offset + 4 + size > len(stream):
            raise Unreadable("roster_broken")
        yield kind, offset + 4, size
        offset += 4 + size
