"""An institution as claims see it: its classes, and since when what it taught counts no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from subsidy.claims.dossier.parts import Said
from subsidy.claims.rosters.events import BaseEvent, BaseFallNoted, ClassOfBaseNoted


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClass:
    institution: str
    training_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBaseFall:
    institution: str
    void_from: date
    said: Said


BaseCommand: TypeAlias = NoteClass | NoteBaseFall


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    classes: tuple[str, ...] = ()
    falls: tuple[tuple[date, Said], ...] = ()


def decide(command: BaseCommand, base: Base, seen: Seen) -> Sequence[BaseEvent]:
    match command:
        case NoteClass():
            return _note_class(command, base)
        case NoteBaseFall():
            if (command.void_from, command.said) in base.falls:
                return []
            return [_fall(command.institution, command.void_from, command.said, base.classes)]
        case _:
            assert_never(command)


def _note_class(command: NoteClass, base: Base) -> Sequence[BaseEvent]:
    """A class that becomes known after the fall has fallen as well."""
    if command.training_class in base.classes:
        return []
    noted = ClassOfBaseNoted(institution=command.institution, training_class=command.training_class)
    falls = (_fall(command.institution, day, said, (command.training_class,)) for day, said in base.falls)
    return [noted, *falls]


def _fall(institution: str, void_from: date, said: Said, classes: tuple[str, ...]) -> BaseFallNoted:
    return BaseFallNoted(institution=institution, void_from=void_from, said=said, classes=classes)


def evolve(base: Base, event: BaseEvent) -> Base:
    match event:
        case ClassOfBaseNoted():
            return replace(base, classes=(*base.classes, event.training_class))
        case BaseFallNoted():
            fall = event.void_from, event.said
            return base if fall in base.falls else replace(base, falls=(*base.falls, fall))
        case _:
            assert_never(event)


BASE: Final[Decider[BaseCommand, BaseEvent, Base]] = Decider(
    category="base", initial=Base(), decide=decide, evolve=evolve, events=BaseEvent
)
