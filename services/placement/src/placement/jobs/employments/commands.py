"""What may be asked of a job by its employer and by labour offices."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eventcore import Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiring:
    """Who is hired for what. `home` is needed where the registry of this province does not know the worker."""

    employment: str
    worker: str
    home: str | None
    employer: str
    region: str
    occupation: str
    form: str
    placed: "Placed | None"
    """None: worker and employer found each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Under which transfer, and for which vacancy: whoever sends the command looked it up."""

    transfer: str
    vacancy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignContract:
    hiring: Hiring
    signed_on: date
    ends_on: date | None
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEmployment:
    """Under the contract that was signed, or without one (R-PLC-18)."""

    hiring: Hiring
    started_on: date
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmMonth:
    month: str
    days: int
    wage: int
    insured: bool
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEmployment:
    """`ended_on`: the first day without it."""

    worker: str
    ended_on: date
    reason: str
    by: Acting


EmploymentCommand: TypeAlias = SignContract | StartEmployment | ConfirmMonth | EndEmployment
