"""The rules of an allowance: what a person gets of a kind, this year and in all, over all claims (R-SUB-30, R-SUB-36).

Claims take one after another. In its turn a claim is told what all others take, says what it takes beside that, and
only then the next has its turn: two claims never count on the same room. Less can be said at any time; then those that
were told of more have a turn again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen
from eventcore.ids import same_id

from subsidy.claims.allowances.events import AllowanceEvent, AmountTaken, Taker, TurnAsked, TurnGiven


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTurn:
    person: str
    taker: Taker


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAmount:
    person: str
    claim: str
    year: int
    amount: int
    leaves: bool


AllowanceCommand: TypeAlias = AskTurn | TakeAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """A claim, what it takes, and what it was told of the others: this year, in all."""

    taker: Taker
    amount: int = 0
    told: tuple[int, int] | None = None
    waits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    line: tuple[InLine, ...] = ()
    turn: Taker | None = None


def allowance_key(kind: str, person: str) -> str:
    return same_id("allowance", kind, person)


def decide(command: AllowanceCommand, found: Allowance, seen: Seen) -> Sequence[AllowanceEvent]:
    match command:
        case AskTurn():
            return _ask(command, found)
        case TakeAmount():
            return _take(command, found)
        case _:
            assert_never(command)


def _ask(command: AskTurn, found: Allowance) -> Sequence[AllowanceEvent]:
    stands = _find(found, command.taker.claim, command.taker.year)
    if stands is not None and (stands.waits or found.turn == stands.taker):
        return []
    return _and_next(found, TurnAsked(person=command.person, taker=command.taker))


def _take(command: TakeAmount, found: Allowance) -> Sequence[AllowanceEvent]:
    stands = _find(found, command.claim, command.year)
    if stands is None:
        return []
    if found.turn != stands.taker and command.amount >= stands.amount and not command.leaves:
        return []
    taken = AmountTaken(
        person=command.person,
        claim=command.claim,
        year=command.year,
        amount=command.amount,
        leaves=command.leaves,
    )
    return _and_next(found, taken)


def _and_next(found: Allowance, event: TurnAsked | AmountTaken) -> Sequence[AllowanceEvent]:
    after = evolve(found, event)
    first = next((each for each in after.line if each.waits), None)
    if after.turn is not None or first is None:
        return [event]
    this_year, in_all = others(after, first)
    return [event, TurnGiven(person=event.person, taker=first.taker, this_year=this_year, in_all=in_all)]


def others(found: Allowance, one: InLine) -> tuple[int, int]:
    """What all others take: in the year of this one, and in all."""
    beside = [each for each in found.line if each.taker != one.taker]
    this_year = sum(each.amount for each in beside if each.taker.year == one.taker.year)
    return this_year, sum(each.amount for each in beside)


def _find(found: Allowance, claim: str, year: int) -> InLine | None:
    return next((each for each in found.line if (each.taker.claim, each.taker.year) == (claim, year)), None)


def evolve(found: Allowance, event: AllowanceEvent) -> Allowance:
    match event:
        case TurnAsked(taker=taker):
            stands = _find(found, taker.claim, taker.year)
            beside = tuple(each for each in found.line if each != stands)
            asks = replace(stands, taker=taker, waits=True) if stands else InLine(taker=taker)
            return replace(found, line=(*beside, asks))
        case TurnGiven(taker=taker):
            told = (event.this_year, event.in_all)
            line = tuple(replace(each, told=told, waits=False) if each.taker == taker else each for each in found.line)
            return Allowance(line=line, turn=taker)
        case AmountTaken():
            return _taken(found, event)
        case _:
            assert_never(event)


def _taken(found: Allowance, event: AmountTaken) -> Allowance:
    turn = found.turn
    if turn is not None and (turn.claim, turn.year) == (event.claim, event.year):
        turn = None
    line = tuple(
        replace(each, amount=event.amount) if (each.taker.claim, each.taker.year) == (event.claim, event.year) else each
        for each in found.line
        if not (event.leaves and (each.taker.claim, each.taker.year) == (event.claim, event.year))
    )
    after = Allowance(line=line, turn=turn)
    return replace(after, line=tuple(replace(each, waits=each.waits or _was_told_more(after, each)) for each in line))


def _was_told_more(found: Allowance, one: InLine) -> bool:
    """Others take less than it was told: there may be room for it."""
    now = others(found, one)
    return one.told is not None and (now[0] < one.told[0] or now[1] < one.told[1])


ALLOWANCE: Final[Decider[AllowanceCommand, AllowanceEvent, Allowance]] = Decider(
    category="allowance",
    initial=Allowance(),
    decide=decide,
    evolve=evolve,
    events=AllowanceEvent,
)
