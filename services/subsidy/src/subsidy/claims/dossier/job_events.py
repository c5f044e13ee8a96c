"""What can have been noted of a worker's jobs, wherever they are: what home knows of the career. Storage format: names
and fields are for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias

from subsidy.claims.dossier.parts import Concern, Said

Upcasters: TypeAlias = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]


def _without(name: str) -> Upcasters:
    """The first version did not say it."""
    return {1: lambda shape: {**shape, name: None}}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobNoted:
    """The worker has this job since that day."""

    type: ClassVar[str] = "job-noted"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = _without("employer")
    worker: str
    employment: str
    employer: str | None
    """Credit code; None where it was not said."""
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
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = _without("insured")
    worker: str
    employment: str
    home: str
    region: str
    month: str
    """`2026-03`"""
    days: int
    wage: int
    """Fen."""
    insured: bool | None
    """Social insurance was paid; None where it was not said."""
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
