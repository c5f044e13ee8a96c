"""Asking the province that a number belongs to who that is: once, whoever waits for the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from contracts.region import province_of
from eventcore import Decider, Effect, Read, Release, Seen, Take
from eventcore.decider import Undecided

from registry.identity import refusals
from registry.identity.events import AskEvent, IdentityAsked, IdentityLearnt
from registry.indexes.guards import ASKED, IDENTITY
from registry.responsibility import ELSEWHERE, GUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIdentity:
    ask: str
    owner: str
    indexes: tuple[str, ...]
    """Of the number, the newest first."""
    question: str = field(repr=False)
    """Sealed to the owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnIdentity:
    ask: str
    worker: str
    home: str
    by: str
    """The province that answers."""
    province: str
    """This one."""


AskCommand: TypeAlias = AskIdentity | LearnIdentity


class AskedElsewhere(Undecided):
    """Somebody has just asked the same under another id: their ask is waited on."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    owner: str
    number_index: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    worker: str
    home: str


Ask: TypeAlias = NotAsked | Waiting | Learnt


def decide(command: AskCommand, ask: Ask, seen: Seen) -> Sequence[AskEvent]:
    match command:
        case AskIdentity():
            return _ask(command, ask, seen)
        case LearnIdentity():
            return _learn(command, ask, seen)
        case _:
            assert_never(command)


def _ask(command: AskIdentity, ask: Ask, seen: Seen) -> Sequence[AskEvent]:
    if not isinstance(ask, NotAsked):
        return []
    if any(seen.holder(ASKED, index) for index in command.indexes):
        raise AskedElsewhere
    return [
        IdentityAsked(
            ask=command.ask,
            owner=command.owner,
            number_index=command.indexes[0],
            question=command.question,
            to=(command.owner,),
        )
    ]


def _learn(command: LearnIdentity, ask: Ask, seen: Seen) -> Sequence[AskEvent]:
    match ask:
        case NotAsked():
            raise refusals.NotAskedHere
        case Learnt():
            return []
        case Waiting(owner=owner) if owner != command.by:
            raise refusals.NotTheOwner
        case Waiting(number_index=index):
            home = province_of(command.home)
            is_elsewhere = home != command.province and seen.holder(GUEST, command.worker) is None
            return [
                IdentityLearnt(
                    ask=command.ask,
                    worker=command.worker,
                    home=command.home,
                    number_index=index,
                    steward=home if is_elsewhere else None,
                )
            ]
        case _:
            assert_never(ask)


def evolve(ask: Ask, event: AskEvent) -> Ask:
    match event:
        case IdentityAsked(owner=owner, number_index=index):
            return Waiting(owner=owner, number_index=index)
        case IdentityLearnt(worker=worker, home=home):
            return Learnt(worker=worker, home=home)
        case _:
            assert_never(event)


def reads(command: AskCommand) -> Iterable[Read]:
    if isinstance(command, AskIdentity):
        yield from (Read(guard=(ASKED, index)) for index in command.indexes)
    else:
        yield Read(guard=(GUEST, command.worker))


def effects(before: Ask, event: AskEvent) -> Iterable[Effect]:
    """Who is at home elsewhere is surveyed there, but for guests of this province."""
    if isinstance(event, IdentityAsked):
        yield Take(ASKED, event.number_index, holder=event.ask)
        return
    yield Release(IDENTITY, event.number_index)
    yield Take(IDENTITY, event.number_index, holder=event.worker)
    if event.steward:
        yield Release(ELSEWHERE, event.worker)
        yield Take(ELSEWHERE, event.worker, holder=event.steward)


ASK: Final[Decider[AskCommand, AskEvent, Ask]] = Decider(
    category="identity-ask",
    initial=NotAsked(),
    decide=decide,
    evolve=evolve,
    events=AskEvent,
    reads=reads,
    effects=effects,
)
