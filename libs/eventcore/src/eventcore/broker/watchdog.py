"""Notices a reader that has silently stopped: messages wait and the committed offset stands still."""

import time
from collections.abc import Callable, Mapping

from eventcore.broker.messages import Partition


class Watchdog:
    """Fed with committed offsets and end offsets; says nothing new while there are no samples."""

    def __init__(self, stall: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._stall, self._clock = stall, clock
        self._still: dict[Partition, tuple[int, float]] = {}

    def observe(self, committed: Mapping[Partition, int], ends: Mapping[Partition, int]) -> None:
        """One sample of all partitions to be watched; a partition without a committed offset is at 0."""
        before, now = self._still, self._clock()
        waiting = {partition: at for partition, end in ends.items() if (at := committed.get(partition, 0)) < end}
        self._still = {
            partition: before[partition] if partition in before and before[partition][0] == at else (at, now)
            for partition, at in waiting.items()
        }

    def excuse(self) -> None:
        """The reader stands still for a known reason, such as a database that is away."""
        self._still.clear()

    def healthy(self) -> bool:
        return all(self._clock() - since < self._stall for _, since in self._still.values())
