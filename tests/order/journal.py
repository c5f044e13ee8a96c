"""What a process did, line by line in a file that survives its kill. Plain Python: the checker reads it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TextIO


class Appended(NamedTuple):
    """An event that the door took, as its caller was told."""

    position: int
    stream: str
    version: int


class Seen(NamedTuple):
    """A row that a reader was given; `source` is empty for an own event."""

    position: int
    source: str
    id: str


class Received(NamedTuple):
    """A batch that a member of the group stored."""

    topic: str
    partition: int
    first: int
    size: int


def opened(path: str) -> TextIO:
    """Each line reaches the file at once."""
    return open(path, "w", encoding="utf-8", buffering=1)


def write(file: TextIO, lines: Iterable[tuple[object, ...]]) -> None:
    file.write("".join("\t".join(map(str, line)) + "\n" for line in lines))


def appended(path: Path) -> list[Appended]:
    return [Appended(int(position), stream, int(version)) for position, stream, version in _lines(path)]


def seen(path: Path) -> list[Seen]:
    return [Seen(int(position), source, id) for position, source, id in _lines(path)]


def received(path: Path) -> list[Received]:
    return [Received(topic, int(part), int(first), int(size)) for topic, part, first, size in _lines(path)]


def _lines(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
