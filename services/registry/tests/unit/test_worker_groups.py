"""Groups of a worker over time: what surveys find, what offices say, what follows from the names' history."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from contracts.memberships import Membership
from eventcore import Fact, Meta, Seen, fold
from eventcore.testing import given
from hypothesis import given as drawn
from hypothesis import strategies as st
from registry.surveys.survey import Approved, Facts, Void
from registry.workers import refusals
from registry.workers.commands import AssignGroup, EndGroup, RecordWishes, RegisterWorker, WithdrawSurvey
from registry.workers.events import (
    WishesRecorded,
    WorkerEvent,
    WorkerGroupEnded,
    WorkerGroupWithdrawn,
    WorkerRegistered,
    WorkerSurveyed,
    WorkerSurveyWithdrawn,
)
from registry.workers.groups import standing
from registry.workers.state import Registered, known
from registry.workers.views.workers import WORKERS, WorkerRow, memberships_of
from registry.workers.worker import WORKER
from survey_samples import AT

TODAY = date(2026, 11, 24)
OFFICE: dict[str, Any] = {"official": "zhao", "organisation": "bijie-hrss", "today": TODAY}


def since(group: str, first: str, last: str | None = None) -> Membership:
    return Membership(
        group=group, valid_from=date.fromisoformat(first), valid_to=date.fromisoformat(last) if last else None
    )


def facts(survey: str, day: str, *groups: Membership, **changes: Any) -> Facts:
    found: dict[str, Any] = {
        "household_region": "520526",
        "employment_status": "UNEMPLOYED",
        "employment_form": None,
        "work_region": None,
        "wishes": ("JOB",),
    }
    return Facts(
        survey=survey,
        worker="w1",
        surveyor="li",
        groups=groups,
        surveyed_on=date.fromisoformat(day),
        **(found | changes),
    )


def apply(worker: Any, *surveys: Facts) -> list[WorkerEvent]:
    """The events of registering with these surveys, after those of `worker`."""
    events: list[WorkerEvent] = list(worker)
    for each in surveys:
        seen = Seen(states={("survey", each.survey): Approved(each, AT)})
        state = fold(WORKER, events)
        events += WORKER.decide(register(each), state, seen)
    return events


def register(survey: Facts) -> RegisterWorker:
    return RegisterWorker(
        worker="w1",
        survey=f"survey-{survey.survey}",
        household_region=survey.household_region,
        groups=survey.groups,
        organisation="bijie-hrss",
    )


def withdraw(survey: str) -> WithdrawSurvey:
    return WithdrawSurvey(worker="w1", survey=f"survey-{survey}", organisation="bijie-hrss")


def shown(events: Iterable[WorkerEvent]) -> tuple[Membership, ...]:
    """The memberships of the read model's row."""
    row: WorkerRow | None = None
    for n, event in enumerate(events, 1):
        told_of = Fact(event=event, id=f"worker-w1/{n}", stream="worker-w1", version=n, position=n, occurred_at=AT,
                       recorded_at=AT, meta=Meta())  # fmt: skip
        row = WORKERS.fold(row, told_of)
        assert WORKERS.fold(row, told_of) == row
    assert row is not None
    return memberships_of(row)


def told(events: Iterable[WorkerEvent]) -> tuple[Membership, ...]:
    return known(fold(WORKER, events)).groups


FIRST = facts("s1", "2024-03-02", since("MONITORED", "2023-01-01"))
SECOND = facts("s2", "2026-03-02", since("MONITORED", "2023-01-01", "2026-01-01"), wishes=("VOCATIONAL_TRAINING",))
ASSIGN = AssignGroup(
    group="HARD_TO_EMPLOY", valid_from=date(2026, 1, 1), valid_to=None, evidence="威人社就〔2026〕12号", **OFFICE
)
END = EndGroup(group="MONITORED", valid_to=date(2025, 1, 1), evidence="威乡振〔2025〕1号", **OFFICE)


def test_the_first_survey_registers_and_says_what_it_found() -> None:
    registered, surveyed, wishes = apply([], FIRST)
    assert isinstance(registered, WorkerRegistered)
    assert isinstance(surveyed, WorkerSurveyed)
    assert wishes == WishesRecorded(
        worker="w1",
        wishes=("JOB",),
        recorded_on=date(2024, 3, 2),
        evidence="survey-s1",
        basis="RULES",
        official="",
        organisation="bijie-hrss",
    )


def test_the_same_survey_counts_once() -> None:
    assert apply(apply([], FIRST), FIRST) == apply([], FIRST)


def test_a_survey_that_fell_before_its_worker_was_registered_only_registers() -> None:
    seen = Seen(states={("survey", "s1"): Void(FIRST)})
    (event,) = WORKER.decide(register(FIRST), WORKER.initial, seen)
    assert isinstance(event, WorkerRegistered)
    fallen = WORKER.decide(withdraw("s1"), fold(WORKER, [event]), Seen())
    assert told([event, *fallen]) == ()


def test_a_later_survey_ends_a_group_that_it_says_has_ended() -> None:
    events = apply([], FIRST, SECOND)
    assert told(events) == (since("MONITORED", "2023-01-01", "2026-01-01"),)
    assert any(isinstance(each, WorkerGroupEnded) for each in events)


def test_a_survey_that_does_not_name_a_group_says_nothing_about_it() -> None:
    events = apply([], FIRST, facts("s2", "2026-03-02", since("LAND_LOST", "2020-01-01")))
    assert [each.group for each in told(events)] == ["LAND_LOST", "MONITORED"]


def test_a_later_survey_says_what_the_worker_does_and_wants() -> None:
    worker = known(fold(WORKER, apply([], FIRST, SECOND)))
    assert worker.wishes is not None
    assert worker.wishes.wishes == ("VOCATIONAL_TRAINING",)
    assert worker.status is not None
    assert worker.status[1] == date(2026, 3, 2)


def test_an_earlier_survey_that_is_approved_later_says_nothing_new() -> None:
    moved = replace(FIRST, household_region="520524")
    worker = known(fold(WORKER, apply([], SECOND, moved)))
    assert worker.household_region == "520526"
    assert worker.groups == SECOND.groups


def test_when_a_survey_falls_what_the_one_before_said_holds_again() -> None:
    before = apply([], FIRST, replace(SECOND, household_region="520524"))
    fallen = WORKER.decide(withdraw("s2"), fold(WORKER, before), Seen())
    after = known(fold(WORKER, [*before, *fallen]))
    assert after.groups == FIRST.groups
    assert after.wishes is not None
    assert after.wishes.wishes == ("JOB",)
    assert after.household_region == "520526"
    assert isinstance(fallen[0], WorkerSurveyWithdrawn)


def test_when_the_only_survey_falls_its_groups_never_held_and_the_worker_stays() -> None:
    before = apply([], FIRST)
    fallen = WORKER.decide(withdraw("s1"), fold(WORKER, before), Seen())
    assert any(isinstance(each, WorkerGroupWithdrawn) for each in fallen)
    after = known(fold(WORKER, [*before, *fallen]))
    assert (after.groups, after.status, after.worker) == ((), None, "w1")
    given(WORKER, *before, *fallen).when(withdraw("s1")).then()


def test_what_an_office_said_stands_when_a_survey_falls() -> None:
    before = apply([], FIRST)
    before += WORKER.decide(ASSIGN, fold(WORKER, before), Seen())
    fallen = WORKER.decide(withdraw("s1"), fold(WORKER, before), Seen())
    assert told([*before, *fallen]) == (since("HARD_TO_EMPLOY", "2026-01-01"),)


def test_an_end_that_an_office_recorded_is_not_undone_by_an_older_membership() -> None:
    before = apply([], FIRST)
    before += WORKER.decide(END, fold(WORKER, before), Seen())
    again = apply(before, facts("s3", "2026-06-01", since("MONITORED", "2022-01-01")))
    assert told(again) == (since("MONITORED", "2022-01-01", "2025-01-01"),)
    back = apply(before, facts("s3", "2026-06-01", since("MONITORED", "2026-02-01")))
    assert told(back) == (since("MONITORED", "2026-02-01"),)


def test_from_the_day_that_an_office_names_only_its_word_counts() -> None:
    before = apply([], FIRST)
    said = replace(ASSIGN, group="MONITORED", valid_from=date(2024, 6, 1), valid_to=date(2025, 6, 1))
    before += WORKER.decide(said, fold(WORKER, before), Seen())
    assert told(before) == (
        since("MONITORED", "2023-01-01", "2024-06-01"),
        since("MONITORED", "2024-06-01", "2025-06-01"),
    )


def test_a_membership_is_said_once_and_may_be_said_again_with_another_end() -> None:
    before = [*apply([], FIRST)]
    before += WORKER.decide(ASSIGN, fold(WORKER, before), Seen())
    given(WORKER, *before).when(ASSIGN).then()
    given(WORKER, *before).when(replace(ASSIGN, valid_from=date(2026, 2, 1))).rejected(refusals.MembershipOverlaps)
    again = WORKER.decide(replace(ASSIGN, valid_to=date(2026, 6, 1)), fold(WORKER, before), Seen())
    assert since("HARD_TO_EMPLOY", "2026-01-01", "2026-06-01") in told([*before, *again])


def test_ending_from_its_first_day_takes_an_offices_membership_back() -> None:
    before = [*apply([], FIRST)]
    before += WORKER.decide(ASSIGN, fold(WORKER, before), Seen())
    back = replace(END, group="HARD_TO_EMPLOY", valid_to=date(2026, 1, 1))
    before += WORKER.decide(back, fold(WORKER, before), Seen())
    assert told(before) == FIRST.groups
    given(WORKER, *before).when(back).rejected(refusals.NoSuchMembership)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"valid_from": date(2026, 12, 1)}, refusals.MembershipPeriodWrong),
        ({"valid_to": date(2026, 1, 1)}, refusals.MembershipPeriodWrong),
        ({"group": "MONITORED", "valid_from": date(2019, 1, 1)}, refusals.MembershipNameWrong),
        ({"group": "REGISTERED_POOR", "valid_from": date(2018, 1, 1)}, refusals.MembershipNameWrong),
    ],
)
def test_a_membership_has_a_period_and_the_name_of_its_time(
    changes: dict[str, Any], refusal: type[refusals.MembershipPeriodWrong]
) -> None:
    given(WORKER, *apply([], FIRST)).when(replace(ASSIGN, **changes)).rejected(refusal)


def test_who_is_assigned_to_what_a_group_became_is_not_counted_under_the_old_name() -> None:
    poor = facts("s1", "2019-03-02", since("REGISTERED_POOR", "2017-01-01"), since("LHS_PAST", "2018-07-01"))
    before = apply([], poor)
    assert told(before) == (since("LHS_PAST", "2018-07-01"), since("REGISTERED_POOR", "2017-01-01"))
    lifted = facts("s2", "2026-03-02", since("POVERTY_LIFTED", "2021-06-01"), since("RURAL_LEAVER", "2018-07-01"))
    assert told(apply(before, lifted)) == (
        since("LHS_PAST", "2018-07-01", "2021-01-01"),
        since("POVERTY_LIFTED", "2021-06-01"),
        since("REGISTERED_POOR", "2017-01-01", "2021-06-01"),
        since("RURAL_LEAVER", "2018-07-01"),
    )


def test_wishes_that_were_recorded_since_stand_above_the_surveys_before() -> None:
    before = apply([], FIRST)
    said = RecordWishes(wishes=("VOCATIONAL_TRAINING",), evidence="电话回访2026-11", **OFFICE)
    before += WORKER.decide(said, fold(WORKER, before), Seen())
    given(WORKER, *before).when(said).then()
    worker = known(fold(WORKER, apply(before, facts("s2", "2026-03-02", wishes=("JOB",)))))
    assert worker.wishes is not None
    assert worker.wishes.wishes == ("VOCATIONAL_TRAINING",)


GROUPS = ("MONITORED", "POVERTY_LIFTED", "REGISTERED_POOR", "LAND_LOST")
DAYS = st.dates(date(2017, 1, 1), date(2026, 1, 1))


@st.composite
def surveys(draw: Any) -> list[Facts]:
    drawn_groups = st.lists(st.sampled_from(GROUPS), unique=True, max_size=3)
    found = []
    for n, day in enumerate(draw(st.lists(DAYS, min_size=1, max_size=4, unique=True))):
        groups = tuple(Membership(group=group, valid_from=draw(DAYS), valid_to=None) for group in draw(drawn_groups))
        found.append(facts(f"s{n}", day.isoformat(), *groups))
    return found


@drawn(surveys(), st.randoms(use_true_random=False))
def test_what_is_told_is_what_holds_in_any_order_of_approval_and_withdrawal(found: list[Facts], order: Any) -> None:
    """Surveys that fall leave what the others say, whichever came first; and every step tells the whole difference."""
    shuffled = [*found]
    order.shuffle(shuffled)
    fallen = {each.survey for each in shuffled[1::2]}
    events = apply([], *shuffled)
    for survey in sorted(fallen):
        events += WORKER.decide(withdraw(survey), fold(WORKER, events), Seen())
        worker = known(fold(WORKER, events))
        assert worker.groups == standing(worker)
        assert shown(events) == worker.groups
    left = [each for each in found if each.survey not in fallen]
    assert set(told(events)) == set(told(apply([], *left)))


def test_a_worker_registered_by_an_older_version_is_read_and_brought_up_to_date() -> None:
    old = WorkerRegistered(worker="w1", survey="survey-s0", household_region="520526", groups=FIRST.groups)
    worker = fold(WORKER, [old])
    assert isinstance(worker, Registered)
    assert worker.status is None
    assert told(apply([old], SECOND)) == SECOND.groups
