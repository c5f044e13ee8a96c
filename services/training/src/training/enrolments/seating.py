"""How a worker comes to a seat: chosen by the worker among what was shown (R-REG-07), poor households first (R-REG-02),
one class at a time, and no more workers than seats."""

from collections.abc import Sequence
from typing import Final

from eventcore import Seen
from eventcore.decider import Undecided

from training.classes import seats
from training.classes import state as classes
from training.classes.refusals import ClassNotOpen
from training.classes.training_class import CLASS
from training.enrolments import refusals
from training.enrolments.commands import Enrol, RecordChoice, Withdraw
from training.enrolments.events import ChoiceRecorded, Enrolled, EnrolmentEvent, StoodForNoted, Withdrawn
from training.enrolments.state import Attending, Concluded, Enrolment, Left
from training.institutions import institution as institutions

FIRST: Final = "POOR_HOUSEHOLD"


def choose(command: RecordChoice, enrolment: Enrolment, seen: Seen) -> Sequence[EnrolmentEvent]:
    enrolment.require_present(command.today)
    if command.training_class not in command.options:
        raise refusals.NotAmongOptions
    for option in command.options:
        if not _is_open(seen.state(CLASS, option)):
            raise refusals.OptionNotOpen
    filed = classes.known(seen.state(CLASS, command.training_class)).filed
    _ = institutions.known(seen.state(institutions.INSTITUTION, command.institution)).base
    designation = enrolment.designation(filed.terms.plan)
    if command.chosen_on > min(command.today, filed.terms.ends_on):
        raise refusals.ChoiceDayWrong
    if any(
        (each.training_class, each.chosen_on) == (command.training_class, command.chosen_on)
        for each in enrolment.choices
    ):
        return []
    return [
        ChoiceRecorded(
            worker=command.worker,
            terms=filed.terms,
            options=command.options,
            priority=designation.priority,
            chosen_on=command.chosen_on,
            evidence=command.evidence,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def _is_open(found: classes.TrainingClass) -> bool:
    return isinstance(found, classes.Open) and not isinstance(found, classes.Closed)


def enrol(command: Enrol, enrolment: Enrolment, seen: Seen) -> Sequence[EnrolmentEvent]:
    enrolment.require_present(command.today)
    if isinstance(enrolment.stay(command.training_class), Attending | Concluded):
        return []
    found = classes.known(seen.state(CLASS, command.training_class))
    if not _is_open(found):
        raise ClassNotOpen
    _ = institutions.known(seen.state(institutions.INSTITUTION, command.institution)).base
    filed = found.filed
    choice = enrolment.choice(command.training_class)
    designation = enrolment.designation(filed.terms.plan)
    if not enrolment.is_free(filed.terms):
        raise refusals.AnotherClass
    waiting = filed.priority_until is not None and command.today <= filed.priority_until
    if waiting and not command.in_round and FIRST not in designation.priority:
        raise refusals.PriorityPeriod
    return [
        Enrolled(
            worker=command.worker,
            terms=filed.terms,
            seat=_seat(command, filed.capacity, seen),
            choice=choice.event,
            priority=designation.priority,
            enrolled_on=command.today,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def _seat(command: Enrol, capacity: int, seen: Seen) -> int:
    """The seat that is asked for. Undecided where somebody else was faster: another one may be free."""
    seat = command.seat
    if seat is None:
        if len(seats.taken(seen, command.training_class, capacity)) == capacity:
            raise refusals.ClassFull
        raise Undecided
    if seen.holder(seats.SEAT, seats.place(command.training_class, seat)) is not None or seat > capacity:
        raise Undecided
    return seat


def withdraw(command: Withdraw, enrolment: Enrolment, seen: Seen) -> Sequence[EnrolmentEvent]:
    """Not after the class was closed, also where its end is not noted here yet."""
    stay = enrolment.stay(command.training_class)
    if isinstance(stay, Attending) and isinstance(seen.state(CLASS, command.training_class), classes.Closed):
        raise refusals.EnrolmentConcluded
    match stay:
        case None:
            raise refusals.NotEnrolled
        case Concluded():
            raise refusals.EnrolmentConcluded
        case Left():
            return []
        case Attending():
            if command.withdrawn_on > min(command.today, stay.terms.ends_on):
                raise refusals.WithdrawalDayWrong
            left = Withdrawn(
                worker=enrolment.worker,
                terms=stay.terms,
                seat=stay.seat,
                withdrawn_on=command.withdrawn_on,
                reason=command.reason,
                by=command.by,
                organisation=command.organisation,
            )
            return [left, *_classes_after(left, enrolment)]


def _classes_after(left: Withdrawn, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    """Whoever stands for the worker is told again which classes are left."""
    if enrolment.canonical is None:
        return ()
    remaining = tuple(each for each in enrolment.classes if each != left.terms)
    return (StoodForNoted(worker=left.worker, canonical=enrolment.canonical, before=None, classes=remaining),)
