"""Who trains, places: the duty arises with a completed class, is delegated, and ends with the first job after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from eventcore import NOTHING_SEEN, fold
from eventcore.testing import given
from job_samples import BY, WORKER
from placement.jobs.duties import refusals
from placement.jobs.duties.duty import DUTY, Delegate, Note
from placement.jobs.duties.events import (
    DutyDelegated,
    DutyEvent,
    DutyFulfilled,
    TrainingCorrected,
    TrainingNoted,
    WorkNoted,
)

TRAINER, EXPORTER = "12520000MA6DT1234P", "91520000MA6DT4321L"
TRAINED = TrainingNoted(
    worker=WORKER,
    training_class="k1",
    institution=TRAINER,
    region="520123",
    ended_on=date(2026, 5, 8),
    completed=True,
)
NOT_COMPLETED = TrainingCorrected(worker=WORKER, training_class="k1", completed=False)
WORK = WorkNoted(worker=WORKER, employment="e1", began_on=date(2026, 6, 1))
EARLIER = WorkNoted(worker=WORKER, employment="e0", began_on=date(2026, 5, 7))
FULFILLED = DutyFulfilled(worker=WORKER, training_class="k1", employment="e1", fulfilled_on=date(2026, 6, 1))
DELEGATE = Delegate(
    worker=WORKER,
    training_class="k1",
    delegate=EXPORTER,
    kind="LABOUR_EXPORT",
    evidence="委托书〔2026〕3号",
    by=BY,
)
DELEGATED = DutyDelegated(
    worker=WORKER,
    training_class="k1",
    delegate=EXPORTER,
    kind="LABOUR_EXPORT",
    evidence="委托书〔2026〕3号",
    delegated_on=BY.today,
    official="zhao",
    organisation="hr-440306",
)


def test_who_completed_a_class_is_owed_work_until_the_first_job_after_it() -> None:
    given(DUTY).when(Note(event=TRAINED)).then(TRAINED)
    given(DUTY, TRAINED).when(Note(event=TRAINED)).then()
    given(DUTY, TRAINED).when(Note(event=EARLIER)).then(EARLIER)
    given(DUTY, TRAINED).when(Note(event=WORK)).then(WORK, FULFILLED)
    given(DUTY, TRAINED, WORK, FULFILLED).when(Note(event=WORK)).then()


@pytest.mark.parametrize("order", list(permutations([TRAINED, EARLIER, WORK])))
def test_trainings_and_jobs_are_told_in_any_order(order: Sequence[TrainingNoted | WorkNoted]) -> None:
    history: list[DutyEvent] = []
    for event in order:
        history += DUTY.decide(Note(event=event), fold(DUTY, history), NOTHING_SEEN)
    assert history.count(FULFILLED) == 1
    assert len(history) == 4


def test_a_correction_lifts_the_duty_and_brings_it_back() -> None:
    given(DUTY, TRAINED, NOT_COMPLETED).when(Note(event=WORK)).then(WORK)
    again = replace(NOT_COMPLETED, completed=True)
    given(DUTY, TRAINED, NOT_COMPLETED, WORK).when(Note(event=again)).then(again, FULFILLED)
    given(DUTY).when(Note(event=NOT_COMPLETED)).then()


def test_the_trainer_delegates_what_is_owed_to_another_organisation() -> None:
    given(DUTY, TRAINED).when(DELEGATE).then(DELEGATED)
    given(DUTY, TRAINED, DELEGATED).when(DELEGATE).then()
    given(DUTY).when(DELEGATE).rejected(refusals.NoDuty)
    given(DUTY, replace(TRAINED, completed=False)).when(DELEGATE).rejected(refusals.NoDuty)
    given(DUTY, TRAINED, WORK, FULFILLED).when(DELEGATE).rejected(refusals.DutyDone)
    given(DUTY, TRAINED).when(replace(DELEGATE, delegate=TRAINER)).rejected(refusals.OwnDelegate)
