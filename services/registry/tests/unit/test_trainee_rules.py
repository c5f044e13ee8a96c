"""Eligibility, designation, special attention, death, and the lists of trainees."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from contracts.memberships import Membership
from eventcore import Seen, Wake, fold
from eventcore.testing import given
from registry.trainee_lists import refusals as list_refusals
from registry.trainee_lists.events import Receiver, TraineeListPublished, TraineeListReceived
from registry.trainee_lists.trainee_list import TRAINEE_LIST, ConfirmReceipt, PublishList
from registry.workers import priority, refusals
from registry.workers.commands import (
    AssessEligibility,
    AssignGroup,
    DesignateTrainee,
    EndAttention,
    EndDesignation,
    LetAttentionLapse,
    OrderAttention,
    RecordDeath,
    RecordWishes,
)
from registry.workers.events import (
    AttentionEnded,
    AttentionOrdered,
    DesignationEnded,
    EligibilityAssessed,
    TraineeDesignated,
    WishesRecorded,
    WorkerDeceased,
    WorkerEvent,
    WorkerRegistered,
)
from registry.workers.state import known
from registry.workers.worker import WORKER

TODAY = date(2026, 11, 24)
OFFICIAL: dict[str, Any] = {"official": "zhao", "organisation": "bijie-hrss"}
OFFICE: dict[str, Any] = {**OFFICIAL, "today": TODAY}
LIFTED = Membership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1))
LAND = Membership(group="LAND_LOST", valid_from=date(2020, 1, 1))
REGISTERED = WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=(LIFTED,))
WISHES = WishesRecorded(
    worker="w1",
    wishes=("VOCATIONAL_TRAINING",),
    recorded_on=date(2026, 3, 2),
    evidence="survey-s1",
    basis="RULES",
    **OFFICIAL,
)
ELIGIBLE = EligibilityAssessed(
    worker="w1",
    eligible=True,
    able_to_work=True,
    grounds=("KEY_COUNTY_POOR",),
    reason=None,
    assessed_on=TODAY,
    **OFFICIAL,
)
DESIGNATED = TraineeDesignated(
    worker="w1",
    plan="520000-2026",
    designated_on=TODAY,
    priority=("POOR_HOUSEHOLD",),
    evidence="黔人社训〔2026〕3号",
    **OFFICIAL,
)
ATTENTION = AttentionOrdered(worker="w1", reason="LOST_JOB", until=date(2027, 2, 1), **OFFICIAL)
DECEASED = WorkerDeceased(
    worker="w1", died_on=date(2026, 11, 1), household=None, evidence="威公户〔2026〕7号", **OFFICIAL
)
ASSESS = AssessEligibility(able_to_work=True, reason=None, **OFFICE)
DESIGNATE = DesignateTrainee(plan="520000-2026", evidence="黔人社训〔2026〕3号", **OFFICE)
ORDER = OrderAttention(reason="LOST_JOB", until=date(2027, 2, 1), **OFFICE)
DIE = RecordDeath(died_on=date(2026, 11, 1), evidence="威公户〔2026〕7号", **OFFICE)


def test_a_poor_worker_of_a_key_county_is_eligible() -> None:
    given(WORKER, REGISTERED).when(ASSESS).then(ELIGIBLE)


@pytest.mark.parametrize(
    ("region", "groups", "able", "grounds", "reason"),
    [
        ("520102", (LIFTED,), True, ("POOR",), None),
        ("520526", (LAND,), True, ("TARGET_GROUP",), None),
        ("520526", (LIFTED, LAND), True, ("KEY_COUNTY_POOR", "TARGET_GROUP"), None),
        ("520526", (), True, (), "NO_GROUND"),
        ("520526", (LIFTED,), False, ("KEY_COUNTY_POOR",), "UNABLE_TO_WORK"),
    ],
)
def test_eligibility_says_its_grounds_and_why_not(
    region: str, groups: tuple[Membership, ...], able: bool, grounds: tuple[str, ...], reason: str | None
) -> None:
    registered = replace(REGISTERED, household_region=region, groups=groups)
    expected = replace(ELIGIBLE, eligible=reason is None, able_to_work=able, grounds=grounds, reason=reason)
    given(WORKER, registered).when(replace(ASSESS, able_to_work=able)).then(expected)


def test_a_person_may_decide_otherwise_and_says_why() -> None:
    given(WORKER, REGISTERED).when(replace(ASSESS, reason="AT_SCHOOL")).then(
        replace(ELIGIBLE, eligible=False, reason="AT_SCHOOL")
    )


def test_who_is_eligible_and_wants_training_is_designated_once() -> None:
    given(WORKER, REGISTERED, WISHES, ELIGIBLE).when(DESIGNATE).then(DESIGNATED)
    given(WORKER, REGISTERED, WISHES, ELIGIBLE, DESIGNATED).when(DESIGNATE).then()


@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        ((), refusals.WorkerNotRegistered),
        ((REGISTERED, WISHES), refusals.NotAssessed),
        ((REGISTERED, WISHES, replace(ELIGIBLE, eligible=False, reason="AGE")), refusals.NotEligible),
        ((REGISTERED, ELIGIBLE), refusals.NoTrainingWish),
        ((REGISTERED, replace(WISHES, wishes=("JOB",)), ELIGIBLE), refusals.NoTrainingWish),
        ((REGISTERED, WISHES, ELIGIBLE, replace(DESIGNATED, plan="520000-2025")), refusals.DesignatedOtherwise),
        ((REGISTERED, WISHES, ELIGIBLE, DECEASED), refusals.WorkerIsDeceased),
    ],
)
def test_nobody_else_is_designated(history: tuple[Any, ...], refusal: type[refusals.NotAssessed]) -> None:
    given(WORKER, *history).when(DESIGNATE).rejected(refusal)


def test_a_designation_ends_for_a_reason() -> None:
    end = EndDesignation(reason="WITHDRAWN", **OFFICIAL)
    ended = DesignationEnded(worker="w1", plan="520000-2026", reason="WITHDRAWN", **OFFICIAL)
    given(WORKER, REGISTERED, DESIGNATED).when(end).then(ended)
    given(WORKER, REGISTERED, DESIGNATED, ended).when(end).then()


def test_attention_has_a_term_within_a_year() -> None:
    given(WORKER, REGISTERED).when(ORDER).then(ATTENTION)
    given(WORKER, REGISTERED, ATTENTION).when(ORDER).then()
    for until in (TODAY, date(2027, 11, 26)):
        given(WORKER, REGISTERED).when(replace(ORDER, until=until)).rejected(refusals.AttentionTermWrong)


def test_attention_ends_by_its_timer_or_by_a_person() -> None:
    state = fold(WORKER, [REGISTERED])
    assert list(WORKER.effects(state, ATTENTION)) == [Wake("attention", datetime(2027, 1, 31, 16, tzinfo=UTC))]
    lapsed = AttentionEnded(worker="w1", cause="TERM", official="", organisation="")
    given(WORKER, REGISTERED, ATTENTION).when(LetAttentionLapse()).then(lapsed)
    ended = AttentionEnded(worker="w1", cause="DECISION", **OFFICIAL)
    given(WORKER, REGISTERED, ATTENTION).when(EndAttention(**OFFICIAL)).then(ended)
    assert list(WORKER.effects(state, ended)) == [Wake("attention", None)]
    given(WORKER, REGISTERED).when(EndAttention(**OFFICIAL)).then()


def test_death_ends_designation_and_attention() -> None:
    given(WORKER, REGISTERED, DESIGNATED, ATTENTION).when(DIE).then(DECEASED)
    history: list[WorkerEvent] = [REGISTERED, DESIGNATED, ATTENTION]
    before = fold(WORKER, history)
    assert list(WORKER.effects(before, DECEASED)) == [Wake("attention", None)]
    after = known(WORKER.evolve(before, DECEASED))
    assert (after.designated, after.attention, after.deceased_on) == (None, None, date(2026, 11, 1))


def test_death_is_recorded_once_and_not_before_it_happened() -> None:
    given(WORKER, REGISTERED, DECEASED).when(DIE).then()
    given(WORKER, REGISTERED, DECEASED).when(replace(DIE, died_on=TODAY)).rejected(refusals.DiedOnAnotherDay)
    given(WORKER, REGISTERED).when(replace(DIE, died_on=date(2026, 12, 1))).rejected(refusals.DiedInFuture)


@pytest.mark.parametrize(
    "command",
    [
        ASSESS,
        ORDER,
        RecordWishes(wishes=("JOB",), evidence="1号", **OFFICE),
        AssignGroup(group="LAND_LOST", valid_from=date(2020, 1, 1), valid_to=None, evidence="1号", **OFFICE),
    ],
)
def test_nothing_new_is_said_of_who_has_died(command: Any) -> None:
    given(WORKER, REGISTERED, DECEASED).when(command).rejected(refusals.WorkerIsDeceased)


def test_poor_households_come_first_and_the_reasons_are_said() -> None:
    assert priority.reasons((LAND, LIFTED), TODAY) == ("POOR_HOUSEHOLD", "LAND_LOST")
    assert priority.rank((LIFTED,), TODAY) < priority.rank((LAND,), TODAY) < priority.rank((), TODAY)
    assert priority.rank((LIFTED,), date(2020, 12, 31)) == priority.LAST


OTHERS = {"w1": (LAND,), "w2": (LIFTED,), "w3": (), "w4": (LIFTED, LAND)}
RECEIVERS = (
    Receiver(kind="LABOUR_DEPARTMENT", organisation="520526-hrss"),
    Receiver(kind="TRAINING_INSTITUTION", organisation="bijie-tech"),
)
PUBLISH = PublishList(
    trainee_list="l1",
    region="520500",
    plan="520000-2026",
    trainees=tuple(OTHERS),
    receivers=RECEIVERS,
    due_on=date(2026, 11, 29),
    **OFFICE,
)
PUBLISHED = TraineeListPublished(
    trainee_list="l1",
    region="520500",
    plan="520000-2026",
    trainees=("w2", "w4", "w1", "w3"),
    receivers=RECEIVERS,
    published_on=TODAY,
    due_on=date(2026, 11, 29),
    **OFFICIAL,
)


def seen(**changes: Any) -> Seen:
    """Designated workers; `changes` replace their events."""
    states: dict[tuple[str, str], object] = {}
    for worker, groups in OTHERS.items():
        registered = replace(REGISTERED, worker=worker, groups=groups)
        history = changes.get(worker, [registered, replace(DESIGNATED, worker=worker)])
        states["worker", worker] = fold(WORKER, history)
    return Seen(states=states)


def test_a_list_has_the_designated_poor_households_first_however_it_is_given() -> None:
    for trainees in permutations(PUBLISH.trainees):
        given(TRAINEE_LIST).having_seen(seen()).when(replace(PUBLISH, trainees=trainees)).then(PUBLISHED)
    given(TRAINEE_LIST, PUBLISHED).having_seen(seen()).when(PUBLISH).rejected(list_refusals.ListAlreadyPublished)


def test_nobody_is_on_a_list_who_is_not_designated_under_its_plan() -> None:
    for history in ([], [REGISTERED], [REGISTERED, replace(DESIGNATED, plan="520000-2025")]):
        given(TRAINEE_LIST).having_seen(seen(w1=history)).when(PUBLISH).rejected(list_refusals.NotDesignatedUnderPlan)


def test_nobody_is_on_a_list_of_another_region() -> None:
    elsewhere = [replace(REGISTERED, household_region="520102"), DESIGNATED]
    given(TRAINEE_LIST).having_seen(seen(w1=elsewhere)).when(PUBLISH).rejected(list_refusals.TraineeElsewhere)


@pytest.mark.parametrize("receivers", [RECEIVERS[:1], RECEIVERS[1:], (*RECEIVERS, RECEIVERS[1])])
def test_a_list_is_for_the_labour_department_and_an_institution(receivers: tuple[Receiver, ...]) -> None:
    command = replace(PUBLISH, receivers=receivers)
    given(TRAINEE_LIST).having_seen(seen()).when(command).rejected(list_refusals.ReceiversIncomplete)


def test_each_receiver_confirms_once_and_nobody_else() -> None:
    confirm = ConfirmReceipt(receiver="bijie-tech", by="wen", today=TODAY)
    received = TraineeListReceived(trainee_list="l1", receiver="bijie-tech", received_on=TODAY, by="wen")
    given(TRAINEE_LIST, PUBLISHED).when(confirm).then(received)
    given(TRAINEE_LIST, PUBLISHED, received).when(replace(confirm, by="wu")).then()
    given(TRAINEE_LIST, PUBLISHED).when(replace(confirm, receiver="x")).rejected(list_refusals.NotAReceiver)
    given(TRAINEE_LIST).when(confirm).rejected(list_refusals.ListNotPublished)
