"""Households: members, head, poverty status over time, and what follows for their workers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from contracts.registry import HouseholdStatusChangedV1
from eventcore import Do, Fact, Meta, Rejected, Release, Seen, Take, fold
from eventcore.testing import given
from registry.households import refusals
from registry.households.commands import (
    AddMember,
    MoveHousehold,
    NameHead,
    RegisterHousehold,
    RemoveDeceased,
    RemoveMember,
    SetStatus,
    SurveyHousehold,
)
from registry.households.events import (
    HeadNamed,
    HouseholdEvent,
    HouseholdMoved,
    HouseholdRegistered,
    HouseholdStatusChanged,
    HouseholdSurveyed,
    MemberAdded,
    MemberFound,
    MemberRemoved,
    StatusPeriod,
)
from registry.households.household import HOUSEHOLD
from registry.households.state import Registered, known
from registry.policies.when_household_changed_tell_its_workers import when_household_changed_tell_its_workers
from registry.policies.when_worker_deceased_leave_the_household import when_worker_deceased_leave_the_household
from registry.publishing import published
from registry.workers.commands import AssignGroup, EndGroup, JoinHousehold, LeaveHousehold
from registry.workers.events import WorkerDeceased, WorkerRegistered
from registry.workers.worker import WORKER

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""The 24th in Asia/Shanghai."""
OFFICIAL: dict[str, Any] = {"official": "zhao", "organisation": "weining-office"}
OFFICE: dict[str, Any] = {**OFFICIAL, "today": TODAY}
REGISTER = RegisterHousehold(household="h1", region="520526", evidence="威乡振〔2026〕1号", province="520000", **OFFICE)
REGISTERED = HouseholdRegistered(
    household="h1", region="520526", registered_on=TODAY, evidence="威乡振〔2026〕1号", **OFFICIAL
)
ADD = AddMember(worker="w1", relation="HEAD", age_group=None, joined_on=date(2015, 6, 1), **OFFICE)
ADDED = MemberAdded(
    household="h1",
    member=1,
    worker="w1",
    relation="HEAD",
    age_group=None,
    joined_on=date(2015, 6, 1),
    statuses=(),
    **OFFICIAL,
)
CHILD = replace(ADDED, member=2, worker=None, relation="CHILD", age_group="UNDER_16")
REMOVE = RemoveMember(member=1, left_on=date(2026, 5, 1), reason="MOVED", **OFFICE)
REMOVED = MemberRemoved(
    household="h1", member=1, worker="w1", left_on=date(2026, 5, 1), reason="MOVED", statuses=(), **OFFICIAL
)
SET = SetStatus(
    status="POVERTY_LIFTED", valid_from=date(2021, 1, 1), valid_to=None, evidence="威乡振〔2021〕3号", **OFFICE
)
LIFTED = StatusPeriod(status="POVERTY_LIFTED", valid_from=date(2021, 1, 1))
CHANGED = HouseholdStatusChanged(
    household="h1",
    region="520526",
    status="POVERTY_LIFTED",
    valid_from=date(2021, 1, 1),
    valid_to=None,
    before=None,
    workers=("w1",),
    evidence="威乡振〔2021〕3号",
    **OFFICIAL,
)
DIED = WorkerDeceased(worker="w1", died_on=date(2026, 11, 1), household="h1", evidence="威公户〔2026〕7号", **OFFICIAL)
KNOWN = fold(WORKER, [WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=())])


def seen(worker: Any = KNOWN, household: str | None = None) -> Seen:
    holders = {("household-member", "w1"): household} if household else {}
    return Seen(states={("worker", "w1"): worker}, holders=holders)


def after(*events: HouseholdEvent) -> Registered:
    return known(fold(HOUSEHOLD, events))


def fact(event: Any) -> Fact[Any]:
    return Fact(
        event=event,
        id="household-h1/3",
        stream="household-h1",
        version=3,
        position=7,
        occurred_at=AT,
        recorded_at=AT,
        meta=Meta(),
    )


def test_a_household_is_registered_in_a_county_of_the_province() -> None:
    given(HOUSEHOLD).when(REGISTER).then(REGISTERED)
    for region in ("330203", "520500", "529999"):
        given(HOUSEHOLD).when(replace(REGISTER, region=region)).rejected(refusals.HouseholdPlaceWrong)
    given(HOUSEHOLD, REGISTERED).when(REGISTER).rejected(refusals.HouseholdAlreadyRegistered)
    given(HOUSEHOLD).when(SET).rejected(refusals.HouseholdNotRegistered)


def test_a_household_moves_within_the_province() -> None:
    move = MoveHousehold(region="520524", moved_on=TODAY, evidence="威公户〔2026〕8号", province="520000", **OFFICE)
    moved = HouseholdMoved(
        household="h1", region="520524", moved_on=TODAY, workers=("w1",), evidence="威公户〔2026〕8号", **OFFICIAL
    )
    given(HOUSEHOLD, REGISTERED, ADDED).when(move).then(moved)
    given(HOUSEHOLD, REGISTERED, moved).when(move).then()
    given(HOUSEHOLD, REGISTERED).when(replace(move, region="330203")).rejected(refusals.HouseholdPlaceWrong)


def test_a_worker_joins_one_household_at_a_time() -> None:
    given(HOUSEHOLD, REGISTERED).having_seen(seen()).when(ADD).then(ADDED)
    given(HOUSEHOLD, REGISTERED, ADDED).having_seen(seen()).when(ADD).then()
    given(HOUSEHOLD, REGISTERED).having_seen(seen(household="h2")).when(ADD).rejected(refusals.MemberElsewhere)
    state = fold(HOUSEHOLD, [REGISTERED])
    assert list(HOUSEHOLD.effects(state, ADDED)) == [Take("household-member", "w1", holder="h1")]
    assert list(HOUSEHOLD.effects(state, REMOVED)) == [Release("household-member", "w1")]
    assert list(HOUSEHOLD.effects(state, CHILD)) == []


def test_a_child_has_a_relation_and_an_age_group_and_nothing_else() -> None:
    child = replace(ADD, worker=None, relation="CHILD", age_group="UNDER_16")
    given(HOUSEHOLD, REGISTERED, ADDED).when(child).then(CHILD)


@pytest.mark.parametrize(
    ("changes", "worker", "refusal"),
    [
        ({"age_group": "FROM_60"}, KNOWN, refusals.MemberUnclear),
        ({"worker": None}, KNOWN, refusals.MemberUnclear),
        ({"joined_on": date(2026, 12, 1)}, KNOWN, refusals.DayInFuture),
        ({}, WORKER.initial, refusals.MemberNotRegistered),
        ({}, WORKER.evolve(KNOWN, DIED), refusals.MemberDeceased),
    ],
)
def test_nobody_else_joins(changes: dict[str, Any], worker: Any, refusal: type[Rejected]) -> None:
    given(HOUSEHOLD, REGISTERED).having_seen(seen(worker)).when(replace(ADD, **changes)).rejected(refusal)


def test_a_household_has_one_head_and_who_was_head_gets_a_relation() -> None:
    head = replace(ADD, worker=None, age_group="FROM_16_TO_59")
    given(HOUSEHOLD, REGISTERED, ADDED).when(head).rejected(refusals.HeadAlreadyNamed)
    name = NameHead(member=2, relation_of_before="PARENT", named_on=TODAY, **OFFICE)
    named = HeadNamed(household="h1", member=2, before=1, relation_of_before="PARENT", named_on=TODAY, **OFFICIAL)
    given(HOUSEHOLD, REGISTERED, ADDED, CHILD).when(name).then(named)
    given(HOUSEHOLD, REGISTERED, ADDED, CHILD, named).when(name).then()
    unsaid = replace(name, relation_of_before=None)
    given(HOUSEHOLD, REGISTERED, ADDED, CHILD).when(unsaid).rejected(refusals.RelationOfFormerHead)
    members = after(REGISTERED, ADDED, CHILD, named).members
    assert [each.relation for each in members] == ["PARENT", "HEAD"]


def test_who_leaves_was_there() -> None:
    given(HOUSEHOLD, REGISTERED, ADDED).when(REMOVE).then(REMOVED)
    given(HOUSEHOLD, REGISTERED, ADDED, REMOVED).when(REMOVE).then()
    given(HOUSEHOLD, REGISTERED, ADDED).when(replace(REMOVE, member=2)).rejected(refusals.MemberUnknown)
    early = replace(REMOVE, left_on=date(2015, 5, 31))
    given(HOUSEHOLD, REGISTERED, ADDED).when(early).rejected(refusals.MemberLeftBeforeJoining)


def test_who_died_leaves() -> None:
    command = RemoveDeceased(worker="w1", died_on=date(2026, 11, 1), **OFFICIAL)
    assert list(when_worker_deceased_leave_the_household(fact(DIED))) == [Do(HOUSEHOLD, "h1", command)]
    left = replace(REMOVED, left_on=date(2026, 11, 1), reason="DECEASED")
    given(HOUSEHOLD, REGISTERED, ADDED).when(command).then(left)
    given(HOUSEHOLD, REGISTERED, ADDED, left).when(command).then()
    alone = replace(DIED, household=None)
    assert list(when_worker_deceased_leave_the_household(fact(alone))) == []


def test_a_survey_finds_out_each_members_situation_and_wishes() -> None:
    found = (MemberFound(member=2, situation="AT_SCHOOL", wishes=("TECHNICAL_SCHOOL",)),)
    survey = SurveyHousehold(
        surveyed_on=TODAY, surveyor="li", organisation="weining-office", members=found, today=TODAY
    )
    surveyed = HouseholdSurveyed(
        household="h1", surveyed_on=TODAY, surveyor="li", organisation="weining-office", members=found
    )
    given(HOUSEHOLD, REGISTERED, ADDED, CHILD).when(survey).then(surveyed)
    members = after(REGISTERED, ADDED, CHILD, surveyed).members
    assert [each.found for each in members] == [None, found[0]]
    works = replace(survey, members=(replace(found[0], situation="ABLE_TO_WORK"),))
    given(HOUSEHOLD, REGISTERED, ADDED, CHILD).when(works).rejected(refusals.SituationOfAnotherAge)
    twice = replace(survey, members=found * 2)
    given(HOUSEHOLD, REGISTERED, ADDED, CHILD).when(twice).rejected(refusals.MemberFoundTwice)


def test_a_status_ends_the_one_before_and_has_the_name_of_its_time() -> None:
    given(HOUSEHOLD, REGISTERED, ADDED).when(SET).then(CHANGED)
    given(HOUSEHOLD, REGISTERED, ADDED, CHANGED).when(SET).then()
    monitored = replace(SET, status="MONITORED", valid_from=date(2024, 1, 1))
    later = replace(CHANGED, status="MONITORED", valid_from=date(2024, 1, 1), before=LIFTED)
    given(HOUSEHOLD, REGISTERED, ADDED, CHANGED).when(monitored).then(later)
    household = after(REGISTERED, ADDED, CHANGED, later)
    assert household.statuses[0] == replace(LIFTED, valid_to=date(2024, 1, 1))
    too_early = replace(monitored, valid_from=date(2021, 1, 1))
    given(HOUSEHOLD, REGISTERED, CHANGED).when(too_early).rejected(refusals.StatusPeriodWrong)
    misnamed = replace(SET, valid_from=date(2020, 12, 31))
    given(HOUSEHOLD, REGISTERED).when(misnamed).rejected(refusals.StatusNameWrong)


def test_the_present_status_said_again_with_an_end_ends_there() -> None:
    ended = replace(CHANGED, valid_to=date(2026, 1, 1))
    given(HOUSEHOLD, REGISTERED, ADDED, CHANGED).when(replace(SET, valid_to=date(2026, 1, 1))).then(ended)
    household = after(REGISTERED, ADDED, CHANGED, ended)
    assert household.statuses == (replace(LIFTED, valid_to=date(2026, 1, 1)),)
    assert household.status_on(TODAY) is None


def test_only_the_status_is_published_and_it_names_nobody() -> None:
    told = published(CHANGED)
    assert isinstance(told, HouseholdStatusChangedV1)
    assert told.members == ("w1",)
    assert b"zhao" not in told.to_bytes()
    assert published(ADDED) is None


def commands(event: Any) -> list[Any]:
    return [do.command for do in when_household_changed_tell_its_workers(fact(event))]


def test_a_households_status_is_its_workers_group() -> None:
    assign = AssignGroup(
        group="MONITORED",
        valid_from=date(2024, 1, 1),
        valid_to=None,
        evidence="household-h1/3",
        basis="HOUSEHOLD",
        **OFFICE,
    )
    end = EndGroup(
        group="POVERTY_LIFTED", valid_to=date(2024, 1, 1), evidence="household-h1/3", basis="HOUSEHOLD", **OFFICE
    )
    later = replace(CHANGED, status="MONITORED", valid_from=date(2024, 1, 1), before=LIFTED)
    assert commands(later) == [end, assign]


def test_who_joins_or_leaves_takes_the_status_along_for_that_time() -> None:
    joined = commands(replace(ADDED, statuses=(LIFTED,), joined_on=date(2023, 6, 1)))
    assert joined[0] == JoinHousehold(household="h1", joined_on=date(2023, 6, 1))
    assert (joined[1].group, joined[1].valid_from) == ("POVERTY_LIFTED", date(2023, 6, 1))
    left = commands(replace(REMOVED, statuses=(LIFTED,)))
    assert left[0] == LeaveHousehold(household="h1", left_on=date(2026, 5, 1))
    assert (left[1].group, left[1].valid_to) == ("POVERTY_LIFTED", date(2026, 5, 1))
    assert commands(CHILD) == []
