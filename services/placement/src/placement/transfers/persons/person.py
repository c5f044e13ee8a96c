"""A worker, as placement knows them. What the registry says is noted as it is; only an end looks for what it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from contracts import persons
from eventcore import Decider, Read, Rejected, Seen

from placement.transfers.permission.permission import OPEN_TRANSFER
from placement.transfers.persons.events import GuestNoted, PersonEnded, PersonEvent


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
class Person(persons.Person):
    guest_in: str | None = None
    """County of the newest work here of somebody whose home is another province."""

    @property
    def county(self) -> str | None:
        """Whose offices nominate the worker; None: neither the registry nor a job has told of the worker yet."""
        return self.region and (self.guest_in or self.region)


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


def decide(command: Note, person: Person, seen: Seen) -> Sequence[PersonEvent]:
    event = command.event
    if evolve(person, event) == person:
        return []
    if isinstance(event, PersonEnded):
        return [replace(event, transfer=seen.holder(OPEN_TRANSFER, event.worker))]
    return [event]


def evolve(person: Person, event: PersonEvent) -> Person:
    match event:
        case GuestNoted(county=county, household_region=region):
            return replace(person, guest_in=county, region=person.region or region)
        case _:
            return persons.with_note(person, event)


def reads(command: Note) -> Iterable[Read]:
    if isinstance(command.event, PersonEnded):
        yield Read(guard=(OPEN_TRANSFER, command.event.worker))


PERSON: Final[Decider[Note, PersonEvent, Person]] = Decider(
    category="person",
    initial=Person(),
    decide=decide,
    evolve=evolve,
    events=PersonEvent,
    reads=reads,
)
