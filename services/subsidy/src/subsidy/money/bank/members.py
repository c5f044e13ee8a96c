"""Format B: one JSON object."""

from datetime import date
from typing import Any, Final

import msgspec

from subsidy.money.bank.columns import fits
from subsidy.money.bank.digest import digest
from subsidy.money.bank.records import Detail, Document, Header, Trailer, Unreadable, detail_of, header_of

SUFFIX: Final = ".json"


class _Body(msgspec.Struct, frozen=True):
    header: Header
    details: tuple[Any, ...]


class _Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    header: Header
    details: list[msgspec.Raw]
    trailer: Trailer


class _Whole(msgspec.Struct, frozen=True):
    header: Header
    details: tuple[Any, ...]
    trailer: Trailer


def write(file: str, answers: str, day: date, details: tuple[Detail, ...]) -> bytes:
    """The file's bytes."""
    header = header_of(file, answers, day, details)
    return whole(header, details, Trailer(header.count, header.sum, digest_of(header, details)))


def read(file: str, data: bytes) -> Document:
    """Unreadable: `truncated` where it does not end as it has to, or the digest is another."""
    if not data.endswith(b"}}"):
        raise Unreadable("truncated")
    detail = detail_of(file)
    try:
        raw = msgspec.json.decode(data, type=_Raw)
        details: tuple[Any, ...] = tuple(msgspec.json.decode(each, type=detail) for each in raw.details)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unreadable("undecodable") from None
    if whole(raw.header, details, raw.trailer) != data or not all(map(fits, details)):
        raise Unreadable("undecodable")
    found = Document(raw.header, details, raw.trailer, digest_of(raw.header, details))
    if found.digest != raw.trailer.digest:
        raise Unreadable("truncated")
    return found


def whole(header: Header, details: tuple[Any, ...], trailer: Trailer) -> bytes:
    """The object as it is written, whether its parts fit each other or not."""
    return msgspec.json.encode(_Whole(header, details, trailer))


def digest_of(header: Header, details: tuple[Any, ...]) -> str:
    """Over everything before the trailer."""
    return digest(msgspec.json.encode(_Body(header, details)))
