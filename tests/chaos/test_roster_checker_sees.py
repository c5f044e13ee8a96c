"""Each kind of damage to what came of a roster is found and named."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from tests.chaos.check_rosters import check
from tests.chaos.evidence import Command, Evidence, Kept, Roster
from tests.chaos.made_up import chained
from tests.chaos.test_checker_sees import FACTS, MASTER, NUMBER, sealed_person

ROW: Final = "import-row/a/1"
ENDED: Final = {"rows": 1, "recorded": 1, "again": 0, "unchanged": 0, "refused": {}}
VERDICT: Final = {"line": 2, "verdict": "recorded", "code": None, "survey": "s1", "worker": "w1"}
NOTHING: Final = Kept(views={}, stuck=[], readers={})
Damage = Callable[[Evidence], Evidence]


@pytest.fixture
def sound() -> Evidence:
    """A roster of one row: taken, judged, ended."""
    keys, number = sealed_person()
    recorded = {**FACTS, "survey": "s1", "surveyor": "clerk-1", "number": number}
    events = chained([
        ("import-i1", 1, "import-started", {}, "http/clerk//v1/imports/k1"),
        ("survey-s1", 1, "survey-recorded", recorded, ROW),
        ("import-i1", 2, "import-completed", ENDED, "imports/import-i1/1/end"),
    ])  # fmt: skip
    return Evidence(
        asked=[],
        events=events,
        commands={ROW: Command(id=ROW, outcome=0, answer=b"", version=1, position=2)},
        guards={},
        keys=keys,
        masters=[MASTER],
        messages=[],
        received=[],
        registry=NOTHING,
        reporting=NOTHING,
        rosters=[Roster(key="k1", import_="i1", clerk="clerk-1", numbers=[NUMBER], verdicts=[VERDICT])],
    )


def told(evidence: Evidence, *verdicts: dict[str, object]) -> Evidence:
    return replace(evidence, rosters=[replace(evidence.rosters[0], verdicts=verdicts)])


def recorded_twice(evidence: Evidence) -> Evidence:
    again = replace(evidence.events[1], stream_id="survey-s2", meta={"command": "import-row/b/1"})
    return replace(evidence, events=[*evidence.events, again])


def never_ended(evidence: Evidence) -> Evidence:
    return replace(evidence, events=evidence.events[:2])


def of_another_number(evidence: Evidence) -> Evidence:
    return replace(evidence, rosters=[replace(evidence.rosters[0], numbers=["520599189003070025"])])


def by_another_way(evidence: Evidence) -> Evidence:
    events = [replace(each, meta={"command": f"http/{each.position}"}) for each in evidence.events]
    return replace(evidence, events=events)


def test_a_roster_that_agrees_is_not_complained_of(sound: Evidence) -> None:
    assert list(check(sound)) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda evidence: told(evidence), "verdicts of 0 lines instead of 1"),
        (lambda evidence: told(evidence, VERDICT, VERDICT), "verdicts of 1 lines instead of 1"),
        (lambda evidence: told(evidence, VERDICT | {"verdict": "refused", "code": "x"}), "line 2 is refused x"),
        (lambda evidence: told(evidence, VERDICT | {"worker": "w2"}), "line 2 is about another worker"),
        (lambda evidence: told(evidence, VERDICT | {"survey": "s9"}), "line 2 has no survey s9"),
        (recorded_twice, "2 surveys by 1 commands of 1 rows"),
        (never_ended, "ended with None"),
        (of_another_number, "the sealed number is not"),
        (by_another_way, "line 2 has no survey s1"),
    ],
)
def test_damage_to_a_roster_is_named(sound: Evidence, damage: Damage, says: str) -> None:
    assert says in "\n".join(check(damage(sound)))
