"""What became known of a worker. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from contracts import persons


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKnown(persons.PersonKnown):
    type: ClassVar[str] = "person-known"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMoved(persons.PersonMoved):
    type: ClassVar[str] = "person-moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNoted(persons.GroupNoted):
    type: ClassVar[str] = "group-noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupForgotten(persons.GroupForgotten):
    type: ClassVar[str] = "group-forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLinked(persons.PersonLinked):
    type: ClassVar[str] = "person-linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNoted:
    type: ClassVar[str] = "other-noted"
    worker: str
    other: str
    same: bool
    """Whether the worker stands for the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseNoted(persons.UseNoted):
    type: ClassVar[str] = "use-noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnded(persons.PersonEnded):
    type: ClassVar[str] = "person-ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathTakenBack(persons.DeathTakenBack):
    type: ClassVar[str] = "death-taken-back"


PersonEvent: TypeAlias = (
    PersonKnown
    | PersonMoved
    | GroupNoted
    | GroupForgotten
    | PersonLinked
    | OtherNoted
    | UseNoted
    | PersonEnded
    | DeathTakenBack
)
