"""What can be asked of the ledger at home, and of a tenure. Regions are provinces."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekStewardship:
    """The region is to be responsible: the worker has a job there."""

    worker: str
    home: str
    region: str
    ground: str
    employment: str | None = None
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BringHome:
    """Home is to be responsible itself."""

    worker: str
    ground: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """A job at home has ended, or a death was taken back: who had to give way may have a job of the worker still."""

    worker: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRelease:
    worker: str
    epoch: int
    region: str
    """Who says so."""
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHolding:
    """A province says that it holds the epoch, as home has granted it."""

    worker: str
    home: str
    epoch: int
    region: str
    """Who says so."""
    is_restored: bool
    """This log came from a backup: it may have lost what it granted."""
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecallRefusal:
    worker: str
    epoch: int
    region: str
    """Who says so."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Without a release."""

    worker: str
    order: str
    """Number of the supervising office's order."""
    revoked: frozenset[str]
    """Provinces none of whose keys is good for anything now."""
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDeath:
    worker: str
    epoch: int
    region: str
    """Who says so."""
    died_on: date
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDeathWithdrawal:
    """Who said that the worker had died takes it back."""

    worker: str
    epoch: int
    region: str
    """Who says so."""
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDeathBack:
    """Home found that the worker lives: who said otherwise is told."""

    worker: str
    evidence: str
    organisation: str


LedgerCommand: TypeAlias = (
    SeekStewardship
    | BringHome
    | PassOn
    | NoteRelease
    | NoteHolding
    | NoteRecallRefusal
    | TakeBack
    | NoteDeath
    | NoteDeathWithdrawal
    | TakeDeathBack
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Home granted it."""

    worker: str
    home: str
    epoch: int
    region: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Home asks it back, or took it back."""

    worker: str
    home: str
    epoch: int
    ground: str
    own: bool
    """Home is this province."""
    successor: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteYield:
    worker: str
    epoch: int
    service: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearJob:
    """A worker of another home has a job here."""

    worker: str
    home: str
    region: str
    ground: str
    employment: str
    household_region: str
    county: str
    """Of the work."""
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearJobEnd:
    worker: str
    home: str
    employment: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDenial:
    worker: str
    home: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeath:
    """The worker's death was recorded here."""

    worker: str
    died_on: date
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReport:
    """The worker's death was recorded wrongly here."""

    worker: str
    evidence: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReportWithdrawn:
    """Home, which was told of the death, found that the worker lives."""

    worker: str
    home: str
    """Who says so."""
    epoch: int
    evidence: str
    organisation: str


TenureCommand: TypeAlias = (
    Hold | End | NoteYield | HearJob | HearJobEnd | NoteDenial | ReportDeath | WithdrawReport | NoteReportWithdrawn
)
