"""Who acts and when, as commands name it: `by=acting(request)`, or `AssignGroup(group=…, **dated(request, clock))`."""

from datetime import date
from typing import TypedDict

from eventcore.acting import Acting
from eventcore.clock import CLOCK, Clock, legal_day
from eventcore.web.requests import ApiRequest


class Signed(TypedDict):
    """The official who answers for it, and for whom."""

    official: str
    organisation: str


class Dated(Signed):
    """`today` is the legal day on which the command came in."""

    today: date


def signed(request: ApiRequest) -> Signed:
    """For commands that do not ask what day it is."""
    return Signed(official=request.caller.subject, organisation=request.caller.organisation)


def dated(request: ApiRequest, clock: Clock = CLOCK) -> Dated:
    """Who acts, on which legal day."""
    return Dated(**signed(request), today=legal_day(clock))


def acting(request: ApiRequest) -> Acting:
    """The caller, today."""
    return Acting(**dated(request))
