"""Where a region lies today, for rights and lists."""

from datetime import date
from typing import Final

from contracts import region
from contracts.errors import InvalidRegion
from eventcore.clock import LEGAL, Clock, SystemClock

CLOCK: Final = SystemClock()


def today(clock: Clock = CLOCK) -> date:
    """The legal day in Asia/Shanghai."""
    return clock.now().astimezone(LEGAL).date()


def is_within(code: str, ancestor: str) -> bool:
    """Whether the region is the other or lies in it. A code that ended lies where its area does now; one that never
    was lies nowhere."""
    day = today()
    try:
        places = (code,) if region.exists(code, day) else tuple(each.code for each in region.current(code, day))
    except InvalidRegion:
        return False
    return bool(places) and all(region.is_within(place, ancestor, day) for place in places)


def bounds(code: str) -> tuple[str, str]:
    """First and last code of the region and everything in it: GB/T 2260 numbers the tree."""
    known = code.rstrip("0") if code.endswith("00") else code
    known += "0" * (len(known) % 2)
    return known.ljust(6, "0"), known.ljust(6, "9")
