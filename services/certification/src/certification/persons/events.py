"""What became known of a worker. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from contracts.memberships import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKnown:
    type: ClassVar[str] = "person-known"
    worker: str
    """Key of this stream."""
    household_region: str
    groups: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMoved:
    type: ClassVar[str] = "person-moved"
    worker: str
    household_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNoted:
    """In place of what was said before of the group and its first day."""

    type: ClassVar[str] = "group-noted"
    worker: str
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupForgotten:
    type: ClassVar[str] = "group-forgotten"
    worker: str
    group: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLinked:
    type: ClassVar[str] = "person-linked"
    worker: str
    canonical: str | None
    """Who stands for the worker; None: the worker again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNoted:
    type: ClassVar[str] = "other-noted"
    worker: str
    other: str
    same: bool
    """Whether the worker stands for the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseNoted:
    type: ClassVar[str] = "use-noted"
    worker: str
    restricted: bool
    """Whether the worker's data are only kept."""
    until: date | None
    """The first day without the restriction; None: no end is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnded:
    type: ClassVar[str] = "person-ended"
    worker: str
    ground: str
    """DECEASED or ERASED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathTakenBack:
    """It was recorded wrongly."""

    type: ClassVar[str] = "death-taken-back"
    worker: str


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
