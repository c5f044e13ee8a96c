"""What may be asked of a worker's follow-up, by offices, policies and the timer of visits."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eventcore import Acting

from placement.jobs.followups.events import Registrar


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteJobBegun:
    worker: str
    home: str
    region: str
    employment: str
    began_on: date
    known_on: date
    here: bool
    """Whether the work is in this province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteJobOver:
    worker: str
    home: str
    region: str
    """Where the worker is looked after from now on."""
    employment: str
    over_on: date
    known_on: date
    reason: str
    registrar: Registrar | None = None
    """Who registers a loss, because it was responsible when the job ended; None: nobody was, or nobody looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUnemployment:
    worker: str
    registered_on: date
    told_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallVisit:
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    worker: str
    made_on: date
    kind: str
    finding: str
    evidence: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignHelp:
    worker: str
    case_worker: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUnemployment:
    worker: str
    registered_on: date
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLoss:
    """The worker lost a job, or this province became responsible: a loss is registered without being asked for."""

    worker: str
    today: date


FollowUpCommand: TypeAlias = (
    NoteJobBegun
    | NoteJobOver
    | NoteUnemployment
    | CallVisit
    | RecordVisit
    | AssignHelp
    | RegisterUnemployment
    | RegisterLoss
)
