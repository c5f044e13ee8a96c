"""What may be asked of a worker's career, by policies and timers alone."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from placement.jobs.careers.events import JobEndNoted, JobMonthNoted, JobNoted, Jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteJob:
    """The province of the work said so; `today` is the legal day on which home knew it."""

    said: JobNoted | JobMonthNoted | JobEndNoted
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtMeter:
    """A year may be out of reach since that day."""

    worker: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    """The registry says who stands for the worker; None: the worker again."""

    worker: str
    canonical: str | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverJobs:
    """The worker stands for the other, of whom this was said."""

    worker: str
    other: str
    home: str
    jobs: Jobs
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackJobs:
    """The worker stands for the other no more."""

    worker: str
    other: str
    today: date


CareerCommand: TypeAlias = NoteJob | LookAtMeter | FollowLink | TakeOverJobs | GiveBackJobs
