"""The rules of the rhythm: the first run sets the next due day, and so does every run and every missed day after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Effect, Seen, Wake

from registry.matching.rhythm.events import ComparisonMade, ComparisonMissed, RhythmEvent
from registry.matching.rhythm.quarters import Quarter, due_on, end_of

DUE: Final = "due"
"""Timers are named by it and their quarter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRun:
    """A run was completed."""

    comparison: str
    quarter: str
    run: str
    made_on: date
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetDayPass:
    """The due day of a quarter is over."""

    comparison: str
    quarter: str


RhythmCommand: TypeAlias = NoteRun | LetDayPass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    runs: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    """Quarters with a run."""
    missed: frozenset[str] = frozenset()
    """Quarters whose day passed without one; some may have been made later."""
    last: Quarter | None = None
    """The latest quarter that is dealt with, by a run or by letting its day pass."""
    working_days: int = 0


def decide(command: RhythmCommand, rhythm: Rhythm, seen: Seen) -> Sequence[RhythmEvent]:
    match command:
        case NoteRun():
            return [] if command.run in rhythm.runs else [_made(command, rhythm)]
        case LetDayPass():
            quarter = Quarter.parse(command.quarter)
            return (
                [] if rhythm.last is None or quarter <= rhythm.last else [_missed(command.comparison, quarter, rhythm)]
            )
        case _:
            assert_never(command)


def _made(command: NoteRun, rhythm: Rhythm) -> ComparisonMade:
    """A late run of an old quarter moves no day."""
    quarter = Quarter.parse(command.quarter)
    latest = max(quarter, rhythm.last or quarter)
    return ComparisonMade(
        comparison=command.comparison,
        quarter=command.quarter,
        run=command.run,
        made_on=command.made_on,
        due_on=due_on(quarter, command.working_days),
        working_days=command.working_days,
        next_due_on=due_on(latest.next, command.working_days),
    )


def _missed(comparison: str, quarter: Quarter, rhythm: Rhythm) -> ComparisonMissed:
    return ComparisonMissed(
        comparison=comparison,
        quarter=str(quarter),
        due_on=due_on(quarter, rhythm.working_days),
        working_days=rhythm.working_days,
        next_due_on=due_on(quarter.next, rhythm.working_days),
    )


def evolve(rhythm: Rhythm, event: RhythmEvent) -> Rhythm:
    quarter = Quarter.parse(event.quarter)
    rhythm = replace(rhythm, last=max(quarter, rhythm.last or quarter), working_days=event.working_days)
    match event:
        case ComparisonMade(run=run):
            return replace(rhythm, runs=rhythm.runs | {run}, made=rhythm.made | {event.quarter})
        case ComparisonMissed():
            return replace(rhythm, missed=rhythm.missed | {event.quarter})
        case _:
            assert_never(event)


def effects(before: Rhythm, event: RhythmEvent) -> Iterable[Effect]:
    """A timer for the next quarter alone: its name says which, so that one that comes late means nothing else."""
    after = evolve(before, event)
    if before.last and before.last != after.last:
        yield Wake(timer(before.last.next), None)
    if after.last:
        yield Wake(timer(after.last.next), end_of(event.next_due_on))


def timer(quarter: Quarter) -> str:
    """`due/2026-Q4`"""
    return f"{DUE}/{quarter}"


def let_day_pass(comparison: str, name: str) -> LetDayPass:
    """What the timer of a comparison asks."""
    return LetDayPass(comparison=comparison, quarter=name.removeprefix(f"{DUE}/"))


RHYTHM: Final[Decider[RhythmCommand, RhythmEvent, Rhythm]] = Decider(
    category="comparison", initial=Rhythm(), decide=decide, evolve=evolve, events=RhythmEvent, effects=effects
)
