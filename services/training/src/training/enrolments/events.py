"""What can have happened on a worker's way through training. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from training.classes.events import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationNoted:
    """The registry designated the worker as a trainee under a plan (R-REG-04)."""

    type: ClassVar[str] = "designation-noted"
    worker: str
    """Key of this stream."""
    plan: str
    priority: tuple[str, ...]
    """The weightiest reason first."""
    designated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationEndNoted:
    type: ClassVar[str] = "designation-end-noted"
    worker: str
    plan: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathNoted:
    type: ClassVar[str] = "death-noted"
    worker: str
    died_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathWithdrawnNoted:
    """The worker lives, and always did. A seat that was left because of it is asked for again."""

    type: ClassVar[str] = "death-withdrawn-noted"
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseNoted:
    """Whether the worker's data may be used. `restricted` with a first day without it, or for good."""

    type: ClassVar[str] = "use-noted"
    worker: str
    restricted: bool
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodForNoted:
    """The worker was found to be another, who stands for both; or, with nobody, to be two after all. Said again where
    the worker leaves a class."""

    type: ClassVar[str] = "stood-for-noted"
    worker: str
    canonical: str | None
    before: str | None
    classes: tuple[Terms, ...]
    """In which the worker is or was until its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesTakenOver:
    """The worker stands for another, whose classes count as the worker's own; none: stands no more."""

    type: ClassVar[str] = "classes-taken-over"
    worker: str
    other: str
    classes: tuple[Terms, ...]
    collisions: tuple[str, ...]
    """Those that were at the same time as a class of the worker's own: people have to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRecorded:
    """The worker chose a class among those that were shown (R-REG-07)."""

    type: ClassVar[str] = "choice-recorded"
    worker: str
    terms: Terms
    options: tuple[str, ...]
    priority: tuple[str, ...]
    chosen_on: date
    evidence: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    type: ClassVar[str] = "enrolled"
    worker: str
    terms: Terms
    seat: int
    choice: str
    """Id of the ChoiceRecorded."""
    priority: tuple[str, ...]
    enrolled_on: date
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    type: ClassVar[str] = "withdrawn"
    worker: str
    terms: Terms
    seat: int
    withdrawn_on: date
    reason: str
    by: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCompleted:
    type: ClassVar[str] = "training-completed"
    worker: str
    terms: Terms
    completed_on: date
    minutes: int
    days: int
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFailed:
    type: ClassVar[str] = "training-failed"
    worker: str
    terms: Terms
    failed_on: date
    minutes: int
    days: int
    test: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCorrected:
    """These are the right figures, and what they mean, in place of what `corrects` said."""

    type: ClassVar[str] = "attendance-corrected"
    worker: str
    training_class: str
    corrects: str
    """Id of the TrainingCompleted, TrainingFailed or AttendanceCorrected before."""
    minutes: int
    days: int
    completed: bool
    reason: str | None
    """Why it is not completed."""
    organisation: str


EnrolmentEvent: TypeAlias = (
    DesignationNoted
    | DesignationEndNoted
    | DeathNoted
    | DeathWithdrawnNoted
    | UseNoted
    | StoodForNoted
    | ClassesTakenOver
    | ChoiceRecorded
    | Enrolled
    | Withdrawn
    | TrainingCompleted
    | TrainingFailed
    | AttendanceCorrected
)
