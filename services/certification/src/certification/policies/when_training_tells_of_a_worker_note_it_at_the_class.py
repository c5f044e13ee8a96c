"""When training tells how a worker stands in a class, it is noted at the class."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.training import (
    AttendanceCorrectedV1,
    EnrolledV1,
    InClass,
    TrainingCompletedV1,
    TrainingFailedV1,
    WithdrawnV1,
)
from eventcore import Do, Fact

from certification.classes.training_class import CLASS, COMPLETED, LEFT, ClassCommand, CorrectMember, NoteMember

FAILED: Final = "FAILED"
STANDINGS: Final = {
    EnrolledV1.type: "ENROLLED",
    WithdrawnV1.type: LEFT,
    TrainingCompletedV1.type: COMPLETED,
    TrainingFailedV1.type: FAILED,
}
FOREIGN: Final = (*STANDINGS, AttendanceCorrectedV1.type)


def when_training_tells_of_a_worker_note_it_at_the_class(fact: Fact[Any]) -> Iterable[Do[ClassCommand]]:
    match fact.event:
        case AttendanceCorrectedV1(training_class=training_class, worker=worker, completed=completed):
            standing = COMPLETED if completed else FAILED
            yield Do(CLASS, training_class, CorrectMember(worker=worker, standing=standing))
        case InClass() as told:
            yield Do(CLASS, told.training_class, _member(told))


def _member(told: InClass) -> NoteMember:
    return NoteMember(
        training_class=told.training_class,
        institution=told.institution,
        region=told.region,
        occupation=told.occupation,
        level=told.level,
        worker=told.worker,
        standing=STANDINGS[told.type],
    )
