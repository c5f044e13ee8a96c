"""What may be asked of a worker's career, by policies and timers alone."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from placement.jobs.careers.events import JobEndNoted, JobMonthNoted, JobNoted


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


CareerCommand: TypeAlias = NoteJob | LookAtMeter
