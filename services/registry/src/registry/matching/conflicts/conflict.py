"""The rules of a conflict: a person decides it, once for what the systems say; the next run does not open it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Rejected, Seen

from registry.matching.conflicts.events import (
    ConflictEvent,
    MatchConflictDecided,
    MatchConflictOpened,
    MatchConflictVanished,
)
from registry.matching.conflicts.lists import NO_SIDE
from registry.matching.sides import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConflict:
    """A run found it."""

    conflict: str
    comparison: str
    rule: str
    county: str
    worker: str | None
    sides: tuple[Side, ...]
    said: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideConflict:
    right: str
    follow_up: str
    reason: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissConflict:
    """A run did not find it any more."""

    run: str


ConflictCommand: TypeAlias = OpenConflict | DecideConflict | MissConflict


class NotFound(Rejected):
    """There is no such conflict."""

    code = "match_conflict_unknown"


class NotOpen(Rejected):
    """The conflict is not open: it was decided otherwise, or the systems agree now."""

    code = "match_conflict_not_open"


class NoSuchSide(Rejected):
    """The system that is said to be right is none of this conflict's."""

    code = "match_conflict_no_such_side"


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True)
class Open:
    opened: MatchConflictOpened


@dataclass(frozen=True, slots=True)
class Decided:
    opened: MatchConflictOpened
    decided: MatchConflictDecided


@dataclass(frozen=True, slots=True)
class Vanished:
    opened: MatchConflictOpened


Conflict: TypeAlias = Unknown | Open | Decided | Vanished


def decide(command: ConflictCommand, conflict: Conflict, seen: Seen) -> Sequence[ConflictEvent]:
    match command:
        case OpenConflict():
            known = isinstance(conflict, Open | Decided) and conflict.opened.said == command.said
            return [] if known else [_opened(command)]
        case DecideConflict():
            return _decide(command, conflict)
        case MissConflict(run=run):
            if not isinstance(conflict, Open):
                return []
            return [MatchConflictVanished(conflict=conflict.opened.conflict, run=run)]
        case _:
            assert_never(command)


def _opened(command: OpenConflict) -> MatchConflictOpened:
    return MatchConflictOpened(
        conflict=command.conflict,
        comparison=command.comparison,
        rule=command.rule,
        county=command.county,
        worker=command.worker,
        sides=command.sides,
        said=command.said,
        run=command.run,
    )


def _decide(command: DecideConflict, conflict: Conflict) -> Sequence[ConflictEvent]:
    match conflict:
        case Unknown():
            raise NotFound
        case Decided(decided=decided):
            if (decided.right, decided.follow_up) != (command.right, command.follow_up):
                raise NotOpen
            return []
        case Vanished():
            raise NotOpen
        case Open(opened=opened):
            if command.right not in (NO_SIDE, *(side.source for side in opened.sides)):
                raise NoSuchSide
            return [_decided(command, opened)]
        case _:
            assert_never(conflict)


def _decided(command: DecideConflict, opened: MatchConflictOpened) -> MatchConflictDecided:
    return MatchConflictDecided(
        conflict=opened.conflict,
        county=opened.county,
        worker=opened.worker,
        right=command.right,
        follow_up=command.follow_up,
        reason=command.reason,
        official=command.official,
        organisation=command.organisation,
        said=opened.said,
    )


def evolve(conflict: Conflict, event: ConflictEvent) -> Conflict:
    match event:
        case MatchConflictOpened():
            return Open(event)
        case MatchConflictDecided():
            return Decided(opened(conflict), event)
        case MatchConflictVanished():
            return Vanished(opened(conflict))
        case _:
            assert_never(event)


def opened(conflict: Conflict) -> MatchConflictOpened:
    """What the systems said last. NotFound."""
    if isinstance(conflict, Unknown):
        raise NotFound
    return conflict.opened


def standing(conflict: Conflict) -> str:
    """The state in one word, for answers."""
    match conflict:
        case Unknown():
            return "unknown"
        case Open():
            return "open"
        case Decided():
            return "decided"
        case Vanished():
            return "vanished"
        case _:
            assert_never(conflict)


CONFLICT: Final[Decider[ConflictCommand, ConflictEvent, Conflict]] = Decider(
    category="match-conflict", initial=Unknown(), decide=decide, evolve=evolve, events=ConflictEvent
)
