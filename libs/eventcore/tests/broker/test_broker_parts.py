"""What needs no broker: the watchdog's rule."""

from eventcore.broker.watchdog import Watchdog

P, Q = ("t", 0), ("t", 1)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_partition_that_waits_and_stands_still_is_unhealthy_after_the_stall_time() -> None:
    clock = Clock()
    watchdog = Watchdog(60, clock)
    watchdog.observe({P: 5}, {P: 8, Q: 0})
    clock.now += 59
    watchdog.observe({P: 5}, {P: 20, Q: 0})
    assert watchdog.healthy()
    clock.now += 1
    assert not watchdog.healthy()
    watchdog.observe({P: 6}, {P: 20, Q: 0})
    assert watchdog.healthy()


def test_a_partition_that_was_read_to_its_end_may_stand_still() -> None:
    clock = Clock()
    watchdog = Watchdog(60, clock)
    watchdog.observe({P: 8}, {P: 8})
    clock.now += 1000
    watchdog.observe({P: 8}, {P: 9})
    assert watchdog.healthy()


def test_a_known_reason_and_a_lost_partition_start_the_watch_anew() -> None:
    clock = Clock()
    watchdog = Watchdog(60, clock)
    watchdog.observe({}, {P: 3, Q: 3})
    clock.now += 61
    assert not watchdog.healthy()
    watchdog.excuse()
    assert watchdog.healthy()
    watchdog.observe({}, {P: 3, Q: 3})
    clock.now += 61
    watchdog.observe({}, {})
    assert watchdog.healthy()
