"""Format A: GB18030, CR LF, columns of fixed width in bytes."""

import re
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import fields

from bank.model import (
    COLUMNS,
    ENCODING,
    Answer,
    Document,
    Header,
    Inquiry,
    Payment,
    Record,
    Refused,
    Trailer,
    checked,
    digest,
    kind_of,
)

END: Final = b"\r\n"
LETTERS: Final[dict[type[Record], bytes]] = {Header: b"H", Payment: b"D", Inquiry: b"Q", Answer: b"R", Trailer: b"T"}
_NUMBERS: Final = {"count", "sum", "amount"}
_NUMBER: Final = re.compile(rb"-?[0-9]+")
R = TypeVar("R", bound=Record)


def dump(document: Document) -> bytes:
    """The bytes of a file. ValueError: a text is wider than its column."""
    front = _line(document.header) + b"".join(map(_line, document.details))
    header = document.header
    return front + _line(Trailer(count=header.count, sum=header.sum, digest=digest(front)))


def load(file: str, data: bytes) -> Document:
    """Refused: the file is not whole or not of this form."""
    front, end, last = data.removesuffix(END).rpartition(END)
    if not end or not data.endswith(END) or len(last) != _width(Trailer) or not last.startswith(LETTERS[Trailer]):
        raise Refused("truncated")
    first, *lines = front.split(END)
    kind = kind_of(file)
    header, trailer = _record(Header, first), _record(Trailer, last)
    found = Document(header, tuple(_record(kind, line) for line in lines))
    return checked(file, found, trailer, hashed=digest(front + end))


def _line(record: Record) -> bytes:
    cells = (_cell(each.name, getattr(record, each.name)) for each in fields(record))
    return LETTERS[type(record)] + b"".join(cells) + END


def _cell(name: str, value: str | int) -> bytes:
    width = COLUMNS[name]
    cell = f"{value:0{width}d}".encode() if isinstance(value, int) else value.encode(ENCODING).ljust(width)
    if len(cell) > width:
        raise ValueError(f"{name} is wider than {width} bytes")
    return cell


def _width(kind: type[Record]) -> int:
    return 1 + sum(COLUMNS[each.name] for each in fields(kind))


def _record(kind: type[R], line: bytes) -> R:
    if len(line) != _width(kind) or not line.startswith(LETTERS[kind]):
        raise Refused("undecodable")
    values: dict[str, Any] = {}
    at = 1
    for each in fields(kind):
        values[each.name] = _value(each.name, line[at : at + COLUMNS[each.name]])
        at += COLUMNS[each.name]
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise Refused("undecodable") from error


def _value(name: str, cell: bytes) -> str | int:
    if name not in _NUMBERS:
        try:
            return cell.decode(ENCODING).rstrip(" ")
        except UnicodeDecodeError as error:
            raise Refused("undecodable") from error
    if not _NUMBER.fullmatch(cell):
        raise Refused("undecodable")
    return int(cell)
