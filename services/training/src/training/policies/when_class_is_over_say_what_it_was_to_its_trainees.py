"""When a class is closed, everybody in it has completed it or not; when another attendance becomes known later, what
that makes of it. Both are one policy, because a correction follows the end that it corrects."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from training.classes.events import ClassClosed, SessionCorrected, SessionHeld
from training.enrolments.commands import Conclude, CorrectAttendance, EnrolmentCommand
from training.enrolments.enrolment import ENROLMENT


def when_class_is_over_say_what_it_was_to_its_trainees(fact: Fact[Any]) -> Iterable[Do[EnrolmentCommand]]:
    match fact.event:
        case ClassClosed() as closed:
            for each in closed.results:
                conclude = Conclude(
                    training_class=closed.training_class,
                    closed_on=closed.closed_on,
                    minutes=each.minutes,
                    days=each.days,
                    test=each.test,
                )
                yield Do(ENROLMENT, each.worker, conclude)
        case SessionHeld() | SessionCorrected() as later:
            for figures in later.figures:
                correct = CorrectAttendance(
                    training_class=later.training_class,
                    minutes=figures.minutes,
                    days=figures.days,
                    organisation=later.organisation,
                )
                yield Do(ENROLMENT, figures.worker, correct)
