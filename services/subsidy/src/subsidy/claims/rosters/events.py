"""What can have been noted of an institution and of a class. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from subsidy.claims.dossier.parts import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOfBaseNoted:
    type: ClassVar[str] = "class-of-base-noted"
    institution: str
    training_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFallNoted:
    """The institution was revoked: completions from this day on count no more in these classes."""

    type: ClassVar[str] = "base-fall-noted"
    institution: str
    void_from: date
    said: Said
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeListed:
    type: ClassVar[str] = "trainee-listed"
    training_class: str
    worker: str
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFallNoted:
    """What these workers completed counts no more, if it was from this day on."""

    type: ClassVar[str] = "class-fall-noted"
    training_class: str
    void_from: date
    said: Said
    workers: tuple[str, ...]


BaseEvent: TypeAlias = ClassOfBaseNoted | BaseFallNoted
RosterEvent: TypeAlias = TraineeListed | ClassFallNoted
