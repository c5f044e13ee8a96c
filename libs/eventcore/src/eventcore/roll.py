"""After a restore a province calls the roll: what its log said and lost may be stored at another one and not yet read.

The call comes after it in the other's inbox, and the answer after whatever follows from it, so who has everybody's
answer has heard of everything that was under way. A stream for each incarnation, at who calls and at who answers. The
own province is on the roll too: what its services say is taken in again from the beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from eventcore.decider import Decider, Seen
from eventcore.reactions import Do


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCalled:
    """The other province is to say when it has read what came before."""

    type: ClassVar[str] = "roll-called"
    incarnation: str
    region: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollAnswered:
    """Everything that the other province had sent is read here, and what follows from it was said."""

    type: ClassVar[str] = "roll-answered"
    incarnation: str
    region: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollAnswerNoted:
    """The other province has answered."""

    type: ClassVar[str] = "roll-answer-noted"
    incarnation: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReadAgain:
    """What the log follows in its own province, and may have lost, is taken in again."""

    type: ClassVar[str] = "log-read-again"
    incarnation: str
    region: str


RollEvent: TypeAlias = RollCalled | RollAnswered | RollAnswerNoted | LogReadAgain


@dataclass(frozen=True, slots=True, kw_only=True)
class SayOfRoll:
    """Something is said of the roll of an incarnation, to or by the other province. Once is enough."""

    event: RollEvent


Said: TypeAlias = frozenset[tuple[str, str]]
"""Types of events, and of which province."""


def _of(event: RollEvent) -> tuple[str, str]:
    return event.type, event.region


def decide(command: SayOfRoll, said: Said, seen: Seen) -> Sequence[RollEvent]:
    """What was said already is nothing new."""
    return [] if _of(command.event) in said else [command.event]


def evolve(said: Said, event: RollEvent) -> Said:
    """What has been said so far."""
    return said | {_of(event)}


ROLL: Final[Decider[SayOfRoll, RollEvent, Said]] = Decider(
    category="roll", initial=frozenset(), decide=decide, evolve=evolve, events=RollEvent
)


def answered(incarnation: str, region: str) -> Do[SayOfRoll]:
    """What follows from a call, where it is read: by the reader of what must have been read before it."""
    return Do(ROLL, incarnation, SayOfRoll(event=RollAnswered(incarnation=incarnation, region=region, to=(region,))))


def noted(incarnation: str, region: str) -> Do[SayOfRoll]:
    """What follows from an answer."""
    return Do(ROLL, incarnation, SayOfRoll(event=RollAnswerNoted(incarnation=incarnation, region=region)))
