"""What the door does beside appending, in the same breath."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Guard: TypeAlias = tuple[str, str]
"""(scope, key) of what may be true only once."""


@dataclass(frozen=True, slots=True)
class Take:
    """The guard (scope, key) gets a holder; a command that finds another holder is decided again."""

    scope: str
    key: str
    holder: str


@dataclass(frozen=True, slots=True)
class Release:
    """The guard (scope, key) is free again."""

    scope: str
    key: str


@dataclass(frozen=True, slots=True)
class Post:
    """A ledger posting. Those of one command sum to zero."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Wake:
    """A timer of this stream: set, moved, or (without a time) taken back."""

    name: str
    at: datetime | None


Effect: TypeAlias = Take | Release | Post | Wake
