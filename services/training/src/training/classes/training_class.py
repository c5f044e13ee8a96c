"""The rules of a class, in one decider: filed, decided on, held, closed, archived."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from eventcore import Decider, Read, Seen

from training.classes import filing, holding, refusals, seats
from training.classes.commands import (
    ApproveClass,
    ClassCommand,
    CloseClass,
    CompleteArchive,
    CorrectSession,
    FileClass,
    RecordSession,
    RejectClass,
)
from training.classes.events import (
    ArchiveCompleted,
    ClassApproved,
    ClassClosed,
    ClassEvent,
    ClassFiled,
    ClassRejected,
    SessionCorrected,
    SessionHeld,
)
from training.classes.state import Closed, Declined, Filed, Known, Open, TrainingClass, Unknown, after, known
from training.institutions.institution import INSTITUTION
from training.plans.plan import PLAN
from training.programmes.programme import PROGRAMME


def decide(command: ClassCommand, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    match command:
        case FileClass():
            return filing.file(command, found, seen)
        case ApproveClass():
            return filing.approve(command, found, seen)
        case RejectClass():
            return filing.reject(command, found)
        case RecordSession():
            return holding.record(command, found, seen)
        case CorrectSession():
            return holding.correct(command, found, seen)
        case CloseClass():
            return holding.close(command, found, seen)
        case CompleteArchive():
            return holding.archive(command, found)
        case _:
            assert_never(command)


def evolve(found: TrainingClass, event: ClassEvent) -> TrainingClass:
    if isinstance(event, ClassFiled):
        return Filed(version=1, filed=event)
    before = known(found)
    version = before.version + 1
    match event:
        case ClassApproved():
            return Open(version=version, filed=before.filed)
        case ClassRejected():
            return Declined(version=version, filed=before.filed, reason=event.reason)
        case SessionHeld() | SessionCorrected():
            return replace(after(_open(before), event), version=version)
        case ClassClosed():
            return Closed(
                version=version,
                filed=before.filed,
                sessions=_open(before).sessions,
                closed_on=event.closed_on,
                tests={each.worker: each.test for each in event.results},
            )
        case ArchiveCompleted():
            return replace(before, version=version, archive=event) if isinstance(before, Closed) else before
        case _:
            assert_never(event)


def _open(found: Known) -> Open:
    if not isinstance(found, Open):
        raise refusals.ClassNotOpen
    return found


def reads(command: ClassCommand) -> Iterable[Read]:
    match command:
        case FileClass():
            yield Read(INSTITUTION, command.institution)
            yield Read(PROGRAMME, command.programme)
            yield Read(PLAN, command.plan)
        case ApproveClass():
            yield Read(INSTITUTION, command.institution)
        case RecordSession() | CorrectSession() | CloseClass():
            yield from seats.reads(command.training_class, seats.numbers(command.capacity))
        case _:
            pass


CLASS: Final[Decider[ClassCommand, ClassEvent, TrainingClass]] = Decider(
    category="class", initial=Unknown(), decide=decide, evolve=evolve, events=ClassEvent, reads=reads
)
