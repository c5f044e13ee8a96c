"""What can have been noted of a worker's jobs, wherever they are: what home knows of the career. Storage format: names
and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from subsidy.claims.dossier.parts import Concern, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class JobNoted:
    """The worker has this job since that day."""

    type: ClassVar[str] = "job-noted"
    worker: str
    employment: str
    home: str
    """County of the household."""
    region: str
    """County of the work."""
    occupation: str
    started_on: date
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMonthNoted:
    """What was worked and paid in a month."""

    type: ClassVar[str] = "job-month-noted"
    worker: str
    employment: str
    home: str
    region: str
    month: str
    """`2026-03`"""
    days: int
    wage: int
    """Fen."""
    said: Said
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEndNoted:
    type: ClassVar[str] = "job-end-noted"
    worker: str
    employment: str
    ended_on: date
    """The first day without it."""
    said: Said
    concerns: tuple[Concern, ...]
