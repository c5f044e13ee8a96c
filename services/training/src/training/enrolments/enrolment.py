"""The rules of a worker's way through training, in one decider."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, assert_never

from eventcore import Decider, Effect, Read, Release, Seen, Take

from training.classes import seats
from training.classes.training_class import CLASS
from training.enrolments import concluding, noting, seating
from training.enrolments.commands import (
    Conclude,
    CorrectAttendance,
    Enrol,
    EnrolmentCommand,
    NoteDeath,
    NoteDeathWithdrawn,
    NoteDesignation,
    NoteDesignationEnd,
    NoteStoodFor,
    NoteUse,
    RecordChoice,
    TakeOverClasses,
    Withdraw,
)
from training.enrolments.events import (
    AttendanceCorrected,
    ChoiceRecorded,
    ClassesTakenOver,
    DeathNoted,
    DeathWithdrawnNoted,
    DesignationEndNoted,
    DesignationNoted,
    Enrolled,
    EnrolmentEvent,
    StoodForNoted,
    TrainingCompleted,
    TrainingFailed,
    UseNoted,
    Withdrawn,
)
from training.enrolments.state import Attending, Choice, Concluded, Designation, Enrolment, Left, Stay
from training.institutions.institution import INSTITUTION


def decide(command: EnrolmentCommand, enrolment: Enrolment, seen: Seen) -> Sequence[EnrolmentEvent]:
    match command:
        case RecordChoice():
            return seating.choose(command, enrolment, seen)
        case Enrol():
            return seating.enrol(command, enrolment, seen)
        case Withdraw():
            return seating.withdraw(command, enrolment, seen)
        case Conclude():
            return concluding.conclude(command, enrolment)
        case CorrectAttendance():
            return concluding.correct(command, enrolment)
        case NoteDesignation():
            return noting.designated(command, enrolment)
        case NoteDesignationEnd():
            return noting.designation_ended(command, enrolment)
        case NoteDeath():
            return noting.died(command, enrolment)
        case NoteDeathWithdrawn():
            return noting.lives(command, enrolment)
        case NoteUse():
            return noting.use(command, enrolment)
        case NoteStoodFor():
            return noting.stood_for(command, enrolment)
        case TakeOverClasses():
            return noting.taken_over(command, enrolment)
        case _:
            assert_never(command)


def evolve(before: Enrolment, event: EnrolmentEvent) -> Enrolment:
    """Events count: what is said of an event names it by its place in the stream."""
    enrolment = replace(before, worker=event.worker, version=before.version + 1)
    match event:
        case DesignationNoted():
            said = Designation(plan=event.plan, priority=event.priority, designated_on=event.designated_on)
            return replace(enrolment, designations=(*_without(enrolment, event.plan), said))
        case DesignationEndNoted():
            return replace(enrolment, designations=_without(enrolment, event.plan))
        case DeathNoted():
            return replace(enrolment, died_on=event.died_on)
        case DeathWithdrawnNoted():
            return replace(enrolment, died_on=None)
        case UseNoted():
            return replace(enrolment, restricted=event.restricted, restricted_until=event.until)
        case StoodForNoted():
            return replace(enrolment, canonical=event.canonical)
        case ClassesTakenOver():
            others = tuple(each for each in enrolment.taken_over if each[0] != event.other)
            return replace(enrolment, taken_over=(*others, *((event.other, terms) for terms in event.classes)))
        case ChoiceRecorded():
            return _chosen(enrolment, event)
        case Enrolled():
            return _stays(enrolment, Attending(terms=event.terms, seat=event.seat))
        case Withdrawn():
            return _stays(enrolment, Left(terms=event.terms, withdrawn_on=event.withdrawn_on))
        case TrainingCompleted():
            return _concluded(enrolment, event, event.completed_on, completed=True)
        case TrainingFailed():
            return _concluded(enrolment, event, event.failed_on, completed=False)
        case AttendanceCorrected():
            return _corrected(enrolment, event)
        case _:
            assert_never(event)


def _without(enrolment: Enrolment, plan: str) -> tuple[Designation, ...]:
    return tuple(each for each in enrolment.designations if each.plan != plan)


def _said(enrolment: Enrolment) -> str:
    """Id of the newest event."""
    return f"enrolment-{enrolment.worker}/{enrolment.version}"


def _chosen(enrolment: Enrolment, event: ChoiceRecorded) -> Enrolment:
    key = event.terms.training_class
    choice = Choice(event=_said(enrolment), training_class=key, chosen_on=event.chosen_on)
    others = tuple(each for each in enrolment.choices if each.training_class != key)
    return replace(enrolment, choices=(*others, choice))


def _stays(enrolment: Enrolment, stay: Stay) -> Enrolment:
    key = stay.terms.training_class
    others = tuple(each for each in enrolment.stays if each.terms.training_class != key)
    return replace(enrolment, stays=(*others, stay))


def _concluded(
    enrolment: Enrolment, event: TrainingCompleted | TrainingFailed, on: date, *, completed: bool
) -> Enrolment:
    stay = Concluded(
        terms=event.terms,
        minutes=event.minutes,
        days=event.days,
        test=event.test,
        completed=completed,
        on=on,
        said=_said(enrolment),
    )
    return _stays(enrolment, stay)


def _corrected(enrolment: Enrolment, event: AttendanceCorrected) -> Enrolment:
    stay = enrolment.stay(event.training_class)
    if not isinstance(stay, Concluded):
        return enrolment
    right = replace(stay, minutes=event.minutes, days=event.days, completed=event.completed, said=_said(enrolment))
    return _stays(enrolment, right)


def reads(command: EnrolmentCommand) -> Iterable[Read]:
    match command:
        case RecordChoice():
            yield Read(INSTITUTION, command.institution)
            for option in (*command.options, command.training_class):
                yield Read(CLASS, option)
        case Enrol():
            yield Read(CLASS, command.training_class)
            yield Read(INSTITUTION, command.institution)
            wanted = seats.numbers(command.capacity) if command.seat is None else (command.seat,)
            yield from seats.reads(command.training_class, wanted)
        case Withdraw():
            yield Read(CLASS, command.training_class)
        case _:
            pass


def effects(before: Enrolment, event: EnrolmentEvent) -> Iterable[Effect]:
    """One seat, one worker."""
    match event:
        case Enrolled(terms=terms, seat=seat, worker=worker):
            yield Take(seats.SEAT, seats.place(terms.training_class, seat), holder=worker)
        case Withdrawn(terms=terms, seat=seat):
            yield Release(seats.SEAT, seats.place(terms.training_class, seat))
        case _:
            pass


ENROLMENT: Final[Decider[EnrolmentCommand, EnrolmentEvent, Enrolment]] = Decider(
    category="enrolment",
    initial=Enrolment(),
    decide=decide,
    evolve=evolve,
    events=EnrolmentEvent,
    reads=reads,
    effects=effects,
)
