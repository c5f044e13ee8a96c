"""How often one person may search: enough for a counter, too little to try out numbers."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from eventcore.clock import monotonic

MINUTE: Final = 60.0
MOST_KEPT: Final = 10_000


class Pace:
    """A bucket for each caller, in this process: `a_minute` at once, and as many again in every minute."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str) -> float:
        """Takes one search, and returns 0; or takes none, and returns the seconds until there is one."""
        now = self._clock()
        left, since = self._left.pop(caller, (float(self._a_minute), now))
        left = min(float(self._a_minute), left + (now - since) * self._a_minute / MINUTE)
        taken = left >= 1
        self._left[caller] = (left - 1 if taken else left, now)
        while len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) * MINUTE / self._a_minute
