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
class GuestNoted:
    """The worker, whose home is another province, works here: that county nominates while this province may act."""

    type: ClassVar[str] = "person-guest-noted"
    worker: str
    county: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNoted:
    """In place of what was said before of the group and its first day."""

    type: ClassVar[str] = "person-group-noted"
    worker: str
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupForgotten:
    type: ClassVar[str] = "person-group-forgotten"
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
class UseNoted:
    type: ClassVar[str] = "person-use-noted"
    worker: str
    restricted: bool
    """Whether the worker's data are only kept."""
    until: date | None
    """The first day without the restriction; None: no end is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnded:
    """Nothing is begun for the worker any more; `transfer` is what was going on."""

    type: ClassVar[str] = "person-ended"
    worker: str
    ground: str
    """DECEASED or ERASED."""
    transfer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathTakenBack:
    """It was recorded wrongly. What was ended because of it stays ended."""

    type: ClassVar[str] = "person-death-taken-back"
    worker: str


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
