"""Who acts, for which organisation, on which legal day: one field of every command that people send."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """`today` is the legal day on which the command came in."""

    official: str
    organisation: str
    today: date
