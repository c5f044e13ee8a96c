"""Whether this province acts for the worker, in the worker's stream: names and fields are for ever. Where nothing is
said, it does."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingYielded:
    """Surveys, wishes and designation are for another province from now on."""

    type: ClassVar[str] = "acting-yielded"
    worker: str
    epoch: int
    """That ends by it."""
    steward: str
    """The province that is to have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingResumed:
    """Home is responsible again."""

    type: ClassVar[str] = "acting-resumed"
    worker: str
    epoch: int
    """That began."""


ActingEvent: TypeAlias = ActingYielded | ActingResumed
