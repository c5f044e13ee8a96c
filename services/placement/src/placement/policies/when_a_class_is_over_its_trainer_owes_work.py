"""When a worker's class is over, whoever trained owes the worker work; a job that begins after it is what was owed."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.training import AttendanceCorrectedV1, InClass, TrainingCompletedV1, TrainingFailedV1
from eventcore import Do, Fact

from placement.jobs.careers.events import JobNoted
from placement.jobs.duties.duty import DUTY, DutyCommand, Note
from placement.jobs.duties.events import TrainingCorrected, TrainingNoted, WorkNoted
from placement.jobs.employments.events import EmploymentStarted

FOREIGN: Final = (TrainingCompletedV1.type, TrainingFailedV1.type, AttendanceCorrectedV1.type)


def when_a_class_is_over_its_trainer_owes_work(fact: Fact[Any]) -> Iterable[Do[DutyCommand]]:
    event = _noted(fact.event)
    if event is not None:
        yield Do(DUTY, event.worker, Note(event=event))


def _noted(told: object) -> TrainingNoted | TrainingCorrected | WorkNoted | None:
    match told:
        case TrainingCompletedV1(completed_on=ended_on):
            return _training(told, ended_on=ended_on, completed=True)
        case TrainingFailedV1(failed_on=ended_on):
            return _training(told, ended_on=ended_on, completed=False)
        case AttendanceCorrectedV1(worker=worker, training_class=training_class, completed=completed):
            return TrainingCorrected(worker=worker, training_class=training_class, completed=completed)
        case EmploymentStarted(terms=terms, started_on=began_on):
            return WorkNoted(worker=terms.worker, employment=terms.employment, began_on=began_on)
        case JobNoted(job=job, started_on=began_on):
            return WorkNoted(worker=job.worker, employment=job.employment, began_on=began_on)
        case _:
            return None


def _training(told: InClass, *, ended_on: date, completed: bool) -> TrainingNoted:
    return TrainingNoted(
        worker=told.worker,
        training_class=told.training_class,
        institution=told.institution,
        region=told.region,
        ended_on=ended_on,
        completed=completed,
    )
