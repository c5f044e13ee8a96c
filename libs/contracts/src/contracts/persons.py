"""What services note of a worker from what the registry tells, and what they know by it.

Each service keeps the notes in a stream of its own and stores them under names of its own; what the notes say, when one
is written and what it means is the same for all, and stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol, TypeAlias, TypeVar, assert_never

from contracts import memberships
from contracts.memberships import Membership
from contracts.registry import (
    DuplicateDecidedV1,
    PersonalDataErasedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)

DECEASED: Final = "DECEASED"
ERASED: Final = "ERASED"

TOLD: Final = (
    WorkerRegisteredV1.type,
    WorkerMovedV1.type,
    WorkerGroupAssignedV1.type,
    WorkerGroupEndedV1.type,
    WorkerGroupWithdrawnV1.type,
    DuplicateDecidedV1.type,
    UseRestrictedV1.type,
    UseRestrictionEndedV1.type,
    WorkerDeceasedV1.type,
    WorkerDeathWithdrawnV1.type,
    PersonalDataErasedV1.type,
)
"""The public events of which something is noted."""

E_co = TypeVar("E_co", covariant=True)
P = TypeVar("P", bound="Person")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKnown:
    worker: str
    """Key of this stream."""
    household_region: str
    groups: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMoved:
    worker: str
    household_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNoted:
    """In place of what was said before of the group and its first day."""

    worker: str
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupForgotten:
    worker: str
    group: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLinked:
    worker: str
    canonical: str | None
    """Who stands for the worker; None: the worker again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseNoted:
    worker: str
    restricted: bool
    """Whether the worker's data are only kept."""
    until: date | None
    """The first day without the restriction; None: no end is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnded:
    worker: str
    ground: str
    """DECEASED or ERASED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathTakenBack:
    """It was recorded wrongly."""

    worker: str


Noted: TypeAlias = (
    PersonKnown | PersonMoved | GroupNoted | GroupForgotten | PersonLinked | UseNoted | PersonEnded | DeathTakenBack
)


class Notes(Protocol[E_co]):
    """The module of a service's stored events: it has these, each a class of the same name above."""

    def PersonKnown(self, *, worker: str, household_region: str, groups: tuple[Membership, ...]) -> E_co: ...
    def PersonMoved(self, *, worker: str, household_region: str) -> E_co: ...
    def GroupNoted(self, *, worker: str, membership: Membership) -> E_co: ...
    def GroupForgotten(self, *, worker: str, group: str, valid_from: date) -> E_co: ...
    def PersonLinked(self, *, worker: str, canonical: str | None) -> E_co: ...
    def UseNoted(self, *, worker: str, restricted: bool, until: date | None) -> E_co: ...
    def PersonEnded(self, *, worker: str, ground: str) -> E_co: ...
    def DeathTakenBack(self, *, worker: str) -> E_co: ...


def noted(told: object, notes: Notes[E_co]) -> Iterator[E_co]:
    """What is noted of a public event, in the service's own events."""
    match told:
        case WorkerRegisteredV1(worker=worker, household_region=region):
            groups = tuple(memberships.told(each) for each in told.groups)
            yield notes.PersonKnown(worker=worker, household_region=region, groups=groups)
        case WorkerMovedV1(worker=worker, household_region=region):
            yield notes.PersonMoved(worker=worker, household_region=region)
        case WorkerGroupAssignedV1(worker=worker) | WorkerGroupEndedV1(worker=worker):
            yield notes.GroupNoted(worker=worker, membership=memberships.told(told))
        case WorkerGroupWithdrawnV1(worker=worker, group=group, valid_from=valid_from):
            yield notes.GroupForgotten(worker=worker, group=group, valid_from=valid_from)
        case DuplicateDecidedV1(links=True, other=other, canonical=canonical):
            yield notes.PersonLinked(worker=other, canonical=canonical)
        case UseRestrictedV1(worker=worker, until=until):
            yield notes.UseNoted(worker=worker, restricted=True, until=until)
        case UseRestrictionEndedV1(worker=worker):
            yield notes.UseNoted(worker=worker, restricted=False, until=None)
        case WorkerDeceasedV1(worker=worker):
            yield notes.PersonEnded(worker=worker, ground=DECEASED)
        case WorkerDeathWithdrawnV1(worker=worker):
            yield notes.DeathTakenBack(worker=worker)
        case PersonalDataErasedV1(worker=worker):
            yield notes.PersonEnded(worker=worker, ground=ERASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Facts of a link come from the other worker's stream, so it may be the first that is known."""

    region: str | None = None
    """Of the household; None: the registry has not told of the worker yet."""
    groups: tuple[Membership, ...] = ()
    canonical: str | None = None
    use: UseNoted | None = None
    ended: str | None = None
    """DECEASED, until it is taken back, or ERASED, for good."""

    def groups_on(self, day: date) -> tuple[str, ...]:
        """The groups to which the worker belongs on that day."""
        return memberships.groups_on(self.groups, day)

    def is_restricted(self, day: date) -> bool:
        """Whether the worker's data are only kept on that day."""
        use = self.use
        return use is not None and use.restricted and (use.until is None or day < use.until)


def with_note(person: P, note: Noted) -> P:
    """What is known of the worker after it."""
    match note:
        case PersonKnown(household_region=region, groups=groups):
            return replace(person, region=region, groups=groups)
        case PersonMoved(household_region=region):
            return replace(person, region=region)
        case GroupNoted(membership=said):
            return replace(person, groups=(*memberships.without(person.groups, said.group, said.valid_from), said))
        case GroupForgotten(group=group, valid_from=valid_from):
            return replace(person, groups=memberships.without(person.groups, group, valid_from))
        case PersonLinked(canonical=canonical):
            return replace(person, canonical=canonical)
        case UseNoted():
            return replace(person, use=note)
        case PersonEnded(ground=ground):
            return person if person.ended == ERASED else replace(person, ended=ground)
        case DeathTakenBack():
            return replace(person, ended=None) if person.ended == DECEASED else person
        case _:
            assert_never(note)
