"""What is known of a transfer where the worker comes from, and what its events mean."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias, assert_never

from placement.transfers.home import refusals
from placement.transfers.home.events import (
    Plan,
    TransferArrived,
    TransferCompleted,
    TransferConfirmed,
    TransferDispatched,
    TransferDropped,
    TransferEvent,
    TransferExpired,
    TransferLetGo,
    TransferMissed,
    TransferNominated,
    TransferProposed,
    TransferRejected,
    TransferReturned,
    TransferTooLate,
    TransferWithdrawn,
)

DROPPED: Final = "DROPPED"
REJECTED: Final = "REJECTED"
EXPIRED: Final = "EXPIRED"
WITHDRAWN: Final = "WITHDRAWN"
NOT_ARRIVED: Final = "NOT_ARRIVED"
RETURNED: Final = "RETURNED"
EMPLOYED: Final = "EMPLOYED"


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Waits for a place under the agreement."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominated:
    """Waits for the host's answer."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """May leave."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """On the way: from here on the host's word counts."""

    plan: Plan
    arrive_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """At the host, without the job as yet."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """`answered`: home answered an acceptance. `left`: the worker had left, so the host may still say how it ended."""

    plan: Plan
    ending: str
    answered: bool
    left: bool


Open: TypeAlias = Proposed | Nominated | Confirmed | Dispatched | Arrived
Known: TypeAlias = Open | Ended
Transfer: TypeAlias = Unknown | Known


def known(found: Transfer) -> Known:
    """The transfer. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.TransferNotKnown
    return found


def evolve(found: Transfer, event: TransferEvent) -> Transfer:
    if isinstance(event, TransferProposed):
        return Proposed(plan=event.plan)
    before = known(found)
    match event:
        case TransferNominated(plan=plan):
            return Nominated(plan=plan)
        case TransferConfirmed():
            return Confirmed(plan=before.plan)
        case TransferDispatched(arrive_until=arrive_until):
            return Dispatched(plan=before.plan, arrive_until=arrive_until)
        case TransferArrived():
            return Arrived(plan=before.plan)
        case TransferLetGo():
            return before
        case _:
            return _ended(before, ending(event), answered=isinstance(event, TransferTooLate))


Ends: TypeAlias = (
    TransferDropped
    | TransferRejected
    | TransferTooLate
    | TransferWithdrawn
    | TransferExpired
    | TransferMissed
    | TransferReturned
    | TransferCompleted
)


def ending(event: Ends) -> str:
    """How the event ends the transfer."""
    match event:
        case TransferDropped():
            return DROPPED
        case TransferRejected():
            return REJECTED
        case TransferTooLate(ended=ended):
            return ended
        case TransferWithdrawn():
            return WITHDRAWN
        case TransferExpired():
            return EXPIRED
        case TransferMissed():
            return NOT_ARRIVED
        case TransferReturned():
            return RETURNED
        case TransferCompleted():
            return EMPLOYED
        case _:
            assert_never(event)


def _ended(before: Known, how: str, *, answered: bool) -> Ended:
    if isinstance(before, Ended):
        return replace(before, ending=how, answered=answered or before.answered)
    return Ended(
        plan=before.plan,
        ending=how,
        answered=answered or isinstance(before, Confirmed | Dispatched | Arrived),
        left=isinstance(before, Dispatched | Arrived),
    )
