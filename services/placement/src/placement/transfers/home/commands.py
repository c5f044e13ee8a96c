"""What can be asked of a transfer where the worker comes from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from eventcore import Acting

from placement.transfers.way import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Nominate the worker, who agreed. `now`: when it was asked."""

    transfer: str
    worker: str
    vacancy: str
    agreement: str
    consented_on: date
    consent: str
    answer_until: datetime
    dispatch_until: datetime
    now: datetime
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePlace:
    """The agreement has a place, or (with a reason) has none."""

    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAcceptance:
    """The host accepted; `at` is when home's log heard of it."""

    said: Said
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRejection:
    said: Said
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeArrival:
    said: Said
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAbsence:
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReturn:
    said: Said
    reason: str
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeJob:
    """`by`: the province that keeps the employment."""

    by: str
    employment: str
    worker: str
    started_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    reason: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Home may not go on: its permission ends, or the worker is no more."""

    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    left_on: date
    arrive_until: datetime
    now: datetime
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire:
    """The timer rang: `waited_for` is ANSWER or DEPARTURE."""

    waited_for: str


HostsWord: TypeAlias = TakeAcceptance | TakeRejection | TakeArrival | TakeAbsence | TakeReturn
TransferCommand: TypeAlias = Propose | TakePlace | HostsWord | TakeJob | Withdraw | Stop | Dispatch | Expire
