"""What can have happened to the responsibility for a worker. Storage format: names and fields are for ever.

`home` and `region` are provinces; `to` are those that an event is sent to, none where it stays at home. An epoch rises
by one with each grant; registration is the first, to home.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


def addressed(region: str, home: str) -> tuple[str, ...]:
    """Whom what concerns the region is sent to: nobody where that is home itself."""
    return () if region == home else (region,)


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipGranted:
    """From this epoch on the region is responsible."""

    type: ClassVar[str] = "stewardship-granted"
    worker: str
    home: str
    epoch: int
    region: str
    ground: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipSought:
    """The region is to be responsible next: the newest word counts."""

    type: ClassVar[str] = "stewardship-sought"
    worker: str
    region: str
    ground: str
    employment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipRecalled:
    """The holder of the epoch is asked to give it back."""

    type: ClassVar[str] = "stewardship-recalled"
    worker: str
    home: str
    epoch: int
    region: str
    """Who holds it."""
    successor: str
    ground: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipDenied:
    """Home does not give it to who asked."""

    type: ClassVar[str] = "stewardship-denied"
    worker: str
    home: str
    epoch: int
    region: str
    """Who refuses: home."""
    reason: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallRefusalNoted:
    """The holder does not give it back: a person has to look."""

    type: ClassVar[str] = "stewardship-recall-refusal-noted"
    worker: str
    epoch: int
    region: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipTakenBack:
    """The epoch ends without a release: what its holder does later is void."""

    type: ClassVar[str] = "stewardship-taken-back"
    worker: str
    home: str
    epoch: int
    region: str
    """Who held it."""
    order: str
    official: str
    to: tuple[str, ...]
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardDeathNoted:
    """The holder says that the worker has died."""

    type: ClassVar[str] = "stewardship-death-noted"
    worker: str
    epoch: int
    region: str
    died_on: date
    evidence: str
    organisation: str


LedgerEvent: TypeAlias = (
    StewardshipGranted
    | StewardshipSought
    | StewardshipRecalled
    | StewardshipDenied
    | RecallRefusalNoted
    | StewardshipTakenBack
    | StewardDeathNoted
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureHeld:
    """This province has the grant: its services may begin to act."""

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
    worker: str
    employment: str


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
)
