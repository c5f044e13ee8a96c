"""What can have happened to the duty to place a worker. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNoted:
    """The worker's class is over. Who completed it is owed work by the trainer (R-PLC-04)."""

    type: ClassVar[str] = "duty-training-noted"
    worker: str
    """Key of this stream."""
    training_class: str
    institution: str
    region: str
    ended_on: date
    completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCorrected:
    """It was completed after all, or was not."""

    type: ClassVar[str] = "duty-training-corrected"
    worker: str
    training_class: str
    completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkNoted:
    type: ClassVar[str] = "duty-work-noted"
    worker: str
    employment: str
    began_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDelegated:
    """Another organisation looks for work in the trainer's place (R-PLC-05, R-PLC-28)."""

    type: ClassVar[str] = "duty-delegated"
    worker: str
    training_class: str
    delegate: str
    """Credit code."""
    kind: str
    evidence: str
    delegated_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFulfilled:
    """The first job that began after the class."""

    type: ClassVar[str] = "duty-fulfilled"
    worker: str
    training_class: str
    employment: str
    fulfilled_on: date


DutyEvent: TypeAlias = TrainingNoted | TrainingCorrected | WorkNoted | DutyDelegated | DutyFulfilled
