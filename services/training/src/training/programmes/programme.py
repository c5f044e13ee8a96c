"""The rules of a programme: a line of the public catalogue with versions, each from a day on (R-TRN-24). How long a
training lasts is said here, programme by programme: the three months of one document and the exceptions of the same
document (R-TRN-01, R-TRN-02) are both the minimum of a version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from training.programmes import refusals
from training.programmes.events import (
    Content,
    ProgrammeChanged,
    ProgrammeEvent,
    ProgrammeListed,
    ProgrammeWithdrawn,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgramme:
    programme: str
    content: Content
    valid_from: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProgramme:
    content: Content
    valid_from: date
    evidence: str
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawProgramme:
    withdrawn_on: date
    evidence: str
    official: str
    organisation: str


ProgrammeCommand: TypeAlias = ListProgramme | ChangeProgramme | WithdrawProgramme


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    version: int
    content: Content
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    programme: str
    versions: tuple[Version, ...]
    """In the order of time."""
    withdrawn_on: date | None = None

    def on(self, day: date) -> Version:
        """The version of that day. Refuses where there is none."""
        begun = [each for each in self.versions if each.valid_from <= day]
        if not begun or (self.withdrawn_on is not None and self.withdrawn_on <= day):
            raise refusals.NotInCatalogue
        return begun[-1]


Programme: TypeAlias = Unknown | Listed


def known(programme: Programme) -> Listed:
    """The programme. Refuses where there is none."""
    if isinstance(programme, Unknown):
        raise refusals.ProgrammeUnknown
    return programme


def decide(command: ProgrammeCommand, programme: Programme, seen: Seen) -> Sequence[ProgrammeEvent]:
    match command:
        case ListProgramme():
            return list_it(command, programme)
        case ChangeProgramme():
            return change(command, _current(programme))
        case WithdrawProgramme():
            return withdraw(command, programme)
        case _:
            assert_never(command)


def list_it(command: ListProgramme, programme: Programme) -> Sequence[ProgrammeEvent]:
    event = ProgrammeListed(
        programme=command.programme,
        content=command.content,
        valid_from=command.valid_from,
        evidence=command.evidence,
        official=command.official,
        organisation=command.organisation,
    )
    if isinstance(programme, Unknown):
        return [event]
    if programme == evolve(Unknown(), event):
        return []
    raise refusals.ProgrammeAlreadyListed


def change(command: ChangeProgramme, programme: Listed) -> Sequence[ProgrammeEvent]:
    newest = programme.versions[-1]
    if (newest.content, newest.valid_from) == (command.content, command.valid_from):
        return []
    if command.valid_from <= newest.valid_from:
        raise refusals.VersionOutOfOrder
    return [
        ProgrammeChanged(
            programme=programme.programme,
            version=newest.version + 1,
            content=command.content,
            valid_from=command.valid_from,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def withdraw(command: WithdrawProgramme, programme: Programme) -> Sequence[ProgrammeEvent]:
    found = known(programme)
    if found.withdrawn_on == command.withdrawn_on:
        return []
    newest = _current(found).versions[-1]
    if command.withdrawn_on <= newest.valid_from:
        raise refusals.VersionOutOfOrder
    return [
        ProgrammeWithdrawn(
            programme=found.programme,
            version=newest.version,
            withdrawn_on=command.withdrawn_on,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _current(programme: Programme) -> Listed:
    found = known(programme)
    if found.withdrawn_on is not None:
        raise refusals.ProgrammeIsWithdrawn
    return found


def evolve(programme: Programme, event: ProgrammeEvent) -> Programme:
    match event:
        case ProgrammeListed():
            first = Version(version=1, content=event.content, valid_from=event.valid_from)
            return Listed(programme=event.programme, versions=(first,))
        case ProgrammeChanged():
            found = known(programme)
            later = Version(version=event.version, content=event.content, valid_from=event.valid_from)
            return replace(found, versions=(*found.versions, later))
        case ProgrammeWithdrawn():
            return replace(known(programme), withdrawn_on=event.withdrawn_on)
        case _:
            assert_never(event)


PROGRAMME: Final[Decider[ProgrammeCommand, ProgrammeEvent, Programme]] = Decider(
    category="programme", initial=Unknown(), decide=decide, evolve=evolve, events=ProgrammeEvent
)
