"""A worker, as certification knows them. What the registry says is noted as it is; nothing is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from contracts import persons
from eventcore import Decider, Seen

from certification.persons.events import OtherNoted, PersonEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The registry said so; what is known already is not noted again."""

    event: PersonEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(persons.Person):
    others: frozenset[str] = frozenset()
    """For whom the worker stands."""


def decide(command: Note, person: Person, seen: Seen) -> Sequence[PersonEvent]:
    return [command.event] if evolve(person, command.event) != person else []


def evolve(person: Person, event: PersonEvent) -> Person:
    match event:
        case OtherNoted(other=other, same=same):
            return replace(person, others=person.others | {other} if same else person.others - {other})
        case _:
            return persons.with_note(person, event)


PERSON: Final[Decider[Note, PersonEvent, Person]] = Decider(
    category="person", initial=Person(), decide=decide, evolve=evolve, events=PersonEvent
)
