"""A decision may look at the guard whose key is the holder of another one; both are checked at the append."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from eventcore import Decider, Read, Rejected, Seen
from eventcore.desk import Decision, Desk, Order, State, Task, decide
from eventcore.web import problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    type: ClassVar[str] = "entered"
    badge: str


class Barred(Rejected):
    """Who has this badge may not enter."""

    code = "barred"

    def members(self) -> dict[str, str]:
        return {"by": "house-1"}


def enter(badge: str, state: int, seen: Seen) -> list[Entered]:
    if (person := seen.holder("badge", badge)) and seen.holder("barred", person):
        raise Barred
    return [Entered(badge=badge)]


DOOR: Decider[str, Entered, int] = Decider(
    category="door",
    initial=0,
    decide=enter,
    evolve=lambda state, _: state + 1,
    events=Entered,
    reads=lambda badge: [Read(guard=("badge", badge), then="barred")],
)


def decided(holders: dict[tuple[str, str], str]) -> Decision:
    task = Task(DOOR, "1", "b1", Order(id="c1"))
    return decide(task, Desk({"door-1": State(0, 0)}, holders, False), "")


def test_both_guards_are_seen_and_checked() -> None:
    free = decided({("badge", "b1"): "li"})
    assert free.holders == {("badge", "b1"): "li", ("barred", "li"): None}
    nobody = decided({})
    assert nobody.holders == {("badge", "b1"): None}
    barred = decided({("badge", "b1"): "li", ("barred", "li"): "house-1"})
    assert isinstance(barred.refusal, Barred)


def test_a_refusal_may_say_more_than_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(problems.kinds, "barred", problems.Kind("barred", 409, "不得入内。", "May not enter."))
    assert b'"by":"house-1"' in problems.refusal(Barred(), "en")
