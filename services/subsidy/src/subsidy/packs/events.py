"""What can have happened to a rule pack. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPublished:
    """A version holds from a day on, and ends the versions before it from that day."""

    type: ClassVar[str] = "pack-published"
    name: str
    """Key of this stream."""
    version: int
    """From 1, without a gap."""
    text: str
    """Canonical JSON of the rules: all that decisions are made by."""
    digest: str
    """SHA-256 of the text, in hex."""
    region: str
    kind: str
    valid_from: date
    valid_to: date | None
    """The first day without it."""
    published_on: date
    officer: str
    organisation: str


PackEvent: TypeAlias = PackPublished
