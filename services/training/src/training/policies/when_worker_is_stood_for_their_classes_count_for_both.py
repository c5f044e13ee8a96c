"""When one id stands for another's person, the classes of both are one person's; when it does no more, they are not."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from training.enrolments.commands import EnrolmentCommand, TakeOverClasses
from training.enrolments.enrolment import ENROLMENT
from training.enrolments.events import StoodForNoted


def when_worker_is_stood_for_their_classes_count_for_both(fact: Fact[Any]) -> Iterable[Do[EnrolmentCommand]]:
    match fact.event:
        case StoodForNoted(worker=worker, canonical=canonical, before=before, classes=classes):
            if before is not None:
                yield Do(ENROLMENT, before, TakeOverClasses(worker=before, other=worker, classes=()))
            if canonical is not None:
                yield Do(ENROLMENT, canonical, TakeOverClasses(worker=canonical, other=worker, classes=classes))
