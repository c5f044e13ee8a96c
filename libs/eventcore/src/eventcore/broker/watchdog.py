"""Notices a reader that has silently stopped: messages wait and the committed offset stands still."""

import time
from collections.abc import Callable, Mapping

from eventcore.broker.messages import Partition


class Watchdog:
    """Fed with committed offsets and end offsets; says nothing new while there are no samples."""

    def __init__(self, stall: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._stall, self._clock = stall, clock
        self._still: dict[Partition, tuple[int, float]] = {}
        self._lag: dict[Partition, int] = {}

    def observe(self, committed: Mapping[Partition, int], ends: Mapping[Partition, int]) -> None:
        """One sample of all partitions to be watched; a partition without a committed offset is at 0."""
        now = self._clock()
        self._lag = {partition: max(0, end - committed.get(partition, 0)) for partition, end in ends.items()}
        waiting = {partition: committed.get(partition, 0) for partition, lag in self._lag.items() if lag}
        for partition, at in waiting.items():
            before, since = self._still.get(partition, (-1, now))
            self._still[partition] = (at, since if before == at else now)
        for partition in self._still.keys() - waiting.keys():
            del self._still[partition]

    def excuse(self) -> None:
        """The reader stands still for a known reason, such as a database that is away."""
        self._still.clear()

    def lag(self) -> Mapping[Partition, int]:
        """Messages waiting in each partition at the last sample."""
        return self._lag

    def healthy(self) -> bool:
        now = self._clock()
        return all(now - since < self._stall for _, since in self._still.values())
