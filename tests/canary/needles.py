"""Every form in which a text may lie somewhere: encoded, packed, turned round, cut or digested (S45, S48)."""

import hashlib
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from tests.canary.subjects import Subject

PIECE: Final = 8
_DIGESTS: Final = ("md5", "sha1", "sha256", "sha512", "sm3")
_SALTS: Final = (b"", b"resident-id\0", b"resident-id:")
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "gbk", "gb18030")


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for, and what finding it means."""

    kind: str
    form: str


def needles(people: Iterable[Subject]) -> dict[bytes, Needle]:
    """Of all people, by their bytes."""
    found: dict[bytes, Needle] = {}
    for subject in people:
        for kind, text in subject.secrets.items():
            for form, needle in forms(text):
                found.setdefault(needle, Needle(kind, form))
        for form, needle in (*pieces(subject.number), *digests(subject.number)):
            found.setdefault(needle, Needle("number", form))
    return found


def secret_needles(keys: Iterable[bytes]) -> dict[bytes, Needle]:
    """Of keys that belong into their files only."""
    return {needle: Needle("key", form) for key in keys for form, needle in _packed("bytes", key)}


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """(name of the form, bytes), each of which betrays the text."""
    for encoding in _ENCODINGS:
        yield from _packed(encoding, text.encode(encoding))
    for turned in {text[::-1], text.lower()} - {text}:
        yield "reversed" if turned == text[::-1] else "small", turned.encode()
    escaped = json.dumps(text)[1:-1]
    yield "JSON", escaped.encode()
    yield "JSON", escaped.replace("\\u", "\0").upper().replace("\0", "\\u").encode()
    for encoding in ("utf-8", "gb18030"):
        yield "URL", quote(text.encode(encoding)).encode()
        yield "URL", quote(text.encode(encoding)).lower().encode()


def pieces(number: str) -> Iterator[tuple[str, bytes]]:
    """Eight digits of a number are enough to know whose it is."""
    for at in range(len(number) - PIECE + 1):
        piece = number[at : at + PIECE]
        yield "piece", piece.encode()
        yield "piece in hex", piece.encode().hex().encode()
        yield "piece in UTF-16", piece.encode("utf-16-le")


def digests(number: str) -> Iterator[tuple[str, bytes]]:
    """A plain hash of a number can be tried out: there are not so many numbers."""
    for name in _DIGESTS:
        for salt in _SALTS:
            for text in {number, number.lower()}:
                yield from _packed(name, hashlib.new(name, salt + text.encode()).digest())


def _packed(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    yield f"{name} in hex", data.hex().encode()
    yield f"{name} in hex", data.hex().upper().encode()
    for at in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            yield f"{name} in base64", _inner(encode(bytes(at) + data), at, len(data))


def _inner(text: bytes, before: int, size: int) -> bytes:
    """Of base64 only the letters that nothing but the data decides, wherever in a longer text these lie."""
    first = -(-before * 8 // 6)
    return text[first : (before + size) * 8 // 6]
