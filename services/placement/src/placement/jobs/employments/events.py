"""What can have happened to a job. Storage format: names and fields are for ever.

Each event says by itself whose job it is, because each becomes public by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias


def _without_registrar(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "responsible": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Who works where, and how they found each other. Part of stored events."""

    employment: str
    """Key of the stream."""
    worker: str
    home: str
    """County of the household register."""
    employer: str
    region: str
    """County of the work."""
    occupation: str
    form: str
    self_found: bool
    transfer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSigned:
    type: ClassVar[str] = "employment-contract-signed"
    terms: Terms
    signed_on: date
    ends_on: date | None
    """Last day of the term; None: without a term."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentStarted:
    type: ClassVar[str] = "employment-started"
    terms: Terms
    started_on: date
    certificates: tuple[str, ...]
    """That admit to the occupation and held on that day; none where none is needed (R-PLC-16)."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthConfirmed:
    """In place of what was confirmed for the month before."""

    type: ClassVar[str] = "employment-month-confirmed"
    terms: Terms
    month: str
    days: int
    wage: int
    """Fen."""
    insured: bool
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentEnded:
    type: ClassVar[str] = "employment-ended"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _without_registrar}
    terms: Terms
    ended_on: date
    """The first day without it."""
    reason: str
    responsible: bool | None = None
    """Whether this province was responsible for the worker: then it registers the loss. None: nobody looked."""
    official: str
    organisation: str


EmploymentEvent: TypeAlias = ContractSigned | EmploymentStarted | MonthConfirmed | EmploymentEnded
