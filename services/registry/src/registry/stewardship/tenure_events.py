"""What can have happened to this province's tenure over a worker. Storage format: names and fields are for ever.

`home` and `region` are provinces; `to` are those that an event is sent to, none where it stays here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeAlias


def _without_places(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "home": None, "household_region": None, "county": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureHeld:
    """This province has the grant: its services may begin to act. Home is told, whose log may lose what it granted."""

    type: ClassVar[str] = "tenure-held"
    worker: str
    home: str
    epoch: int
    region: str
    to: tuple[str, ...] = ()
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureEnding:
    """Before it is released, every service that acts has to stop and to say so."""

    type: ClassVar[str] = "tenure-ending"
    worker: str
    home: str
    epoch: int
    ground: str
    acting: tuple[str, ...]
    """Services that may act, by name."""
    successor: str
    own: bool
    """The worker's home is here."""
    to: tuple[str, ...] = ()
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YieldNoted:
    """A service acts no more under this epoch."""

    type: ClassVar[str] = "tenure-yield-noted"
    worker: str
    epoch: int
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureReleased:
    """Nobody in this province acts any more."""

    type: ClassVar[str] = "tenure-released"
    worker: str
    home: str
    epoch: int
    ground: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureKept:
    """A recall is refused."""

    type: ClassVar[str] = "tenure-kept"
    worker: str
    home: str
    epoch: int
    region: str
    reason: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobHeard:
    """A job of the worker in this province."""

    type: ClassVar[str] = "tenure-job-heard"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _without_places}
    worker: str
    employment: str
    home: str | None
    household_region: str | None
    county: str | None
    """Of the work; none of the three was told of before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEndHeard:
    type: ClassVar[str] = "tenure-job-end-heard"
    worker: str
    employment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRequested:
    """Home is asked for it: the worker has a job here."""

    type: ClassVar[str] = "tenure-requested"
    worker: str
    home: str
    region: str
    ground: str
    employment: str | None
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReported:
    """A guest has died here: home is told, which keeps the ledger."""

    type: ClassVar[str] = "tenure-death-reported"
    worker: str
    home: str
    epoch: int
    died_on: date
    evidence: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReportWithdrawn:
    """The guest lives: home is told, where it was told of the death."""

    type: ClassVar[str] = "tenure-death-report-withdrawn"
    worker: str
    home: str
    epoch: int
    """In which it was reported."""
    evidence: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWithdrawalNoted:
    """Home found that the guest lives, of whose death it was told."""

    type: ClassVar[str] = "tenure-report-withdrawal-noted"
    worker: str
    home: str
    epoch: int
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDenialNoted:
    """Home does not give it: a person has to look."""

    type: ClassVar[str] = "tenure-request-denial-noted"
    worker: str
    home: str
    reason: str


TenureEvent: TypeAlias = (
    TenureHeld
    | TenureEnding
    | YieldNoted
    | TenureReleased
    | TenureKept
    | JobHeard
    | JobEndHeard
    | TenureRequested
    | RequestDenialNoted
    | DeathReported
    | DeathReportWithdrawn
    | ReportWithdrawalNoted
)
