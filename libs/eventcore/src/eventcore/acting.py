"""Who acts, for which organisation, on which legal day: of every command that people send, one field or three."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """`today` is the legal day on which the command came in."""

    official: str
    organisation: str
    today: date


class Signed(TypedDict):
    """The official who answers for it, and for whom."""

    official: str
    organisation: str


class Dated(Signed):
    """`today` as of `Acting`."""

    today: date
