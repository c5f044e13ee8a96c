"""A round gives the free seats of a class to those who chose it, in the order of the priorities (R-REG-02).

What a round gives is kept: asked for again, it gives the same people the same seats, whoever waits by then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, TypeAlias

from contracts.worker import TRAINEE_PRIORITIES
from eventcore import Decider, Seen

_ORDER: Final = {each.code: rank for rank, each in enumerate(TRAINEE_PRIORITIES.codes)}


def rank(priority: Iterable[str]) -> int:
    """The place of the weightiest reason: 0 comes first; who has none, or one that is not known yet, comes last."""
    return min((_ORDER.get(each, len(_ORDER)) for each in priority), default=len(_ORDER))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Waiting:
    """Who chose the class; the order of the fields is the order in which they come."""

    rank: int
    chosen_on: date
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A worker's seat; None where there are fewer seats than people before them."""

    worker: str
    seat: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHeld:
    """A round was held."""

    type: ClassVar[str] = "round-held"
    training_class: str
    given: tuple[Given, ...]
    """In the order of the priorities."""
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRound:
    training_class: str
    given: tuple[Given, ...]
    by: str
    organisation: str


Round: TypeAlias = RoundHeld | None


def give(waiting: Iterable[Waiting], free: Sequence[int]) -> tuple[Given, ...]:
    """Everybody who waits, with the seat that is free for them."""
    queue = sorted(waiting)
    return tuple(Given(worker=each.worker, seat=free[n] if n < len(free) else None) for n, each in enumerate(queue))


def decide(command: HoldRound, found: Round, _: Seen) -> Sequence[RoundHeld]:
    if found is not None:
        return ()
    held = RoundHeld(
        training_class=command.training_class,
        given=command.given,
        by=command.by,
        organisation=command.organisation,
    )
    return (held,)


def evolve(_: Round, event: RoundHeld) -> Round:
    return event


ROUND: Final[Decider[HoldRound, RoundHeld, Round]] = Decider(
    category="enrolment-round", initial=None, decide=decide, evolve=evolve, events=RoundHeld
)
