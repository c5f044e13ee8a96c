"""Who acts and when, as commands name it: `by=acting(request)`, or `AssignGroup(group=…, **dated(request, clock))`."""

from eventcore.acting import Acting, Dated, Signed
from eventcore.clock import CLOCK, Clock, legal_day
from eventcore.web.requests import ApiRequest


def signed(request: ApiRequest) -> Signed:
    """For commands that do not ask what day it is."""
    return Signed(official=request.caller.subject, organisation=request.caller.organisation)


def dated(request: ApiRequest, clock: Clock = CLOCK) -> Dated:
    """Who acts, on which legal day."""
    return Dated(**signed(request), today=legal_day(clock))


def acting(request: ApiRequest) -> Acting:
    """The caller, today."""
    return Acting(**dated(request))
