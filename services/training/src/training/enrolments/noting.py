"""What the registry says of a worker, noted where it decides who may be taught (R-REG-04, R-REG-07)."""

from collections.abc import Sequence

from training.enrolments.commands import (
    NoteDeath,
    NoteDeathWithdrawn,
    NoteDesignation,
    NoteDesignationEnd,
    NoteStoodFor,
    NoteUse,
    TakeOverClasses,
)
from training.enrolments.events import (
    ClassesTakenOver,
    DeathNoted,
    DeathWithdrawnNoted,
    DesignationEndNoted,
    DesignationNoted,
    EnrolmentEvent,
    StoodForNoted,
    UseNoted,
    Withdrawn,
)
from training.enrolments.state import Attending, Designation, Enrolment, overlaps


def designated(command: NoteDesignation, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    said = Designation(plan=command.plan, priority=command.priority, designated_on=command.designated_on)
    if said in enrolment.designations:
        return []
    return [
        DesignationNoted(
            worker=command.worker,
            plan=command.plan,
            priority=command.priority,
            designated_on=command.designated_on,
        )
    ]


def designation_ended(command: NoteDesignationEnd, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    if all(each.plan != command.plan for each in enrolment.designations):
        return []
    return [DesignationEndNoted(worker=command.worker, plan=command.plan, reason=command.reason)]


def died(command: NoteDeath, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    """The seats of who has died before the end of the class are free again."""
    if enrolment.died_on is not None:
        return []
    left = (
        Withdrawn(
            worker=command.worker,
            terms=each.terms,
            seat=each.seat,
            withdrawn_on=command.died_on,
            reason="DECEASED",
            by="",
            organisation=command.organisation,
        )
        for each in enrolment.stays
        if isinstance(each, Attending) and command.died_on <= each.terms.ends_on
    )
    return [DeathNoted(worker=command.worker, died_on=command.died_on), *left]


def lives(command: NoteDeathWithdrawn, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    """Somebody else may have the seat by now: it is asked for again like every seat."""
    return [] if enrolment.died_on is None else [DeathWithdrawnNoted(worker=command.worker)]


def use(command: NoteUse, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    if (command.restricted, command.until) == (enrolment.restricted, enrolment.restricted_until):
        return []
    return [UseNoted(worker=command.worker, restricted=command.restricted, until=command.until)]


def stood_for(command: NoteStoodFor, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    if command.canonical == enrolment.canonical:
        return []
    return [
        StoodForNoted(
            worker=command.worker,
            canonical=command.canonical,
            before=enrolment.canonical,
            classes=enrolment.classes if command.canonical is not None else (),
        )
    ]


def taken_over(command: TakeOverClasses, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    """Two classes at a time are found here, where nobody could refuse the second."""
    known = tuple(terms for other, terms in enrolment.taken_over if other == command.other)
    if known == command.classes:
        return []
    own = [terms for terms in enrolment.classes if terms not in known]
    collisions = (each for each in command.classes if any(overlaps(each, one) for one in own))
    return [
        ClassesTakenOver(
            worker=command.worker,
            other=command.other,
            classes=command.classes,
            collisions=tuple(each.training_class for each in collisions),
        )
    ]
