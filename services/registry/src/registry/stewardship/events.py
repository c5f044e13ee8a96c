"""What can have happened to home's ledger of who is responsible. Storage format: names and fields are for ever.

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
class StewardshipRecovered:
    """The region holds the epoch by a grant that this log lost when it was restored."""

    type: ClassVar[str] = "stewardship-recovered"
    worker: str
    home: str
    epoch: int
    region: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardDeathWithdrawalNoted:
    """Who said that the worker has died takes it back."""

    type: ClassVar[str] = "stewardship-death-withdrawal-noted"
    worker: str
    epoch: int
    """In which it was said."""
    region: str
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardshipDeathWithdrawn:
    """Home found that the worker lives: who said otherwise is told."""

    type: ClassVar[str] = "stewardship-death-withdrawn"
    worker: str
    home: str
    epoch: int
    """In which it was said."""
    evidence: str
    to: tuple[str, ...]
    organisation: str


LedgerEvent: TypeAlias = (
    StewardshipGranted
    | StewardshipRecovered
    | StewardshipSought
    | StewardshipRecalled
    | StewardshipDenied
    | RecallRefusalNoted
    | StewardshipTakenBack
    | StewardDeathNoted
    | StewardDeathWithdrawalNoted
    | StewardshipDeathWithdrawn
)
