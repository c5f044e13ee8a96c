"""How a class ends for a worker: completed by hours, days and the closing test, or failed (R-CRT-06); and what another
attendance, known later, makes of it."""

from collections.abc import Sequence

from training.classes.events import Terms
from training.enrolments.commands import Conclude, CorrectAttendance
from training.enrolments.events import AttendanceCorrected, EnrolmentEvent, TrainingCompleted, TrainingFailed
from training.enrolments.state import Attending, Concluded, Enrolment


def lacking(terms: Terms, minutes: int, days: int, test: str) -> str | None:
    """Why the class is not completed by these figures; None: it is."""
    if minutes < terms.minimum_minutes:
        return "HOURS"
    if days < terms.minimum_days:
        return "DAYS"
    return None if test == "PASSED" else "TEST"


def conclude(command: Conclude, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    stay = enrolment.stay(command.training_class)
    if not isinstance(stay, Attending):
        return []
    reason = lacking(stay.terms, command.minutes, command.days, command.test)
    if reason is None:
        return [
            TrainingCompleted(
                worker=enrolment.worker,
                terms=stay.terms,
                completed_on=command.closed_on,
                minutes=command.minutes,
                days=command.days,
                test=command.test,
            )
        ]
    return [
        TrainingFailed(
            worker=enrolment.worker,
            terms=stay.terms,
            failed_on=command.closed_on,
            minutes=command.minutes,
            days=command.days,
            test=command.test,
            reason=reason,
        )
    ]


def correct(command: CorrectAttendance, enrolment: Enrolment) -> Sequence[EnrolmentEvent]:
    stay = enrolment.stay(command.training_class)
    if not isinstance(stay, Concluded) or (stay.minutes, stay.days) == (command.minutes, command.days):
        return []
    reason = lacking(stay.terms, command.minutes, command.days, stay.test)
    return [
        AttendanceCorrected(
            worker=enrolment.worker,
            training_class=command.training_class,
            corrects=stay.said,
            minutes=command.minutes,
            days=command.days,
            completed=reason is None,
            reason=reason,
            organisation=command.organisation,
        )
    ]
