"""How often one person may search."""

from registry import pace
from registry.pace import Pace


class Hands:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_has_so_many_searches_and_others_are_not_in_the_way() -> None:
    clock = Hands()
    paced = Pace(3, clock)
    assert [paced.wait("sun") for _ in range(4)] == [0, 0, 0, 20]
    assert paced.wait("chen") == 0
    clock.now = 15
    assert paced.wait("sun") == 5
    clock.now = 20
    assert [paced.wait("sun"), paced.wait("sun")] == [0, 20]
    clock.now = 10_000
    assert [paced.wait("sun") for _ in range(4)] == [0, 0, 0, 20]


def test_what_is_remembered_of_callers_is_bounded() -> None:
    paced = Pace(1, Hands())
    for n in range(pace.MOST_KEPT + 5):
        assert paced.wait(f"c{n}") == 0
    assert paced.wait("c0") == 0
    assert paced.wait(f"c{pace.MOST_KEPT}") == 60
