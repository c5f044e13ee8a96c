"""Searches bytes for all needles at once (Aho-Corasick), in pieces that overlap."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ahocorasick_rs import BytesAhoCorasick

from tests.canary.needles import Needle

CHUNK: Final = 1 << 22
_AROUND: Final = 48
_HEX: Final = re.compile(rb"[0-9a-fA-F]+")
_BYTEA: Final = re.compile(rb"\\\\x((?:[0-9a-f]{2}){4,})")
"""How PostgreSQL's COPY writes bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A needle that was found."""

    place: str
    at: int
    needle: Needle
    around: bytes

    def __str__(self) -> str:
        return f"{self.place} at {self.at}: {self.needle.kind} as {self.needle.form}: {self.around!r}"


@dataclass(slots=True)
class Scanner:
    """Adds up what it has seen: `seen` bytes by kind of place (the word before the first colon)."""

    needles: Mapping[bytes, Needle]
    hits: list[Hit] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    _order: list[bytes] = field(init=False)
    _machine: BytesAhoCorasick = field(init=False)
    _longest: int = field(init=False)

    def __post_init__(self) -> None:
        self._order = list(self.needles)
        self._machine = BytesAhoCorasick(self._order)
        self._longest = max(map(len, self._order))

    def data(self, place: str, data: bytes) -> None:
        """One thing, as it is."""
        self._note(place, len(data))
        self._search(place, data, 0, 0)

    def dump(self, place: str, data: bytes) -> None:
        """A database's dump: as it is, and what it writes in hex as the bytes that are meant."""
        self.data(place, data)
        self._search(
            f"{place} (bytes)", b"\n".join(bytes.fromhex(each.decode()) for each in _BYTEA.findall(data)), 0, 0
        )

    def file(self, place: str, file: BinaryIO) -> None:
        """Of any size."""
        kept, at = b"", 0
        while chunk := file.read(CHUNK):
            self._note(place, len(chunk))
            self._search(place, kept + chunk, at - len(kept), len(kept))
            at += len(chunk)
            kept = (kept + chunk)[-self._longest - _AROUND :]

    def _note(self, place: str, size: int) -> None:
        kind = place.partition(":")[0]
        self.seen[kind] = self.seen.get(kind, 0) + size

    def _search(self, place: str, data: bytes, offset: int, known: int) -> None:
        if not data.strip(b"\0"):
            return
        for which, start, end in self._machine.find_matches_as_indexes(data, overlapping=True):
            needle = self.needles[self._order[which]]
            if end > known and not (needle.form == "piece" and _is_chance(data, start, end)):
                around = data[max(start - _AROUND, 0) : end + _AROUND]
                self.hits.append(Hit(place=place, at=offset + start, needle=needle, around=around))


def _is_chance(data: bytes, start: int, end: int) -> bool:
    """Eight digits within a long hexadecimal text (an id, a digest, a trace) are of that text."""
    first = max(start - 64, 0)
    return any(
        run.start() + first <= start and run.end() + first >= end and _is_hexadecimal(run[0])
        for run in _HEX.finditer(data[first : end + 64])
    )


def _is_hexadecimal(run: bytes) -> bool:
    return len(run) >= 12 and not run.isdigit()


def found(hits: list[Hit]) -> Iterator[tuple[str, str, str]]:
    """(kind of place, kind of datum, form) of each hit."""
    for hit in hits:
        yield hit.place.partition(":")[0], hit.needle.kind, hit.needle.form
