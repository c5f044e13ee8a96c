"""By what name each side's state is shown; the code list `transfer-states`."""

from typing import assert_never

from placement.transfers.home import state as home
from placement.transfers.host import state as host


def at_home(found: home.Known) -> str:
    match found:
        case home.Proposed():
            return "PROPOSED"
        case home.Nominated():
            return "NOMINATED"
        case home.Confirmed():
            return "CONFIRMED"
        case home.Dispatched():
            return "DISPATCHED"
        case home.Arrived():
            return "ARRIVED"
        case home.Ended(ending=ending):
            return ending
        case _:
            assert_never(found)


def at_host(found: host.Known) -> str:
    match found:
        case host.Received():
            return "NOMINATED"
        case host.Asking():
            return "SEAT_ASKED"
        case host.Accepted():
            return "ACCEPTED"
        case host.Confirmed():
            return "CONFIRMED"
        case host.Expected():
            return "DISPATCHED"
        case host.Arrived():
            return "ARRIVED"
        case host.Ended(ending=ending):
            return ending
        case _:
            assert_never(found)
