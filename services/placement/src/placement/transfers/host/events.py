"""What can have happened to a transfer where the work is. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, TypeAlias

from placement.transfers.home.events import Skill, Upcasters
from placement.transfers.way import Way


def _of_own_workers(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "offer": {**shape["offer"], "origin": None}}


def _not_onward(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "is_guest": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Whom home offers, without who it is, and until when it waits for an answer. Part of stored events."""

    agreement: str | None
    origin: str | None = None
    """County of the household, where the worker is a guest of the county that sends."""
    groups: tuple[str, ...]
    skills: tuple[Skill, ...]
    answer_until: datetime
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationReceived:
    """Home proposes the worker."""

    type: ClassVar[str] = "reception-opened"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = {1: _of_own_workers}
    way: Way
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAsked:
    """The host takes the worker if the vacancy has a seat."""

    type: ClassVar[str] = "reception-seat-asked"
    way: Way
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionAccepted:
    """The seat is held until home's answer."""

    type: ClassVar[str] = "reception-accepted"
    way: Way
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionRejected:
    type: ClassVar[str] = "reception-rejected"
    way: Way
    reason: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionConfirmed:
    """Home said so."""

    type: ClassVar[str] = "reception-confirmed"
    way: Way
    dispatch_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionClosed:
    """Home said that it ended: EXPIRED or WITHDRAWN."""

    type: ClassVar[str] = "reception-closed"
    way: Way
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerExpected:
    """Home said that the worker left."""

    type: ClassVar[str] = "reception-expected"
    way: Way
    left_on: date
    arrive_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerArrived:
    type: ClassVar[str] = "reception-arrived"
    way: Way
    arrived_on: date
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerNotArrived:
    type: ClassVar[str] = "reception-not-arrived"
    way: Way
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerReturned:
    type: ClassVar[str] = "reception-returned"
    way: Way
    reason: str
    returned_on: date
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerEmployed:
    """The job began: the transfer has come to its end."""

    type: ClassVar[str] = "reception-employed"
    schema_version: ClassVar[int] = 2
    upcasters: ClassVar[Upcasters] = {1: _not_onward}
    way: Way
    employment: str
    started_on: date
    is_guest: bool = False
    """Who sent the worker is not the worker's home, which hears of the job: so it is told by this."""


ReceptionEvent: TypeAlias = (
    NominationReceived
    | SeatAsked
    | ReceptionAccepted
    | ReceptionRejected
    | ReceptionConfirmed
    | ReceptionClosed
    | WorkerExpected
    | WorkerArrived
    | WorkerNotArrived
    | WorkerReturned
    | WorkerEmployed
)
