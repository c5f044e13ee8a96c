"""A worker, as placement knows them. What the registry says is noted as it is; only an end looks for what it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.memberships import Membership, groups_on, without
from eventcore import Decider, Read, Rejected, Seen

from placement.transfers.permission.permission import OPEN_TRANSFER
from placement.transfers.persons.events import (
    DeathTakenBack,
    GroupForgotten,
    GroupNoted,
    GuestNoted,
    PersonEnded,
    PersonEvent,
    PersonKnown,
    PersonLinked,
    PersonMoved,
    UseNoted,
)

DECEASED: Final = "DECEASED"
ERASED: Final = "ERASED"


class WorkerNotKnown(Rejected):
    """The registry has told nothing of this worker yet; try again later with a new Idempotency-Key."""

    code = "worker_not_known"


class WorkerLinked(Rejected):
    """Another worker id stands for this person; use that one."""

    code = "person_linked"


class WorkerEnded(Rejected):
    """The worker has died, or the personal data were erased."""

    code = "worker_ended"


class WorkerRestricted(Rejected):
    """The worker's data may only be kept at present."""

    code = "worker_restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The registry said so; what is known already is not noted again."""

    event: PersonEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The worker died or was erased: what is going on ends too."""

    worker: str
    ground: str


PersonCommand: TypeAlias = Note | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Facts of a link come from the other worker's stream, so it may be the first that is known."""

    region: str | None = None
    """Of the household; None: the registry has not told of the worker yet."""
    guest_in: str | None = None
    """County of the newest work here of somebody whose home is another province."""
    groups: tuple[Membership, ...] = ()
    canonical: str | None = None
    use: UseNoted | None = None
    ended: str | None = None

    @property
    def county(self) -> str | None:
        """Whose offices nominate the worker; None: the registry has not told of the worker yet."""
        return self.region and (self.guest_in or self.region)

    def groups_on(self, day: date) -> tuple[str, ...]:
        """The groups to which the worker belongs on that day."""
        return groups_on(self.groups, day)

    def is_restricted(self, day: date) -> bool:
        """Whether the worker's data are only kept on that day."""
        use = self.use
        return use is not None and use.restricted and (use.until is None or day < use.until)


def require_known(person: Person, today: date) -> str:
    """The county of the household. Refuses for whom nothing may be begun."""
    if person.region is None:
        raise WorkerNotKnown
    if person.canonical is not None:
        raise WorkerLinked
    if person.ended is not None:
        raise WorkerEnded
    if person.is_restricted(today):
        raise WorkerRestricted
    return person.region


def decide(command: PersonCommand, person: Person, seen: Seen) -> Sequence[PersonEvent]:
    match command:
        case Note(event=event):
            return [event] if evolve(person, event) != person else []
        case End(worker=worker, ground=ground):
            if person.ended in (ground, ERASED):
                return []
            return [PersonEnded(worker=worker, ground=ground, transfer=seen.holder(OPEN_TRANSFER, worker))]
        case _:
            assert_never(command)


def evolve(person: Person, event: PersonEvent) -> Person:
    match event:
        case PersonKnown(household_region=region, groups=groups):
            return replace(person, region=region, groups=groups)
        case PersonMoved(household_region=region):
            return replace(person, region=region)
        case GuestNoted(county=county):
            return replace(person, guest_in=county)
        case GroupNoted(membership=said):
            return replace(person, groups=(*without(person.groups, said.group, said.valid_from), said))
        case GroupForgotten(group=group, valid_from=valid_from):
            return replace(person, groups=without(person.groups, group, valid_from))
        case PersonLinked(canonical=canonical):
            return replace(person, canonical=canonical)
        case UseNoted():
            return replace(person, use=event)
        case PersonEnded(ground=ground):
            return replace(person, ended=ground)
        case DeathTakenBack():
            return replace(person, ended=None) if person.ended == DECEASED else person
        case _:
            assert_never(event)


def reads(command: PersonCommand) -> Iterable[Read]:
    if isinstance(command, End):
        yield Read(guard=(OPEN_TRANSFER, command.worker))


PERSON: Final[Decider[PersonCommand, PersonEvent, Person]] = Decider(
    category="person",
    initial=Person(),
    decide=decide,
    evolve=evolve,
    events=PersonEvent,
    reads=reads,
)
