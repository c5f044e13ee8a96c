"""A worker, as certification knows them. What the registry says is noted as it is; nothing is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, assert_never

from contracts.memberships import Membership, groups_on, without
from eventcore import Decider, Seen

from certification.persons.events import (
    DeathTakenBack,
    GroupForgotten,
    GroupNoted,
    OtherNoted,
    PersonEnded,
    PersonEvent,
    PersonKnown,
    PersonLinked,
    PersonMoved,
    UseNoted,
)

DECEASED: Final = "DECEASED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The registry said so; what is known already is not noted again."""

    event: PersonEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Facts of a link come from the other worker's stream, so it may be the first that is known."""

    region: str | None = None
    """Of the household; None: the registry has not told of the worker yet."""
    groups: tuple[Membership, ...] = ()
    canonical: str | None = None
    others: frozenset[str] = frozenset()
    """For whom the worker stands."""
    use: UseNoted | None = None
    ended: str | None = None

    def groups_on(self, day: date) -> tuple[str, ...]:
        """The groups to which the worker belongs on that day."""
        return groups_on(self.groups, day)

    def is_restricted(self, day: date) -> bool:
        """Whether the worker's data are only kept on that day."""
        use = self.use
        return use is not None and use.restricted and (use.until is None or day < use.until)


def decide(command: Note, person: Person, seen: Seen) -> Sequence[PersonEvent]:
    return [command.event] if evolve(person, command.event) != person else []


def evolve(person: Person, event: PersonEvent) -> Person:
    match event:
        case PersonKnown(household_region=region, groups=groups):
            return replace(person, region=region, groups=groups)
        case PersonMoved(household_region=region):
            return replace(person, region=region)
        case GroupNoted(membership=said):
            return replace(person, groups=(*without(person.groups, said.group, said.valid_from), said))
        case GroupForgotten(group=group, valid_from=valid_from):
            return replace(person, groups=without(person.groups, group, valid_from))
        case PersonLinked(canonical=canonical):
            return replace(person, canonical=canonical)
        case OtherNoted(other=other, same=same):
            return replace(person, others=person.others | {other} if same else person.others - {other})
        case UseNoted():
            return replace(person, use=event)
        case PersonEnded(ground=ground):
            return replace(person, ended=ground)
        case DeathTakenBack():
            return replace(person, ended=None) if person.ended == DECEASED else person
        case _:
            assert_never(event)


PERSON: Final[Decider[Note, PersonEvent, Person]] = Decider(
    category="person", initial=Person(), decide=decide, evolve=evolve, events=PersonEvent
)
