"""Who decides that two workers are one, what that moves, and how it is taken back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from contracts.memberships import Membership
from eventcore import Do, Fact, Meta, Release, Seen, Take, fold
from eventcore.testing import Given, given
from registry.indexes.rotation import InUse
from registry.policies.when_canonical_changed_compare_both_workers import when_canonical_changed_compare_both_workers
from registry.policies.when_duplicate_decided_tell_the_other_worker import when_duplicate_decided_tell_the_other_worker
from registry.privacy.events import NumberReindexed
from registry.surveys.events import SurveyEvent
from registry.surveys.survey import SURVEY
from registry.workers import linking_refusals as refusals
from registry.workers.events import TraineeDesignated, WorkerEvent, WorkerRegistered
from registry.workers.link_conflicts import KINDS, conflicts
from registry.workers.linking import NumbersMoved
from registry.workers.linking_commands import CompareLinked, DecideDuplicate, DecideLinkConflict, FollowCanonical
from registry.workers.linking_events import (
    CanonicalChanged,
    DuplicateDecided,
    LinkConflictDecided,
    LinkConflictFound,
)
from registry.workers.pairs import Linked
from registry.workers.state import Attention, Death, Designation, Finding, Registered, Status, Worker
from registry.workers.worker import WORKER
from survey_samples import APPROVED, RECORDED

BY: dict[str, Any] = {"official": "sun", "organisation": "520500-hrss"}
WORD: dict[str, Any] = {"reason": "NUMBER_CORRECTED", "evidence": ("公函12号",), **BY}
PAIR = ("duplicate-pair", "a|b")
ON_A, ON_B = ("linked-worker", "a"), ("linked-worker", "b")
OF_A = (("person", "1.a"), ("person", "2.a"))


def registered(worker: str) -> WorkerRegistered:
    return WorkerRegistered(worker=worker, survey=f"survey-{worker}", household_region="520526", groups=())


def after(*events: WorkerEvent) -> Worker:
    return fold(WORKER, events)


REGISTERED = registered("b")
SAME = DecideDuplicate(worker="b", other="a", verdict="SAME", numbers=("1.a", "2.a"), surveys=("a", "b"), **WORD)
DIFFERENT = replace(SAME, verdict="DIFFERENT", numbers=())
FOUND_SAME = DuplicateDecided(
    worker="b",
    other="a",
    verdict="SAME",
    undone=False,
    numbers=("1.a", "2.a"),
    household_region="520526",
    **WORD,
)
FOUND_DIFFERENT = replace(FOUND_SAME, verdict="DIFFERENT", numbers=())
UNDO = replace(DIFFERENT, numbers=("1.a", "2.a"), reason="DECIDED_WRONGLY")
UNDONE = replace(FOUND_SAME, verdict="DIFFERENT", undone=True, reason="DECIDED_WRONGLY")


def seen(*, surveyor: str = "li", other: Any = None, rotating: bool = False, **holders: str) -> Seen:
    """What the rules see when A holds its two numbers and nothing was decided."""
    guards = {OF_A[0]: "a", OF_A[1]: "a"} | {
        {"pair": PAIR, "on_a": ON_A, "on_b": ON_B, "n1": OF_A[0], "n2": OF_A[1]}[name]: holder
        for name, holder in holders.items()
    }
    surveyed: list[SurveyEvent] = [replace(RECORDED, surveyor=surveyor), APPROVED]
    survey = fold(SURVEY, surveyed)
    rotation = InUse(written=2, versions=frozenset({1, 2})) if rotating else InUse()
    states = {("worker", "a"): other or after(registered("a"))}
    return Seen({**states, ("rotation", "numbers"): rotation, ("survey", "a"): survey, ("survey", "b"): survey}, guards)


def of_b(*events: Any, **more: Any) -> Given[Any, Any, Any]:
    return given(WORKER, REGISTERED, *events).having_seen(seen(**more))


LINKED_NOW = {"pair": "SAME", "on_a": "b", "n1": "b", "n2": "b"}


def test_a_person_decides_that_two_workers_are_one() -> None:
    of_b().when(SAME).then(FOUND_SAME)
    of_b(FOUND_SAME, **LINKED_NOW).when(replace(SAME, numbers=())).then()


def test_the_numbers_move_to_who_stands_for_both_and_back() -> None:
    before = after(REGISTERED)
    there = [Release("person", "1.a"), Take("person", "1.a", holder="b")]
    there += [Release("person", "2.a"), Take("person", "2.a", holder="b")]
    assert list(WORKER.effects(before, FOUND_SAME)) == [
        Release(*PAIR),
        Take(*PAIR, holder="SAME"),
        Take(*ON_A, holder="b"),
        *there,
    ]
    assert list(WORKER.effects(WORKER.evolve(before, FOUND_SAME), UNDONE)) == [
        Release(*PAIR),
        Take(*PAIR, holder="DIFFERENT"),
        Release(*ON_A),
        *(Take(each.scope, each.key, holder="a") if isinstance(each, Take) else each for each in there),
    ]


def test_a_person_decides_that_two_workers_are_two() -> None:
    of_b().when(DIFFERENT).then(FOUND_DIFFERENT)
    of_b(FOUND_DIFFERENT, pair="DIFFERENT").when(DIFFERENT).then()
    assert list(WORKER.effects(after(REGISTERED), FOUND_DIFFERENT)) == [
        Release(*PAIR),
        Take(*PAIR, holder="DIFFERENT"),
    ]


def test_a_decision_is_taken_back() -> None:
    of_b(FOUND_SAME, **LINKED_NOW).when(UNDO).then(UNDONE)
    of_b(FOUND_SAME, UNDONE, pair="DIFFERENT").when(UNDO).then()
    of_b(FOUND_DIFFERENT, pair="DIFFERENT").when(SAME).then(FOUND_SAME)
    state = after(REGISTERED, FOUND_SAME, UNDONE)
    assert isinstance(state, Registered)
    assert state.linked == ()


def test_nobody_decides_about_whom_they_surveyed() -> None:
    of_b(surveyor="sun").when(SAME).rejected(refusals.OwnSurveyDecided)
    of_b(surveyor="sun").when(DIFFERENT).rejected(refusals.OwnSurveyDecided)
    of_b(FOUND_SAME, surveyor="sun", **LINKED_NOW).when(UNDO).rejected(refusals.OwnSurveyDecided)


def test_there_are_no_chains() -> None:
    of_b(on_b="c").when(SAME).rejected(refusals.LinkedToAnother)
    of_b(on_a="c").when(SAME).rejected(refusals.LinkedToAnother)
    stands = after(registered("a"), replace(FOUND_SAME, worker="a", other="d", numbers=("1.d",)))
    of_b(other=stands).when(SAME).rejected(refusals.StandsForOthers)


def test_a_worker_is_no_duplicate_of_itself_and_a_link_is_undone_where_it_was_made() -> None:
    itself = replace(SAME, other="b")
    there = Seen({**seen().states, ("worker", "b"): after(REGISTERED)}, seen().holders)
    given(WORKER, REGISTERED).having_seen(there).when(itself).rejected(refusals.OneWorker)
    of_b(on_b="a").when(DIFFERENT).rejected(refusals.WorkerIsLinked)


@pytest.mark.parametrize("holders", [{"n2": "c"}, {"n1": "b"}])
def test_numbers_that_have_moved_meanwhile_are_asked_for_again(holders: dict[str, str]) -> None:
    outcome = of_b(**holders).when(SAME)
    with pytest.raises(NumbersMoved):
        WORKER.decide(outcome.command, outcome.state, outcome.seen)


def test_numbers_do_not_move_while_their_index_is_renewed() -> None:
    of_b(rotating=True).when(SAME).rejected(refusals.NumbersRotating)
    of_b(FOUND_SAME, rotating=True, **LINKED_NOW).when(UNDO).rejected(refusals.NumbersRotating)
    of_b(rotating=True).when(DIFFERENT).then(FOUND_DIFFERENT)


def test_a_number_goes_back_under_the_index_that_it_has_then() -> None:
    renewed = NumberReindexed(worker="b", owner="a", old="1.a", new="3.a", surveys=())
    state = after(REGISTERED, FOUND_SAME, renewed)
    assert isinstance(state, Registered)
    assert state.linked == (Linked(worker="a", numbers=("3.a", "2.a")),)


def test_the_other_worker_learns_who_stands_for_it() -> None:
    follow = FollowCanonical(worker="a")
    changed = CanonicalChanged(worker="a", canonical="b", before=None)
    back = CanonicalChanged(worker="a", canonical=None, before="b")
    by_b = Seen(holders={ON_A: "b"})
    given(WORKER, registered("a")).having_seen(by_b).when(follow).then(changed)
    given(WORKER, registered("a"), changed).having_seen(by_b).when(follow).then()
    given(WORKER, registered("a"), changed).when(follow).then(back)
    given(WORKER, registered("a")).when(follow).then()


def fact(event: Any) -> Fact[Any]:
    at = date(2026, 3, 5)
    moment: Any = at
    return Fact(
        event=event, id="w/1", stream="w", version=1, position=1, occurred_at=moment, recorded_at=moment, meta=Meta()
    )


def test_what_follows_in_other_streams() -> None:
    tell, compare = when_duplicate_decided_tell_the_other_worker, when_canonical_changed_compare_both_workers
    followed = [Do(WORKER, "a", FollowCanonical(worker="a"))]
    assert list(tell(fact(FOUND_SAME))) == list(tell(fact(UNDONE))) == followed
    assert list(tell(fact(FOUND_DIFFERENT))) == []
    moved = CanonicalChanged(worker="a", canonical="c", before="b")
    assert list(compare(fact(moved))) == [
        Do(WORKER, "b", CompareLinked(worker="b", other="a")),
        Do(WORKER, "c", CompareLinked(worker="c", other="a")),
    ]
    assert list(tell(fact(moved))) == list(compare(fact(FOUND_SAME))) == []


PLAIN = Registered(
    worker="a",
    survey="survey-a",
    household_region="520526",
    groups=(Membership(group="MONITORED", valid_from=date(2024, 1, 1)),),
    findings=(
        Finding(
            survey="survey-a",
            surveyed_on=date(2026, 3, 2),
            household_region="520526",
            groups=(),
            status=Status(employment_status="UNEMPLOYED", employment_form=None, work_region=None),
        ),
    ),
)
EMPLOYED = Status(employment_status="EMPLOYED", employment_form="FLEXIBLE", work_region="440112")
CONTRADICTIONS: dict[str, Any] = {
    "SURVEYS": {"findings": (replace(PLAIN.findings[0], survey="survey-b", status=EMPLOYED),)},
    "HOUSEHOLD_REGION": {"household_region": "520524"},
    "GROUPS": {"groups": (Membership(group="MONITORED", valid_from=date(2024, 2, 1)),)},
    "HOUSEHOLD": {"household": "h1"},
    "DESIGNATION": {"designated": Designation(plan="2026", designated_on=date(2026, 4, 1))},
    "ATTENTION": {"attention": Attention(reason="POVERTY_RISK", until=date(2026, 9, 1))},
    "DEATH": {
        "death": Death(version=9, died_on=date(2026, 5, 1), official="wu", household=None, plan=None, attention=None)
    },
}


def test_workers_who_agree_have_no_conflict() -> None:
    assert conflicts(PLAIN, replace(PLAIN, worker="b")) == ()
    assert set(CONTRADICTIONS) == set(KINDS)


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_what_cannot_be_true_of_one_person_or_would_be_lost_is_a_conflict(kind: str) -> None:
    assert conflicts(replace(PLAIN, **CONTRADICTIONS[kind]), replace(PLAIN, worker="b")) == (kind,)


def test_what_only_the_canonical_worker_has_stays_with_it() -> None:
    for kind in ("GROUPS", "HOUSEHOLD", "DESIGNATION", "ATTENTION"):
        assert conflicts(replace(PLAIN, groups=()), replace(PLAIN, worker="b", **CONTRADICTIONS[kind])) == ()


DESIGNATED = TraineeDesignated(worker="a", plan="2026", designated_on=date(2026, 4, 1), priority=(), evidence="1", **BY)
COMPARE = CompareLinked(worker="b", other="a")
CONFLICT = LinkConflictFound(worker="b", other="a", kinds=("DESIGNATION",), household_region="520526")
SETTLE = DecideLinkConflict(worker="b", other="a", outcome="CORRECTED", evidence=(), **BY)
SETTLED = LinkConflictDecided(worker="b", other="a", outcome="CORRECTED", evidence=(), **BY)


def test_a_conflict_of_linked_workers_is_opened_once_and_decided() -> None:
    followed = CanonicalChanged(worker="a", canonical="b", before=None)
    designated = after(registered("a"), DESIGNATED, followed)
    of_b(FOUND_SAME, other=designated).when(COMPARE).then(CONFLICT)
    of_b(FOUND_SAME, CONFLICT, other=designated).when(COMPARE).then()
    of_b(FOUND_SAME, other=after(registered("a"), followed)).when(COMPARE).then()
    of_b(FOUND_SAME, CONFLICT).when(SETTLE).then(SETTLED)
    of_b(FOUND_SAME, CONFLICT, SETTLED).when(SETTLE).rejected(refusals.NoLinkConflict)


def test_undoing_a_link_ends_its_conflict_and_asks_for_what_came_in_meanwhile() -> None:
    meanwhile = replace(CONFLICT, kinds=("SURVEYED_MEANWHILE",))
    of_b(FOUND_SAME, CONFLICT, UNDONE).when(COMPARE).then(meanwhile)
    of_b(FOUND_SAME, CONFLICT, UNDONE).when(SETTLE).rejected(refusals.NoLinkConflict)
