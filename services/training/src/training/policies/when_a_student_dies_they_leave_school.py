"""When a worker has died, the worker is no student any more, and whoever helped them is free to help another."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from training.enrolments.events import DeathNoted
from training.students.commands import EndByDeath, StudentCommand
from training.students.student import STUDENT


def when_a_student_dies_they_leave_school(fact: Fact[Any]) -> Iterable[Do[StudentCommand]]:
    match fact.event:
        case DeathNoted(worker=worker, died_on=died_on):
            yield Do(STUDENT, worker, EndByDeath(worker=worker, died_on=died_on))
