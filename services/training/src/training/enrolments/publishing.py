"""What other services may know of a worker's way: seats, ends, and right figures. Choices and notes stay at home."""

from typing import Any, assert_never

from contracts.public_event import PublicEvent
from contracts.training import (
    AttendanceCorrectedV1,
    EnrolledV1,
    TrainingCompletedV1,
    TrainingFailedV1,
    WithdrawnV1,
)

from training.classes.events import Terms
from training.enrolments.events import (
    AttendanceCorrected,
    ChoiceRecorded,
    ClassesTakenOver,
    DeathNoted,
    DeathWithdrawnNoted,
    DesignationEndNoted,
    DesignationNoted,
    Enrolled,
    EnrolmentEvent,
    StoodForNoted,
    TrainingCompleted,
    TrainingFailed,
    UseNoted,
    Withdrawn,
)


def publish(event: EnrolmentEvent) -> PublicEvent | None:
    match event:
        case Enrolled():
            return EnrolledV1(**_in_class(event.worker, event.terms), choice=event.choice, priority=event.priority)
        case Withdrawn():
            return WithdrawnV1(
                **_in_class(event.worker, event.terms), withdrawn_on=event.withdrawn_on, reason=event.reason
            )
        case TrainingCompleted():
            return TrainingCompletedV1(
                **_in_class(event.worker, event.terms),
                completed_on=event.completed_on,
                minutes=event.minutes,
                attended_days=event.days,
            )
        case TrainingFailed():
            return TrainingFailedV1(
                **_in_class(event.worker, event.terms),
                failed_on=event.failed_on,
                minutes=event.minutes,
                attended_days=event.days,
                reason=event.reason,
            )
        case AttendanceCorrected():
            return AttendanceCorrectedV1(
                worker=event.worker,
                training_class=event.training_class,
                corrects=event.corrects,
                minutes=event.minutes,
                attended_days=event.days,
                completed=event.completed,
                organisation=event.organisation,
            )
        case (
            DesignationNoted()
            | DesignationEndNoted()
            | DeathNoted()
            | DeathWithdrawnNoted()
            | UseNoted()
            | StoodForNoted()
            | ClassesTakenOver()
            | ChoiceRecorded()
        ):
            return None
        case _:
            assert_never(event)


def _in_class(worker: str, terms: Terms) -> dict[str, Any]:
    return {
        "worker": worker,
        "training_class": terms.training_class,
        "institution": terms.institution,
        "region": terms.region,
        "programme": terms.programme,
        "programme_version": terms.programme_version,
        "occupation": terms.occupation,
        "level": terms.level,
        "category": terms.category,
        "mode": terms.mode,
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
    }
