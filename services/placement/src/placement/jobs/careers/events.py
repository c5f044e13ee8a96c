"""What can have happened in a worker's career. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Whose job it is, and who says so. Part of stored events."""

    employment: str
    worker: str
    """Key of this stream."""
    home: str
    told_by: str
    """The province that keeps the employment."""
    employer: str
    region: str
    occupation: str
    self_found: bool
    transfer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobNoted:
    type: ClassVar[str] = "job-noted"
    job: Job
    started_on: date
    noted_on: date
    """On which home knew it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMonthNoted:
    """In place of what was said of the month before."""

    type: ClassVar[str] = "job-month-noted"
    job: Job
    month: str
    days: int
    wage: int
    """Fen."""
    insured: bool
    order: int
    """Rises with what is said of the employment later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEndNoted:
    type: ClassVar[str] = "job-end-noted"
    job: Job
    ended_on: date
    """The first day without it."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """What was said of jobs. Part of stored events."""

    started: tuple[JobNoted, ...] = ()
    months: tuple[JobMonthNoted, ...] = ()
    ended: tuple[JobEndNoted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerStoodFor:
    """Another id stands for the worker: what this one's jobs say counts there. With each later fact again, with that
    fact alone."""

    type: ClassVar[str] = "career-stood-for"
    worker: str
    home: str
    canonical: str | None
    """Who stands for the worker; None: the worker again."""
    before: str | None
    """Who did until now."""
    jobs: Jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsTakenOver:
    """The worker stands for the other: these jobs count here."""

    type: ClassVar[str] = "jobs-taken-over"
    worker: str
    home: str
    other: str
    jobs: Jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsGivenBack:
    """The worker stands for the other no more: nothing of the other's counts here."""

    type: ClassVar[str] = "jobs-given-back"
    worker: str
    home: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StableEmploymentReached:
    type: ClassVar[str] = "stable-employment-reached"
    worker: str
    home: str
    years: tuple[int, ...]
    reached_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StableEmploymentAtRisk:
    type: ClassVar[str] = "stable-employment-at-risk"
    worker: str
    home: str
    year: int
    months: int
    """That count so far."""
    alerted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StableEmploymentWithdrawn:
    """A correction of months took away what `corrects` said."""

    type: ClassVar[str] = "stable-employment-withdrawn"
    worker: str
    home: str
    corrects: str
    """Id of the StableEmploymentReached or StableEmploymentAtRisk."""


CareerEvent: TypeAlias = (
    JobNoted
    | JobMonthNoted
    | JobEndNoted
    | CareerStoodFor
    | JobsTakenOver
    | JobsGivenBack
    | StableEmploymentReached
    | StableEmploymentAtRisk
    | StableEmploymentWithdrawn
)
