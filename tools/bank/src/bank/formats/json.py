"""Format B: one JSON object in UTF-8."""

from typing import Final, Generic, TypeVar

import msgspec

from bank.model import Detail, Document, Header, Refused, Trailer, checked, digest, kind_of

END: Final = b"}}"
D = TypeVar("D", bound=Detail)
_encode = msgspec.json.Encoder().encode


class _Whole(msgspec.Struct, Generic[D], forbid_unknown_fields=True):
    header: Header
    details: list[D]
    trailer: Trailer


def dump(document: Document) -> bytes:
    """The bytes of a file."""
    front = _encode(document)
    trailer = Trailer(count=document.header.count, sum=document.header.sum, digest=digest(front))
    return front[:-1] + b',"trailer":' + _encode(trailer) + b"}"


def load(file: str, data: bytes) -> Document:
    """Refused: the file is not whole or not of this form."""
    if not data.endswith(END):
        raise Refused("truncated")
    try:
        whole = msgspec.json.decode(data, type=_Whole[kind_of(file)])  # type: ignore[misc] # the kind is known when it runs
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("undecodable") from error
    found = Document(whole.header, tuple(whole.details))
    return checked(file, found, whole.trailer, hashed=digest(_encode(found)))
