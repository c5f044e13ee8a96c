"""What is known of a transfer where the work is, and what its events mean."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias, assert_never

from eventcore import Seen

from placement.transfers.home.state import EMPLOYED, NOT_ARRIVED, REJECTED, RETURNED
from placement.transfers.host import refusals
from placement.transfers.host.events import (
    NominationReceived,
    Offer,
    ReceptionAccepted,
    ReceptionClosed,
    ReceptionConfirmed,
    ReceptionEvent,
    ReceptionRejected,
    SeatAsked,
    WorkerArrived,
    WorkerEmployed,
    WorkerExpected,
    WorkerNotArrived,
    WorkerReturned,
)
from placement.transfers.way import Way

JOB_OF_TRANSFER: Final = "job-of-transfer"
"""Guard: transfer -> the job that it led to, for ever. Whoever ends a transfer otherwise looks at it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Waits for an officer's answer."""

    way: Way
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Waits for a seat."""

    way: Way
    offer: Offer
    organisation: str
    """Which office takes the worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Holds the seat, and waits for home's answer, however long that takes."""

    way: Way
    offer: Offer
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Holds the seat until the worker leaves, or home says that nobody does."""

    way: Way
    offer: Offer
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The worker is on the way."""

    way: Way
    offer: Offer
    organisation: str
    left_on: date
    arrive_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """The worker is here, without the job as yet."""

    way: Way
    offer: Offer
    organisation: str
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    way: Way
    ending: str
    offer: Offer | None
    """None: home said that it ended before it said that it began."""


Waiting: TypeAlias = Asking | Accepted | Confirmed | Expected | Arrived
Open: TypeAlias = Received | Waiting
Known: TypeAlias = Open | Ended
Reception: TypeAlias = Unknown | Known


def known(found: Reception) -> Known:
    """The reception. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.ReceptionNotKnown
    return found


def evolve(found: Reception, event: ReceptionEvent) -> Reception:
    match event:
        case NominationReceived(way=way, offer=offer):
            return Received(way=way, offer=offer)
        case SeatAsked(organisation=organisation):
            return Asking(way=event.way, offer=_offer(found), organisation=organisation)
        case ReceptionAccepted(organisation=organisation):
            return Accepted(way=event.way, offer=_offer(found), organisation=organisation)
        case ReceptionConfirmed():
            return Confirmed(way=event.way, offer=_offer(found), organisation=_waiting(found).organisation)
        case WorkerExpected():
            return Expected(
                way=event.way,
                offer=_offer(found),
                organisation=_waiting(found).organisation,
                left_on=event.left_on,
                arrive_until=event.arrive_until,
            )
        case WorkerArrived():
            return Arrived(
                way=event.way,
                offer=_offer(found),
                organisation=_waiting(found).organisation,
                arrived_on=event.arrived_on,
            )
        case _:
            offered = None if isinstance(found, Unknown) else found.offer
            return Ended(way=event.way, offer=offered, ending=ending(event))


Ends: TypeAlias = ReceptionRejected | ReceptionClosed | WorkerNotArrived | WorkerReturned | WorkerEmployed


def ending(event: Ends) -> str:
    """How the event ends the transfer."""
    match event:
        case ReceptionRejected():
            return REJECTED
        case ReceptionClosed(ending=said):
            return said
        case WorkerNotArrived():
            return NOT_ARRIVED
        case WorkerReturned():
            return RETURNED
        case WorkerEmployed():
            return EMPLOYED
        case _:
            assert_never(event)


def _offer(found: Reception) -> Offer:
    offer = known(found).offer
    if offer is None:
        raise refusals.ReceptionOver
    return offer


def _waiting(found: Reception) -> Waiting:
    if isinstance(found, Waiting):
        return found
    raise refusals.WorkerNotOnTheWay


def has_job(transfer: str, seen: Seen) -> bool:
    """Whether the worker has begun the job: it stands, whichever policy comes first."""
    return seen.holder(JOB_OF_TRANSFER, transfer) is not None
