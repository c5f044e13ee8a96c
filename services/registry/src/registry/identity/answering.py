"""Answering another province who has a number of this one. Who is not known gets an id: nobody else may issue it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from contracts.region import province_of
from contracts.resident_id import ResidentId
from eventcore import Decider, Effect, Read, Seen, Take
from eventcore.decider import Undecided

from registry.identity import refusals
from registry.identity.events import IdentityAnswered
from registry.indexes.guards import MINTED
from registry.indexes.rotation import NUMBERS, ROTATION, indexes_in_use
from registry.responsibility import ELSEWHERE
from registry.surveys.survey import PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIdentity:
    ask: str
    asker: str
    number: str = field(repr=False)
    indexes: tuple[str, ...]
    """Of the number, the newest first."""
    holder: str | None
    """Who was found to have it."""
    new_worker: str
    home: str
    """County of the household register, of who has it or as the asker says."""
    province: str
    """This one."""


class HolderMoved(Undecided):
    """The number went to another worker since this was asked."""


Answered: TypeAlias = IdentityAnswered | None


def decide(command: AnswerIdentity, answered: Answered, seen: Seen) -> Sequence[IdentityAnswered]:
    if answered:
        return []
    if ResidentId(command.number).province != command.province:
        raise refusals.NumberNotOurs
    found = indexes_in_use(seen.state(ROTATION, NUMBERS), command.indexes)
    holder = next((held for index in found if (held := seen.holder(PERSON, index))), None)
    if holder != command.holder:
        raise HolderMoved
    home = province_of(command.home)
    return [
        IdentityAnswered(
            ask=command.ask,
            asker=command.asker,
            worker=holder or command.new_worker,
            home=command.home,
            number_index=found[0],
            minted=holder is None,
            steward=home if holder is None and home != command.province else None,
            number=command.number if holder is None else None,
            to=(command.asker,),
        )
    ]


def evolve(answered: Answered, event: IdentityAnswered) -> Answered:
    return event


def reads(command: AnswerIdentity | None) -> Iterable[Read]:
    """Without a command the stream is only looked at."""
    if command is not None:
        yield Read(ROTATION, NUMBERS)
        yield from (Read(guard=(PERSON, index)) for index in command.indexes)


def answer_key(asker: str, ask: str) -> str:
    """Key of the stream: ids of asks are their province's own."""
    return f"{asker}-{ask}"


def effects(before: Answered, event: IdentityAnswered) -> Iterable[Effect]:
    if not event.minted:
        return
    yield Take(PERSON, event.number_index, holder=event.worker)
    yield Take(MINTED, event.worker, holder=answer_key(event.asker, event.ask))
    if event.steward:
        yield Take(ELSEWHERE, event.worker, holder=event.steward)


ANSWER: Final[Decider[AnswerIdentity, IdentityAnswered, Answered]] = Decider(
    category="identity-answer",
    initial=None,
    decide=decide,
    evolve=evolve,
    events=IdentityAnswered,
    reads=reads,
    effects=effects,
)
