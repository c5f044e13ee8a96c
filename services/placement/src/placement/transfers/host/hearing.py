"""What the host makes of home's words, said twice or out of order.

Before the departure home's word counts, also against a rejection that crossed it; afterwards only a death is home's to
say, and a job that has begun stands against it.
"""

from collections.abc import Sequence
from typing import assert_never

from eventcore import Seen

from placement.transfers.home.state import EXPIRED, REJECTED, WITHDRAWN
from placement.transfers.host.commands import HomesWord, TakeConfirmation, TakeDeparture, TakeEnd, TakeNomination
from placement.transfers.host.events import (
    NominationReceived,
    ReceptionClosed,
    ReceptionConfirmed,
    ReceptionEvent,
    WorkerExpected,
)
from placement.transfers.host.state import (
    Accepted,
    Arrived,
    Asking,
    Confirmed,
    Ended,
    Expected,
    Received,
    Reception,
    Unknown,
    has_job,
)
from placement.transfers.way import DoesNotFit


def take_nomination(command: TakeNomination, found: Reception) -> Sequence[ReceptionEvent]:
    """What home ended before this came stays ended."""
    if isinstance(found, Unknown):
        return [NominationReceived(way=command.said.by_home(None), offer=command.offer)]
    command.said.by_home(found.way)
    return []


def take_word(command: HomesWord, found: Reception, seen: Seen) -> Sequence[ReceptionEvent]:
    """What home says, said twice or out of order. DoesNotFit where it may not say so."""
    way = command.said.by_home(None if isinstance(found, Unknown) else found.way)
    match command:
        case TakeEnd(ending=ending) if ending not in (EXPIRED, WITHDRAWN):
            raise DoesNotFit
        case TakeEnd(ending=ending):
            ends = _ends(ending, found) and not has_job(way.transfer, seen)
            return [ReceptionClosed(way=way, ending=ending)] if ends else []
        case TakeConfirmation(dispatch_until=dispatch_until):
            confirmed = ReceptionConfirmed(way=way, dispatch_until=dispatch_until)
            return [confirmed] if _is_before(found, Confirmed) else []
        case TakeDeparture(left_on=left_on, arrive_until=arrive_until):
            expected = WorkerExpected(way=way, left_on=left_on, arrive_until=arrive_until)
            return [expected] if _is_before(found, Expected) else []
        case _:
            assert_never(command)


def _ends(ending: str, found: Reception) -> bool:
    """Home's end counts before the departure, also against a rejection that crossed it; afterwards only a death."""
    match found:
        case Unknown() | Received() | Asking() | Accepted() | Confirmed():
            return True
        case Expected() | Arrived():
            if ending != WITHDRAWN:
                raise DoesNotFit
            return True
        case Ended(ending=before):
            return before == REJECTED
        case _:
            assert_never(found)


def _is_before(found: Reception, stage: type[Confirmed] | type[Expected]) -> bool:
    """Whether it has not come as far; who leaves was confirmed, whichever comes first. DoesNotFit."""
    match found:
        case Accepted():
            return True
        case Confirmed():
            return stage is Expected
        case Expected() | Arrived() | Ended():
            return False
        case Unknown() | Received() | Asking():
            raise DoesNotFit
        case _:
            assert_never(found)
