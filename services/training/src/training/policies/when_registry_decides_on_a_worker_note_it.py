"""What the registry decides on a worker is noted where it is decided who may be taught: designation, death, use of the
data, and which of two ids stands for a person."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.registry import (
    DuplicateDecidedV1,
    PersonalDataErasedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
)
from eventcore import Do, Fact

from training.enrolments.commands import (
    EnrolmentCommand,
    NoteDeath,
    NoteDeathWithdrawn,
    NoteDesignation,
    NoteDesignationEnd,
    NoteStoodFor,
    NoteUse,
)
from training.enrolments.enrolment import ENROLMENT

FOREIGN: Final = (
    TraineeDesignatedV1.type,
    TraineeDesignationEndedV1.type,
    WorkerDeceasedV1.type,
    WorkerDeathWithdrawnV1.type,
    UseRestrictedV1.type,
    UseRestrictionEndedV1.type,
    PersonalDataErasedV1.type,
    DuplicateDecidedV1.type,
)


def when_registry_decides_on_a_worker_note_it(fact: Fact[Any]) -> Iterable[Do[EnrolmentCommand]]:
    event = fact.event
    match event:
        case DuplicateDecidedV1(links=True, other=other):
            yield Do(ENROLMENT, other, NoteStoodFor(worker=other, canonical=event.canonical))
        case DuplicateDecidedV1():
            pass
        case _:
            yield Do(ENROLMENT, event.worker, _note(event))


def _note(event: Any) -> EnrolmentCommand:
    match event:
        case TraineeDesignatedV1():
            return NoteDesignation(
                worker=event.worker,
                plan=event.plan,
                priority=event.priority,
                designated_on=event.designated_on,
            )
        case TraineeDesignationEndedV1():
            return NoteDesignationEnd(worker=event.worker, plan=event.plan, reason=event.reason)
        case WorkerDeceasedV1():
            return NoteDeath(worker=event.worker, died_on=event.died_on, organisation=event.organisation)
        case WorkerDeathWithdrawnV1():
            return NoteDeathWithdrawn(worker=event.worker)
        case UseRestrictedV1():
            return NoteUse(worker=event.worker, restricted=True, until=event.until)
        case UseRestrictionEndedV1():
            return NoteUse(worker=event.worker, restricted=False, until=None)
        case PersonalDataErasedV1():
            return NoteUse(worker=event.worker, restricted=True, until=None)
        case _:
            raise TypeError(type(event).__name__)
