"""Designation as a trainee (R-REG-03, R-REG-04): of whom an approved survey found the wish for training, and of whom
was decided that they are eligible. Base and project are the trainee's choice (R-REG-07), and none of this."""

from collections.abc import Sequence
from typing import Final

from registry.workers import priority, refusals
from registry.workers.commands import DesignateTrainee, EndDesignation
from registry.workers.events import DesignationEnded, TraineeDesignated, WorkerEvent
from registry.workers.state import Registered, Worker, known, living

TRAINING: Final = frozenset({"VOCATIONAL_TRAINING", "TECHNICAL_SCHOOL"})
"""Wishes of who wants to learn (R-REG-09)."""


def designate(command: DesignateTrainee, worker: Worker) -> Sequence[WorkerEvent]:
    found = living(worker)
    if found.designated is not None:
        if found.designated.plan != command.plan:
            raise refusals.DesignatedOtherwise
        return []
    _check(found)
    return [
        TraineeDesignated(
            worker=found.worker,
            plan=command.plan,
            designated_on=command.today,
            priority=priority.reasons(found.groups, command.today),
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _check(worker: Registered) -> None:
    if worker.assessment is None:
        raise refusals.NotAssessed
    if not worker.assessment.eligible:
        raise refusals.NotEligible
    if worker.wishes is None or not TRAINING & {*worker.wishes.wishes}:
        raise refusals.NoTrainingWish


def end(command: EndDesignation, worker: Worker) -> Sequence[WorkerEvent]:
    found = known(worker)
    if found.designated is None:
        return []
    return [
        DesignationEnded(
            worker=found.worker,
            plan=found.designated.plan,
            reason=command.reason,
            official=command.official,
            organisation=command.organisation,
        )
    ]
