"""What can have happened to the keeping of a record. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionBegun:
    """Something was paid, or is owed: who got it must be known until the term is over."""

    type: ClassVar[str] = "retention-begun"
    worker: str
    reason: str
    """Public id of the fact."""
    until: date
    """The first day on which the record may go."""
