"""Who acts and when, as commands name it: `AssignGroup(group=…, **acting(request, clock))`."""

from datetime import date
from typing import TypedDict

from eventcore.clock import Clock
from eventcore.web import CommandRequest

from registry.regions import CLOCK, today


class Signed(TypedDict):
    """The official who answers for it, and for whom."""

    official: str
    organisation: str


class Acting(Signed):
    today: date


def signed(request: CommandRequest) -> Signed:
    """For commands that do not ask what day it is."""
    return Signed(official=request.caller.subject, organisation=request.caller.organisation)


def acting(request: CommandRequest, clock: Clock = CLOCK) -> Acting:
    """Who acts, on which legal day."""
    return Acting(**signed(request), today=today(clock))
