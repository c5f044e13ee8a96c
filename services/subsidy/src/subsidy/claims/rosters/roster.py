"""A class as claims see it: who was in it to the end, and since when that counts no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from subsidy.claims.dossier.parts import Said
from subsidy.claims.rosters.events import ClassFallNoted, RosterEvent, TraineeListed


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTrainee:
    training_class: str
    worker: str
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClassFall:
    training_class: str
    void_from: date
    said: Said


RosterCommand: TypeAlias = ListTrainee | NoteClassFall


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    trainees: tuple[tuple[str, date], ...] = ()
    falls: tuple[tuple[date, Said], ...] = ()


def decide(command: RosterCommand, roster: Roster, seen: Seen) -> Sequence[RosterEvent]:
    match command:
        case ListTrainee():
            return _list(command, roster)
        case NoteClassFall():
            if (command.void_from, command.said) in roster.falls:
                return []
            workers = tuple(worker for worker, day in roster.trainees if day >= command.void_from)
            return [_fall(command.training_class, command.void_from, command.said, workers)]
        case _:
            assert_never(command)


def _list(command: ListTrainee, roster: Roster) -> Sequence[RosterEvent]:
    """Who becomes known after the fall is concerned as well."""
    if (command.worker, command.ended_on) in roster.trainees:
        return []
    listed = TraineeListed(training_class=command.training_class, worker=command.worker, ended_on=command.ended_on)
    falls = (
        _fall(command.training_class, day, said, (command.worker,))
        for day, said in roster.falls
        if command.ended_on >= day
    )
    return [listed, *falls]


def _fall(training_class: str, void_from: date, said: Said, workers: tuple[str, ...]) -> ClassFallNoted:
    return ClassFallNoted(training_class=training_class, void_from=void_from, said=said, workers=workers)


def evolve(roster: Roster, event: RosterEvent) -> Roster:
    match event:
        case TraineeListed():
            return replace(roster, trainees=(*roster.trainees, (event.worker, event.ended_on)))
        case ClassFallNoted():
            fall = event.void_from, event.said
            return roster if fall in roster.falls else replace(roster, falls=(*roster.falls, fall))
        case _:
            assert_never(event)


ROSTER: Final[Decider[RosterCommand, RosterEvent, Roster]] = Decider(
    category="roster", initial=Roster(), decide=decide, evolve=evolve, events=RosterEvent
)
