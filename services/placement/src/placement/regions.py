"""Where a region lies today, for rights and lists."""

from datetime import date
from typing import Final

from contracts import region
from eventcore.clock import SystemClock, legal_day

CLOCK: Final = SystemClock()


def today() -> date:
    """The legal day in Asia/Shanghai."""
    return legal_day(CLOCK)


def is_within(code: str, ancestor: str) -> bool:
    """Whether the region is the other or lies in it, by the codes of today."""
    return region.lies_in(code, ancestor, today())
