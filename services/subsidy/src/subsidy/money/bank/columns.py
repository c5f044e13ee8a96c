"""Format A: lines of GB18030 with columns of fixed width in bytes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import msgspec

from subsidy.money.bank.digest import digest
from subsidy.money.bank.records import (
    AnswerLine,
    Detail,
    Document,
    Header,
    InquiryLine,
    PaymentLine,
    Record,
    Trailer,
    Unreadable,
    detail_of,
    header_of,
)

SUFFIX: Final = ".txt"
_END: Final = b"\r\n"
_ENCODING: Final = "gb18030"
_NUMBER: Final = re.compile(rb"-?[0-9]+")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")

LETTERS: Final[Mapping[type[Record], bytes]] = MappingProxyType(
    {Header: b"H", PaymentLine: b"D", InquiryLine: b"Q", AnswerLine: b"R", Trailer: b"T"}
)
"""First column of a line -> what it says."""
WIDTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "file": 64,
        "answers": 64,
        "day": 8,
        "count": 8,
        "sum": 18,
        "payment": 36,
        "amount": 18,
        "account": 32,
        "name": 80,
        "bank": 80,
        "purpose": 40,
        "status": 1,
        "reason": 16,
        "reference": 32,
        "fund": 40,
        "digest": 64,
    }
)
"""Bytes of a column, by the name of its field."""


class TooWide(Exception):
    """A text does not fit its column; which one, by its name."""


def fits(record: Record) -> bool:
    """Whether every text fits its column, in either format."""
    try:
        _line(record)
    except TooWide:
        return False
    return True


def write(file: str, answers: str, day: date, details: tuple[Detail, ...]) -> bytes:
    """The file's bytes. TooWide."""
    lines = (_line(each) for each in (header_of(file, answers, day, details), *details))
    body = b"".join(lines)
    header = header_of(file, answers, day, details)
    return body + _line(Trailer(header.count, header.sum, digest(body)))


def read(file: str, data: bytes) -> Document:
    """Unreadable: `truncated` where the last line is no whole trailer or the digest is another."""
    body, trailer = _split(data)
    lines = body.split(_END)[:-1]
    if not lines:
        raise Unreadable("undecodable")
    detail = detail_of(file)
    header = _record(Header, lines[0])
    details: tuple[Any, ...] = tuple(_record(detail, line) for line in lines[1:])
    found = Document(header, details, trailer, digest(body))
    if found.digest != trailer.digest:
        raise Unreadable("truncated")
    return found


def _split(data: bytes) -> tuple[bytes, Trailer]:
    start = data.rfind(_END, 0, -len(_END)) + len(_END)
    last = data[start:]
    if not last.startswith(b"T") or not last.endswith(_END) or len(last) != _width(Trailer) + len(_END):
        raise Unreadable("truncated")
    return data[:start], _record(Trailer, last.removesuffix(_END))


def _width(kind: type[Record]) -> int:
    return 1 + sum(WIDTHS[name] for name in kind.__struct_fields__)


def _line(record: Record) -> bytes:
    columns = (_column(name, getattr(record, name)) for name in record.__struct_fields__)
    return LETTERS[type(record)] + b"".join(columns) + _END


def _column(name: str, value: str | int) -> bytes:
    width = WIDTHS[name]
    column = f"{value:0{width}d}".encode() if isinstance(value, int) else value.encode(_ENCODING).ljust(width)
    if len(column) != width:
        raise TooWide(name)
    return column


def _record(kind: type[Any], line: bytes) -> Any:
    if line[:1] != LETTERS[kind] or len(line) != _width(kind):
        raise Unreadable("undecodable")
    try:
        values = dict(_cut(kind, line))
        return msgspec.convert(values, kind)
    except (UnicodeDecodeError, msgspec.ValidationError):
        raise Unreadable("undecodable") from None


def _cut(kind: type[Any], line: bytes) -> Iterator[tuple[str, str | int]]:
    types, at = kind.__annotations__, 1
    for name in kind.__struct_fields__:
        column = line[at : (at := at + WIDTHS[name])]
        yield name, _number(column) if types[name] is int else _text(column)


def _number(column: bytes) -> int:
    if not _NUMBER.fullmatch(column):
        raise Unreadable("undecodable")
    return int(column)


def _text(column: bytes) -> str:
    text = column.decode(_ENCODING).rstrip(" ")
    if _CONTROL.search(text) or text != text.strip():
        raise Unreadable("undecodable")
    return text


def lines_of(records: Iterable[Record]) -> bytes:
    """The lines of some records: for whoever makes a file by hand."""
    return b"".join(map(_line, records))
