"""What can have happened to a household. Storage format: names and fields are for ever.

Nobody is named here: a member is a worker, by the id, or a relation and an age group. More is not needed to know a
family's situation, and children have no data of their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def _without_workers(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "workers": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPeriod:
    """A poverty status, from a day, up to but without another; without an end it goes on. Part of stored events."""

    status: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRegistered:
    type: ClassVar[str] = "household-registered"
    household: str
    """Key of this stream."""
    region: str
    registered_on: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdMoved:
    type: ClassVar[str] = "household-moved"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Upcaster]] = {1: _without_workers}
    household: str
    region: str
    moved_on: date
    workers: tuple[str, ...]
    """Its members who are workers, by their ids; none where it moved before this was said."""
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAdded:
    type: ClassVar[str] = "member-added"
    household: str
    member: int
    """Counted within the household."""
    worker: str | None
    relation: str
    age_group: str | None
    """Of who is no worker."""
    joined_on: date
    statuses: tuple[StatusPeriod, ...]
    """The household's that go on after that day."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved:
    type: ClassVar[str] = "member-removed"
    household: str
    member: int
    worker: str | None
    left_on: date
    reason: str
    statuses: tuple[StatusPeriod, ...]
    """The household's that go on after that day."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadNamed:
    """`member` is the head from that day on; who was so before has the relation to the new one that is said here."""

    type: ClassVar[str] = "head-named"
    household: str
    member: int
    before: int | None
    relation_of_before: str | None
    named_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFound:
    """What the survey of a household found out about a member. Part of stored events."""

    member: int
    situation: str
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSurveyed:
    """R-REG-08, R-REG-09."""

    type: ClassVar[str] = "household-surveyed"
    household: str
    surveyed_on: date
    surveyor: str
    """Answers for these data for ever (R-REG-37, R-REG-38)."""
    organisation: str
    members: tuple[MemberFound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdStatusChanged:
    """The household has this poverty status from `valid_from` on; the one before ends there."""

    type: ClassVar[str] = "household-status-changed"
    household: str
    region: str
    status: str
    valid_from: date
    valid_to: date | None
    before: StatusPeriod | None
    """The status that ends by this."""
    workers: tuple[str, ...]
    """Its members who are workers, by their ids."""
    evidence: str
    official: str
    organisation: str


HouseholdEvent: TypeAlias = (
    HouseholdRegistered
    | HouseholdMoved
    | MemberAdded
    | MemberRemoved
    | HeadNamed
    | HouseholdSurveyed
    | HouseholdStatusChanged
)
