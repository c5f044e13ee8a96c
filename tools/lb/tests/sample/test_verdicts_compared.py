"""The demonstration sees every verdict that is not the planted one, and every number that reporting has wrong."""

from dataclasses import replace
from typing import Any

import pytest
from lb.commands.demo import complain
from lb.demo.expected import Expected
from lb.demo.rosters import compare
from lb.demo.run import Told
from lb.problems import Problem
from lb.sample.planning import sample
from lb.sample.writing import Roster, rosters


@pytest.fixture(scope="module")
def roster() -> Roster:
    """One with rows of every verdict."""
    made = rosters(sample("520000", 1800, 3))
    return next(
        each for each in made if {row.row.verdict for row in each.rows} == {"recorded", "again", "unchanged", "refused"}
    )


def right(roster: Roster) -> list[dict[str, Any]]:
    """What a registry without a fault answers."""
    return [
        {
            "sheet": placed.sheet,
            "line": placed.line,
            "verdict": placed.row.verdict,
            "code": placed.row.code or None,
            "fields": [placed.row.field] if placed.row.field else [],
            "survey": f"survey of {placed.line}",
            "worker": f"worker {placed.row.person.id}",
        }
        for placed in roster.rows
    ]


def test_the_planted_verdicts_are_no_difference(roster: Roster) -> None:
    brought = compare(roster, right(roster))
    assert brought.differences == []
    assert len(brought.recorded) == sum(placed.row.verdict in ("recorded", "again") for placed in roster.rows)
    assert all(each.worker == f"worker {each.row.person.id}" for each in brought.recorded)
    assert {each.groups for each in brought.recorded} != {()}
    fewer = replace(roster, file=replace(roster.file, columns=("name",)))
    assert {each.groups for each in compare(fewer, right(roster)).recorded} == {()}


@pytest.mark.parametrize(
    ("word", "change"),
    [
        ("refused", {"verdict": "recorded", "code": None, "fields": []}),
        ("refused", {"code": "another_code"}),
        ("refused", {"fields": ["another_field"]}),
        ("recorded", {"verdict": "refused", "code": "number_check_digit", "fields": ["number"]}),
        ("recorded", {"verdict": "again"}),
        ("again", {"verdict": "recorded"}),
        ("unchanged", {"verdict": "again"}),
        ("recorded", {"line": 9999}),
        ("recorded", {"sheet": "another sheet"}),
    ],
)
def test_another_verdict_is_a_difference(roster: Roster, word: str, change: dict[str, Any]) -> None:
    verdicts = right(roster)
    wrong = next(each for each in verdicts if each["verdict"] == word)
    place = wrong["sheet"], wrong["line"]
    wrong.update(change)
    found = compare(roster, verdicts).differences
    moved = "line" in change or "sheet" in change
    assert len(found) == (2 if moved else 1)
    assert place in [(each.sheet, each.line) for each in found]
    assert all(each.planted != each.found for each in found)


def test_a_row_too_few_and_a_row_too_many_are_differences(roster: Roster) -> None:
    verdicts = right(roster)
    (missing,) = compare(roster, verdicts[1:]).differences
    assert (missing.planted.split()[0], missing.found) == (verdicts[0]["verdict"], "")
    (extra,) = compare(roster, [*verdicts, verdicts[0] | {"line": 9999}]).differences
    assert (extra.line, extra.planted) == (9999, "")


def test_a_file_that_is_sent_again_changes_nothing(roster: Roster) -> None:
    verdicts = right(roster)
    recorded = sum(each["verdict"] in ("recorded", "again") for each in verdicts)
    assert len(compare(roster, verdicts, resent=True).differences) == recorded
    for each in verdicts:
        each["verdict"] = {"recorded": "unchanged", "again": "unchanged"}.get(each["verdict"], each["verdict"])
    brought = compare(roster, verdicts, resent=True)
    assert (brought.differences, list(brought.recorded)) == ([], [])


def test_somebody_who_was_surveyed_twice_is_one_person() -> None:
    expected = Expected()
    expected.add("a", "520526", ("MONITORED",), True)
    expected.add("a", "520526", (), False)
    expected.add("b", "520502", ("MONITORED",), None)
    counts = {"surveys": 3, "surveys_approved": 1, "surveys_rejected": 1, "persons_surveyed": 2, "persons_approved": 1}
    monitored = counts | {"surveys": 2, "surveys_rejected": 0}
    funnel = {"total": counts, "regions": [], "groups": [{"group": "MONITORED", **monitored}]}
    assert expected.differences(funnel) == []
    funnel["total"] = counts | {"persons_surveyed": 3}
    assert expected.differences(funnel) == ["all persons_surveyed: sent 2, reported 3"]


def test_the_demonstration_fails_over_one_verdict_and_over_one_number(
    roster: Roster, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = Told(verdicts=[], funnel={}, differences=[], worker="", journey={})
    complain(fine)
    (wrong,) = compare(roster, right(roster)[1:]).differences
    with pytest.raises(Problem, match="1 rows did not get the verdict that was planted"):
        complain(replace(fine, verdicts=[wrong]))
    assert roster.file.name in capsys.readouterr().out
    with pytest.raises(Problem, match="all surveys: sent 1, reported 2"):
        complain(replace(fine, differences=["all surveys: sent 1, reported 2"]))
