"""How transfers of the demonstration end is planned before the first one, and every ending comes often enough."""

from collections import Counter

import pytest
from lb.demo.assessments import Certified
from lb.demo.classes import TRADES, Held
from lb.demo.counties import Trainee
from lb.demo.endings import EACH, PEOPLE, Ending, planned


def certified(count: int) -> list[Certified]:
    held = Held(
        training_class="k", county="520526", institution="i", trade=TRADES[0], trainees=(), passed=(), first_absence=""
    )
    return [
        Certified(
            certificate=f"c{n}", held=held, trainee=Trainee(worker=f"w{n}", county="520526", groups=(), number="")
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [60, 119, 120, 1000])
def test_every_ending_is_planned_and_nobody_goes_twice(count: int) -> None:
    people = planned(certified(count))
    assert len({each.worker for each in people}) == len(people) == PEOPLE
    found = Counter(each.ending for each in people)
    assert {found[ending] for ending in Ending if ending is not Ending.EMPLOYED} == {EACH}
    assert found[Ending.EMPLOYED] == PEOPLE - EACH * (len(Ending) - 1)


def test_where_few_are_certified_every_ending_comes_all_the_same() -> None:
    found = Counter(each.ending for each in planned(certified(15)))
    assert set(found) == set(Ending)
    assert sum(found.values()) == 15


def test_whose_acceptance_crosses_a_withdrawal_was_withdrawn_on_both_sides() -> None:
    assert Ending.TOO_LATE.state == "WITHDRAWN"
    assert Ending.NOT_ARRIVED.state == "NOT_ARRIVED"
