"""What can be asked of a transfer where the work is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from eventcore import Acting

from placement.transfers.host.events import Offer
from placement.transfers.way import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNomination:
    said: Said
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeConfirmation:
    said: Said
    dispatch_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeEnd:
    """Home let it expire, withdrew it, or answers an acceptance of what had ended: EXPIRED or WITHDRAWN."""

    said: Said
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDeparture:
    said: Said
    left_on: date
    arrive_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """`vacancy` is the one that the worker is nominated for."""

    vacancy: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    reason: str
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeatAnswer:
    """The vacancy holds a seat for the worker, or has none."""

    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordArrival:
    arrived_on: date
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbsence:
    transfer: str
    now: datetime
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpWaiting:
    """The timer rang, some time after the worker was expected."""

    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturn:
    transfer: str
    reason: str
    returned_on: date
    by: Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeJob:
    """The worker began the job here."""

    employment: str
    worker: str
    started_on: date
    organisation: str


HomesWord: TypeAlias = TakeConfirmation | TakeEnd | TakeDeparture
ReceptionCommand: TypeAlias = (
    TakeNomination
    | HomesWord
    | Accept
    | Reject
    | TakeSeatAnswer
    | RecordArrival
    | RecordAbsence
    | GiveUpWaiting
    | RecordReturn
    | TakeJob
)
