"""What became known of a worker. Storage format: names and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from contracts import persons


def _without_household(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "household_region": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKnown(persons.PersonKnown):
    type: ClassVar[str] = "person-known"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMoved(persons.PersonMoved):
    type: ClassVar[str] = "person-moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestNoted:
    """The worker, whose home is another province, works here: that county nominates while this province may act."""

    type: ClassVar[str] = "person-guest-noted"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _without_household}
    worker: str
    county: str
    household_region: str | None
    """At home, as the job says; not told of before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNoted(persons.GroupNoted):
    type: ClassVar[str] = "person-group-noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupForgotten(persons.GroupForgotten):
    type: ClassVar[str] = "person-group-forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLinked(persons.PersonLinked):
    type: ClassVar[str] = "person-linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseNoted(persons.UseNoted):
    type: ClassVar[str] = "person-use-noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnded(persons.PersonEnded):
    """Nothing is begun for the worker any more."""

    type: ClassVar[str] = "person-ended"
    transfer: str | None = None
    """What was going on, and ends with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathTakenBack(persons.DeathTakenBack):
    """It was recorded wrongly. What was ended because of it stays ended."""

    type: ClassVar[str] = "person-death-taken-back"


PersonEvent: TypeAlias = (
    PersonKnown
    | PersonMoved
    | GuestNoted
    | GroupNoted
    | GroupForgotten
    | PersonLinked
    | UseNoted
    | PersonEnded
    | DeathTakenBack
)
