"""Whether this province acts for the worker, in the worker's stream: names and fields are for ever. Where nothing is
said, it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias


def _at_home(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "guest_of": None}


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
    """Home is responsible again, or this province has become so for a worker of another home."""

    type: ClassVar[str] = "acting-resumed"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _at_home}
    worker: str
    epoch: int
    """That began."""
    guest_of: str | None = None
    """The worker's home, where it is another province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestPlaced:
    """A worker of another home has a job here: by it the worker is known, before anybody was surveyed."""

    type: ClassVar[str] = "guest-placed"
    worker: str
    home: str
    household_region: str
    county: str
    """Of the work: its offices look after the guest while this province is responsible."""


ActingEvent: TypeAlias = ActingYielded | ActingResumed | GuestPlaced
