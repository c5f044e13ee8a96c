"""Conflicts, runs, snapshots and the rhythm of comparisons: given, when, then."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from eventcore import Do, Fact, Meta, Wake
from eventcore.testing import given
from registry.matching.conflicts import conflict as conflicts
from registry.matching.conflicts.conflict import CONFLICT, DecideConflict, MissConflict, OpenConflict
from registry.matching.conflicts.events import MatchConflictDecided, MatchConflictOpened, MatchConflictVanished
from registry.matching.rhythm.events import ComparisonMade, ComparisonMissed
from registry.matching.rhythm.quarters import Quarter, due_on, end_of
from registry.matching.rhythm.rhythm import RHYTHM, LetDayPass, NoteRun, timer
from registry.matching.runs.events import Compared, MatchConflictFound, MatchConflictGone, MatchRunCompleted
from registry.matching.runs.run import RUN, CompleteRun, ReportConflicts, ReportsMissing
from registry.matching.sides import Side
from registry.matching.snapshots import snapshot as snapshots
from registry.matching.snapshots.events import (
    SnapshotBegun,
    SnapshotCompleted,
    SnapshotPartKept,
    SnapshotTermEnded,
)
from registry.matching.snapshots.snapshot import SNAPSHOT, BeginSnapshot, CompleteSnapshot, EndTerm, KeepPart
from registry.matching.wiring import ALARMS
from registry.policies.when_match_run_completed_note_it_for_its_quarter import (
    when_match_run_completed_note_it_for_its_quarter,
)
from registry.policies.when_match_run_finds_or_misses_a_conflict_say_so_there import (
    when_match_run_finds_or_misses_a_conflict_say_so_there,
)

AT = datetime(2026, 10, 9, tzinfo=UTC)
SIDES = (
    Side(source="registered-poverty", present=True, value="YES"),
    Side(source="technical-school-registration", present=True, value="NO"),
)
FACTS: dict[str, Any] = {
    "conflict": "c1",
    "comparison": "three-systems",
    "rule": "POVERTY_DIFFERS",
    "county": "520526",
    "worker": "w1",
    "sides": SIDES,
    "said": "digest-1",
    "run": "r1",
}
OPEN = OpenConflict(**FACTS)
OPENED = MatchConflictOpened(**FACTS)
DECIDE = DecideConflict(
    right="registered-poverty", follow_up="SOURCE_CORRECTS", reason="DOCUMENT_SEEN", official="chen", organisation="o"
)
DECIDED = MatchConflictDecided(
    conflict="c1",
    county="520526",
    worker="w1",
    right="registered-poverty",
    follow_up="SOURCE_CORRECTS",
    reason="DOCUMENT_SEEN",
    official="chen",
    organisation="o",
    said="digest-1",
)
VANISHED = MatchConflictVanished(conflict="c1", run="r2")
AGAIN = replace(OPEN, run="r2")
OTHERWISE = replace(OPEN, run="r2", said="digest-2")
OPENED_OTHERWISE = replace(OPENED, run="r2", said="digest-2")


def test_a_found_conflict_is_opened_once() -> None:
    given(CONFLICT).when(OPEN).then(OPENED)
    given(CONFLICT, OPENED).when(AGAIN).then()


def test_a_person_decides_it_and_the_next_run_does_not_open_it_again() -> None:
    given(CONFLICT, OPENED).when(DECIDE).then(DECIDED)
    given(CONFLICT, OPENED, DECIDED).when(AGAIN).then()
    given(CONFLICT, OPENED, DECIDED).when(MissConflict(run="r2")).then()


def test_what_the_systems_say_otherwise_is_news_also_after_a_decision() -> None:
    given(CONFLICT, OPENED).when(OTHERWISE).then(OPENED_OTHERWISE)
    given(CONFLICT, OPENED, DECIDED).when(OTHERWISE).then(OPENED_OTHERWISE)
    given(CONFLICT, OPENED, DECIDED, OPENED_OTHERWISE).when(DECIDE).then(replace(DECIDED, said="digest-2"))


def test_a_conflict_that_is_not_found_any_more_vanishes_and_may_come_back() -> None:
    given(CONFLICT, OPENED).when(MissConflict(run="r2")).then(VANISHED)
    given(CONFLICT, OPENED, VANISHED).when(replace(OPEN, run="r3")).then(replace(OPENED, run="r3"))
    given(CONFLICT).when(MissConflict(run="r2")).then()


def test_only_what_is_open_is_decided_and_only_a_side_of_it_can_be_right() -> None:
    given(CONFLICT).when(DECIDE).rejected(conflicts.NotFound)
    given(CONFLICT, OPENED, VANISHED).when(DECIDE).rejected(conflicts.NotOpen)
    given(CONFLICT, OPENED, DECIDED).when(DECIDE).then()
    given(CONFLICT, OPENED, DECIDED).when(replace(DECIDE, right="NONE")).rejected(conflicts.NotOpen)
    given(CONFLICT, OPENED).when(replace(DECIDE, right="real-name-training")).rejected(conflicts.NoSuchSide)
    given(CONFLICT, OPENED).when(replace(DECIDE, right="NONE")).then(replace(DECIDED, right="NONE"))


FOUND = MatchConflictFound(**FACTS, part=1)
GONE = MatchConflictGone(run="r1", part=2, conflict="c2")
RUN_FACTS: dict[str, Any] = {
    "run": "r1",
    "comparison": "three-systems",
    "quarter": "2026-Q4",
    "completed_on": date(2026, 10, 9),
    "working_days": 3,
    "official": "chen",
    "organisation": "o",
    "compared": (Compared(source="registered-poverty", snapshot="s1", as_of=date(2026, 10, 8), people=1),),
    "found": 1,
}
COMPLETE = CompleteRun(**RUN_FACTS)
COMPLETED = MatchRunCompleted(**RUN_FACTS, gone=1)


def test_a_run_reports_in_parts_goes_on_where_it_was_stopped_and_is_complete_once() -> None:
    first, second = ReportConflicts(part=1, found=(FOUND,)), ReportConflicts(part=2, gone=(GONE,))
    given(RUN).when(first).then(FOUND)
    given(RUN, FOUND).when(first).then()
    given(RUN, FOUND).when(second).then(GONE)
    given(RUN).when(COMPLETE).rejected(ReportsMissing)
    given(RUN, FOUND, GONE).when(COMPLETE).then(COMPLETED)
    given(RUN, FOUND, GONE, COMPLETED).when(COMPLETE).then()
    given(RUN, FOUND, GONE, COMPLETED).when(replace(second, part=3)).then()


def fact(event: Any) -> Fact[Any]:
    return Fact(event=event, id="x/1", stream="x", version=1, position=1, occurred_at=AT, recorded_at=AT, meta=Meta())


def test_what_a_run_reports_is_said_to_each_conflict() -> None:
    policy = when_match_run_finds_or_misses_a_conflict_say_so_there
    assert list(policy(fact(FOUND))) == [Do(CONFLICT, "c1", OPEN)]
    assert list(policy(fact(GONE))) == [Do(CONFLICT, "c2", MissConflict(run="r1"))]
    assert list(policy(fact(COMPLETED))) == []


BEGIN = BeginSnapshot(
    snapshot="s1",
    source="registered-poverty",
    as_of=date(2026, 10, 8),
    official="li",
    organisation="o",
    people=2,
    elsewhere=1,
    refused=0,
    parts=2,
    digest="d",
    today=date(2026, 10, 9),
)
BEGUN = SnapshotBegun(
    snapshot="s1",
    source="registered-poverty",
    as_of=date(2026, 10, 8),
    official="li",
    organisation="o",
    people=2,
    elsewhere=1,
    refused=0,
    parts=2,
    digest="d",
)
PARTS = tuple(SnapshotPartKept(snapshot="s1", stream="snapshot-s1", part=n, people="[]") for n in (1, 2))
KEPT = SnapshotCompleted(
    snapshot="s1", source="registered-poverty", as_of=date(2026, 10, 8), people=2, digest="d", kept_until=AT
)


def test_a_snapshot_comes_in_parts_and_is_complete_when_all_are_there() -> None:
    given(SNAPSHOT).when(BEGIN).then(BEGUN)
    given(SNAPSHOT, BEGUN).when(BEGIN).then()
    given(SNAPSHOT).when(KeepPart(part=1, people="[]")).rejected(snapshots.NotBegun)
    given(SNAPSHOT, BEGUN).when(KeepPart(part=1, people="[]")).then(PARTS[0])
    given(SNAPSHOT, BEGUN, PARTS[0]).when(KeepPart(part=1, people="[]")).then()
    given(SNAPSHOT, BEGUN, PARTS[0]).when(CompleteSnapshot(kept_until=AT)).rejected(snapshots.PartsMissing)
    given(SNAPSHOT, BEGUN, *PARTS).when(CompleteSnapshot(kept_until=AT)).then(KEPT)
    given(SNAPSHOT, BEGUN, *PARTS, KEPT).when(CompleteSnapshot(kept_until=AT)).then()
    given(SNAPSHOT).when(replace(BEGIN, as_of=date(2026, 10, 10))).rejected(snapshots.OfTheFuture)


def test_a_snapshot_has_a_term_and_a_timer_for_it() -> None:
    assert list(SNAPSHOT.effects(snapshots.Unknown(), KEPT)) == [Wake("term", AT)]
    ended = SnapshotTermEnded(snapshot="s1", source="registered-poverty")
    given(SNAPSHOT, BEGUN, *PARTS, KEPT).when(EndTerm()).then(ended)
    given(SNAPSHOT, BEGUN, *PARTS, KEPT, ended).when(EndTerm()).then()


NOTE = NoteRun(comparison="three-systems", quarter="2026-Q4", run="r1", made_on=date(2026, 10, 9), working_days=3)
MADE = ComparisonMade(
    comparison="three-systems",
    quarter="2026-Q4",
    run="r1",
    made_on=date(2026, 10, 9),
    due_on=date(2026, 10, 10),
    working_days=3,
    next_due_on=date(2027, 1, 6),
)
MISSED = ComparisonMissed(
    comparison="three-systems",
    quarter="2027-Q1",
    due_on=date(2027, 1, 6),
    working_days=3,
    next_due_on=date(2027, 4, 6),
)


def test_a_run_sets_the_due_day_of_the_next_quarter() -> None:
    given(RHYTHM).when(NOTE).then(MADE)
    given(RHYTHM, MADE).when(NOTE).then()
    assert list(RHYTHM.effects(RHYTHM.initial, MADE)) == [Wake("due/2027-Q1", end_of(date(2027, 1, 6)))]
    assert list(when_match_run_completed_note_it_for_its_quarter(fact(COMPLETED))) == [
        Do(RHYTHM, "three-systems", NOTE)
    ]


def test_a_day_that_passes_without_a_run_is_said_once_and_the_next_one_is_set() -> None:
    passed = LetDayPass(comparison="three-systems", quarter="2027-Q1")
    given(RHYTHM, MADE).when(passed).then(MISSED)
    given(RHYTHM, MADE, MISSED).when(passed).then()
    after = RHYTHM.evolve(RHYTHM.initial, MADE)
    assert list(RHYTHM.effects(after, MISSED)) == [
        Wake("due/2027-Q1", None),
        Wake("due/2027-Q2", end_of(date(2027, 4, 6))),
    ]


def test_timers_ask_for_what_they_are_named_by() -> None:
    alarms = {alarm.category: alarm for alarm in ALARMS}
    asked = alarms["comparison"].react("three-systems", timer(Quarter.parse("2027-Q1")))
    assert asked == Do(RHYTHM, "three-systems", LetDayPass(comparison="three-systems", quarter="2027-Q1"))
    assert alarms["snapshot"].react("s1", "term") == Do(SNAPSHOT, "s1", EndTerm())


def test_a_run_in_time_takes_the_timer_back_and_a_late_one_of_an_old_quarter_moves_nothing() -> None:
    in_time = replace(NOTE, quarter="2027-Q1", run="r2", made_on=date(2027, 1, 5))
    made = replace(MADE, quarter="2027-Q1", run="r2", made_on=date(2027, 1, 5), due_on=date(2027, 1, 6))
    made = replace(made, next_due_on=date(2027, 4, 6))
    given(RHYTHM, MADE).when(in_time).then(made)
    given(RHYTHM, MADE, made).when(LetDayPass(comparison="three-systems", quarter="2027-Q1")).then()
    late = replace(NOTE, run="r3", made_on=date(2027, 1, 5))
    given(RHYTHM, MADE, made).when(late).then(
        replace(MADE, run="r3", made_on=date(2027, 1, 5), next_due_on=date(2027, 4, 6))
    )


@pytest.mark.parametrize(
    ("quarter", "day"),
    [
        ("2026-Q1", date(2026, 1, 6)),  # 1 to 3 January are free, Sunday the 4th is worked
        ("2026-Q2", date(2026, 4, 3)),
        ("2026-Q3", date(2026, 7, 3)),
        ("2026-Q4", date(2026, 10, 10)),  # a Saturday, worked for the holidays before it
    ],
)
def test_due_days_know_the_holidays_and_the_week_ends_that_are_worked(quarter: str, day: date) -> None:
    assert due_on(Quarter.parse(quarter), 3) == day


def test_quarters_follow_each_other() -> None:
    assert Quarter.of(date(2026, 11, 24)) == Quarter.parse("2026-Q4") < Quarter.parse("2026-Q4").next
    assert str(Quarter(2026, 4).next) == "2027-Q1"
    for text in ("2026-Q5", "2026-4", "26-Q1", ""):
        with pytest.raises(ValueError, match="no quarter"):
            Quarter.parse(text)
