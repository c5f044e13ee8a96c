"""How transfers of the demonstration end is planned before the first one, and every ending comes often enough."""

from collections import Counter

import pytest
from lb.demo.abroad import Abroad
from lb.demo.assessments import Certified
from lb.demo.classes import TRADES, Held
from lb.demo.counties import Trainee
from lb.demo.endings import EACH, PEOPLE, Ending, planned
from lb.demo.outcome import too_few
from lb.demo.run import Told


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


def test_a_demonstration_of_the_usual_size_has_enough_of_everything_and_every_ending() -> None:
    told = Told(
        numbers={"classes": 42, "certificates": 1150, "certificates revoked": 20}, claims={("LIVING", "PAID"): 2000}
    )
    told.abroad = Abroad(endings={each.value: 6 for each in Ending})
    assert too_few(told.counted()) == []
    told.numbers = {**told.numbers, "classes": 29}
    told.abroad = Abroad(endings={each.value: 6 for each in Ending if each is not Ending.EXPIRED})
    assert too_few(told.counted()) == ["classes: 29, 30 at least", "endings: 0, 5 at least"]
