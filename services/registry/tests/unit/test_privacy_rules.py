"""Use restricted, data erased, numbers under a new key: what the rules of a worker say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from eventcore import Do, Fact, Meta, Rejected, Release, Seen, Take, fold
from eventcore.testing import given
from registry.indexes.signs import Signs
from registry.policies.when_use_of_data_changes_so_it_does_for_linked_workers import (
    when_use_of_data_changes_so_it_does_for_linked_workers,
)
from registry.privacy.commands import EndRestriction, ErasePersonalData, ReindexNumber, RestrictUse
from registry.privacy.events import (
    NumberReindexed,
    PersonalDataErased,
    SurveySigns,
    UseRestricted,
    UseRestrictionEnded,
)
from registry.privacy.state import PersonalDataGone, Privacy, UseIsRestricted
from registry.retention.events import RetentionBegun
from registry.retention.retention import RETENTION, KeepRecord, term_of
from registry.workers.commands import OrderAttention, RecordWishes
from registry.workers.events import WorkerEvent, WorkerRegistered
from registry.workers.pairs import Linked
from registry.workers.privacy import (
    AskedOfLinkedWorker,
    NobodyToErase,
    NumberHeldTwice,
    NumbersMoved,
    RestrictionTermWrong,
    RetentionRunning,
)
from registry.workers.state import Registered, Unknown
from registry.workers.worker import WORKER

TODAY = date(2026, 3, 3)
BY: dict[str, Any] = {"official": "zhou", "organisation": "bijie-hrss"}
REGISTERED = WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=())
ERASE = ErasePersonalData(
    worker="w1", ground="PERSON_REQUEST", numbers=("1.h",), signs=("PHONE:1.p",), today=TODAY, **BY
)
ERASED = PersonalDataErased(
    worker="w1", ground="PERSON_REQUEST", numbers=("1.h",), linked=(), signs=("PHONE:1.p",), **BY
)
RESTRICT = RestrictUse(worker="w1", ground="LEGAL_RETENTION", until=date(2030, 1, 1), today=TODAY, **BY)
RESTRICTED = UseRestricted(worker="w1", ground="LEGAL_RETENTION", until=date(2030, 1, 1), linked=(), **BY)
END = EndRestriction(worker="w1", **BY)
ENDED = UseRestrictionEnded(worker="w1", linked=(), **BY)
FREE = {("retention", "w1"): None}
HELD = Seen(states=FREE, holders={("person", "1.h"): "w1"})
SIGNS = (SurveySigns(survey="s1", household_region="520526", signs=Signs()),)
REINDEX = ReindexNumber(worker="w1", owner="w1", old="1.h", new="2.h", surveys=SIGNS)
REINDEXED = NumberReindexed(worker="w1", owner="w1", old="1.h", new="2.h", surveys=SIGNS)


@pytest.mark.parametrize("history", [(), (REGISTERED,), (REGISTERED, RESTRICTED, ENDED)])
def test_whoever_holds_a_number_can_be_erased_registered_or_not(history: tuple[Any, ...]) -> None:
    given(WORKER, *history).having_seen(HELD).when(ERASE).then(ERASED)
    given(WORKER, *history, ERASED).having_seen(HELD).when(ERASE).then()


def test_nobody_can_be_erased_who_is_nobody() -> None:
    given(WORKER).when(replace(ERASE, numbers=())).rejected(NobodyToErase)


def test_an_erasure_frees_every_number_of_the_worker() -> None:
    both = replace(ERASED, numbers=("1.g", "1.h"))
    assert list(WORKER.effects(Unknown(), both)) == [Release("person", "1.g"), Release("person", "1.h")]


def test_numbers_that_moved_meanwhile_are_looked_up_again() -> None:
    for holders in ({}, {("person", "1.h"): "w2"}):
        with pytest.raises(NumbersMoved):
            WORKER.decide(ERASE, fold(WORKER, [REGISTERED]), Seen(states=FREE, holders=holders))
    assert [read.guard or read.key for read in WORKER.reads(ERASE)] == [("person", "1.h"), "w1"]


def test_of_an_erased_worker_nothing_is_known_and_nothing_new_is_said() -> None:
    history: list[WorkerEvent] = [REGISTERED, ERASED]
    state = fold(WORKER, history)
    assert isinstance(state, Registered)
    assert (state.privacy, state.groups, state.findings) == (Privacy(erased=True), (), ())
    wish = RecordWishes(wishes=("JOB",), evidence="e", today=TODAY, **BY)
    for command in (wish, RESTRICT):
        given(WORKER, REGISTERED, ERASED).when(command).rejected(PersonalDataGone)


def test_while_a_legal_term_runs_data_are_kept() -> None:
    given(WORKER, REGISTERED).when(RESTRICT).then(RESTRICTED)
    given(WORKER, REGISTERED, RESTRICTED).when(RESTRICT).then()
    kept = given(WORKER, REGISTERED, RESTRICTED).having_seen(HELD)
    kept.when(ERASE).rejected(RetentionRunning)
    kept.when(replace(ERASE, today=date(2030, 1, 1))).then(ERASED)
    kept.when(END).then(ENDED)
    given(WORKER, REGISTERED).when(END).then()


def test_who_was_paid_is_kept_until_the_term_is_over_also_under_another_id() -> None:
    linked = fold(WORKER, [REGISTERED])
    assert isinstance(linked, Registered)
    until = date(2057, 1, 1)
    for kept in ("w1", "w2"):
        states = {("retention", each): until if each == kept else None for each in ("w1", "w2")}
        seen = Seen(states=states, holders=HELD.holders)
        both = replace(linked, linked=(Linked(worker="w2", numbers=()),))
        with pytest.raises(RetentionRunning):
            WORKER.decide(replace(ERASE, linked=("w2",)), both, seen)
        with pytest.raises(NumbersMoved):
            WORKER.decide(ERASE, both, seen)
        assert WORKER.decide(replace(ERASE, linked=("w2",), today=until), both, seen)
        assert WORKER.decide(replace(ERASE, linked=("w2",), ground="KEY_LOST"), both, seen)


def test_the_longest_term_counts() -> None:
    keep = KeepRecord(worker="w1", reason="claim-1/3/x", until=term_of(date(2026, 6, 2)))
    begun = RetentionBegun(worker="w1", reason="claim-1/3/x", until=date(2057, 1, 1))
    given(RETENTION).when(keep).then(begun)
    given(RETENTION, begun).when(replace(keep, until=date(2050, 1, 1))).then()


def test_a_dispute_keeps_nobody_from_being_erased() -> None:
    disputed = replace(RESTRICTED, ground="DISPUTE", until=None)
    given(WORKER, REGISTERED, disputed).having_seen(HELD).when(ERASE).then(ERASED)


def test_restricted_data_are_put_to_no_new_use() -> None:
    watch = OrderAttention(reason="r", until=date(2026, 9, 1), today=TODAY, **BY)
    given(WORKER, REGISTERED, RESTRICTED).when(watch).rejected(UseIsRestricted)


@pytest.mark.parametrize("until", [None, TODAY, date(2020, 1, 1)])
def test_a_restriction_has_an_end_that_makes_sense(until: date | None) -> None:
    given(WORKER, REGISTERED).when(replace(RESTRICT, until=until)).rejected(RestrictionTermWrong)


def test_a_number_goes_from_one_key_to_the_next_in_one_step() -> None:
    given(WORKER, REGISTERED).having_seen(HELD).when(REINDEX).then(REINDEXED)
    given(WORKER).having_seen(HELD).when(REINDEX).then(REINDEXED)
    assert list(WORKER.effects(Unknown(), REINDEXED)) == [Release("person", "1.h"), Take("person", "2.h", holder="w1")]
    both = Seen(holders={("person", "1.h"): "w1", ("person", "2.h"): "w1"})
    given(WORKER).having_seen(both).when(REINDEX).then(REINDEXED)
    assert [read.guard for read in WORKER.reads(REINDEX)] == [("person", "1.h"), ("person", "2.h")]


def test_a_number_that_is_gone_or_somebody_elses_stays() -> None:
    given(WORKER).when(REINDEX).then()
    other: Seen = Seen(holders={("person", "1.h"): "w1", ("person", "2.h"): "w2"})
    given(WORKER).having_seen(other).when(REINDEX).rejected(NumberHeldTwice)


def test_a_linked_worker_is_erased_with_the_one_that_stands_for_it() -> None:
    registered = fold(WORKER, [REGISTERED])
    assert isinstance(registered, Registered)
    linked = replace(registered, canonical="w0")
    for command in (replace(ERASE, numbers=()), RESTRICT):
        with pytest.raises(AskedOfLinkedWorker):
            WORKER.decide(command, linked, Seen())
    assert WORKER.decide(replace(ERASE, numbers=(), canonical="w0"), linked, Seen(states=FREE))


@pytest.mark.parametrize("event", [ERASED, RESTRICTED, ENDED])
def test_what_holds_for_a_worker_holds_for_those_it_stands_for(event: Any) -> None:
    told = list(when_use_of_data_changes_so_it_does_for_linked_workers(fact(replace(event, linked=("w2", "w3")))))
    assert [(do.key, do.command.worker, do.command.canonical) for do in told] == [
        ("w2", "w2", "w1"),
        ("w3", "w3", "w1"),
    ]
    assert all(isinstance(do, Do) and do.decider is WORKER for do in told)
    assert list(when_use_of_data_changes_so_it_does_for_linked_workers(fact(REINDEXED))) == []


def fact(event: Any) -> Fact[Any]:
    at = datetime(2026, 3, 5, tzinfo=UTC)
    return Fact(
        event=event, id="worker-w1/2", stream="worker-w1", version=2, position=7, occurred_at=at, recorded_at=at,
        meta=Meta(),
    )  # fmt: skip


def test_only_reasons_that_rules_refuse_are_refusals() -> None:
    assert not issubclass(NumbersMoved, Rejected)
