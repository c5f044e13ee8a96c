"""The one clock. Its offset is for tests only, and is a row that the door reads too."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

LEGAL: Final = ZoneInfo("Asia/Shanghai")
"""Legal days, months and deadlines are counted here, whatever the province."""


class Clock(Protocol):
    """Where every time comes from."""

    def now(self) -> datetime:
        """Aware, in UTC."""


class SystemClock:
    """The machine's clock, with the offset that a test has set."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset


CLOCK: Final = SystemClock()


def legal_day(clock: Clock = CLOCK) -> date:
    """The legal day in Asia/Shanghai."""
    return clock.now().astimezone(LEGAL).date()


def monotonic() -> float:
    """Seconds for measuring durations and time limits; never a date."""
    return asyncio.get_running_loop().time()
