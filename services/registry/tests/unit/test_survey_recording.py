"""What a surveyor may record, in the words of the office."""

from dataclasses import replace
from datetime import date

import pytest
from contracts.memberships import Membership
from eventcore import Rejected, Release, Seen, Take, fold
from eventcore.testing import given
from registry.surveys import refusals
from registry.surveys.commands import RecordSurvey
from registry.surveys.events import SurveyRecorded
from registry.surveys.survey import SURVEY, Unknown
from survey_samples import (
    APPROVED,
    EMPLOYED,
    INDEX,
    INVALIDATED,
    MONITORED,
    ONE_INDEX,
    RECORD,
    RECORDED,
    REJECTED,
)


def test_a_first_survey_gives_the_worker_an_id() -> None:
    given(SURVEY).having_seen(ONE_INDEX).when(RECORD).then(RECORDED)


def test_a_known_number_keeps_its_worker() -> None:
    of_w0 = Seen(states=INDEX, holders={("person", "1.h"): "w0"})
    given(SURVEY).having_seen(of_w0).when(RECORD).then(replace(RECORDED, worker="w0"))


def test_the_number_is_its_workers_for_good() -> None:
    assert list(SURVEY.effects(Unknown(), RECORDED)) == [Take("person", "1.h", holder="w1")]
    for event in (APPROVED, REJECTED, INVALIDATED):
        assert list(SURVEY.effects(fold(SURVEY, [RECORDED]), event)) == []
    assert not any(isinstance(effect, Release) for effect in SURVEY.effects(Unknown(), RECORDED))


def test_a_recorded_survey_is_not_recorded_again() -> None:
    given(SURVEY, RECORDED).when(RECORD).rejected(refusals.AlreadyRecorded)


def test_who_is_employed_says_where_with_whom_and_how_to_reach_them() -> None:
    given(SURVEY).having_seen(ONE_INDEX).when(replace(RECORD, employment=EMPLOYED)).then(
        replace(
            RECORDED,
            employment_status="EMPLOYED",
            employment_form="ENTERPRISE",
            work_region="440112",
            employer="粤安电子厂",
            contact="0208888888",
            wishes=(),
        )
    )


@pytest.mark.parametrize("form", ["ENTERPRISE", "SOLE_PROPRIETOR", "PRIVATE_NON_ENTERPRISE"])
@pytest.mark.parametrize("employer", [None, ""])
def test_only_flexible_workers_have_no_employer(form: str, employer: str | None) -> None:
    without = replace(EMPLOYED, form=form, employer=employer)
    given(SURVEY).having_seen(ONE_INDEX).when(replace(RECORD, employment=without)).rejected(refusals.EmployerMissing)


def test_flexible_workers_need_no_employer() -> None:
    flexible = replace(EMPLOYED, form="FLEXIBLE", employer=None)
    outcome = given(SURVEY).having_seen(ONE_INDEX).when(replace(RECORD, employment=flexible))
    (event,) = SURVEY.decide(outcome.command, outcome.state, outcome.seen)
    assert isinstance(event, SurveyRecorded)
    assert (event.employment_form, event.employer) == ("FLEXIBLE", None)


FUTURE = replace(RECORD, surveyed_on=date(2026, 3, 4))
WRONG = {
    "surveyed tomorrow": (FUTURE, refusals.SurveyedInFuture),
    "before the worker was born": (
        replace(RECORD, surveyed_on=date(1890, 3, 6), groups=()),
        refusals.SurveyedBeforeBirth,
    ),
    "a number of Zhejiang": (replace(RECORD, number="330106189009300037"), refusals.NumberOfAnotherProvince),
    "a made-up person where there are none": (replace(RECORD, made_up_people=False), refusals.MadeUpPerson),
    "no such county": (replace(RECORD, household_region="520599"), refusals.HouseholdRegionUnknown),
    "a county that had ended": (replace(RECORD, household_region="522401"), refusals.HouseholdRegionUnknown),
    "a prefecture with counties": (replace(RECORD, household_region="520500"), refusals.HouseholdRegionUnknown),
    "a province": (replace(RECORD, household_region="520000"), refusals.HouseholdRegionUnknown),
    "a household in Guangdong": (replace(RECORD, household_region="440112"), refusals.HouseholdOfAnotherProvince),
    "a group twice": (
        replace(RECORD, groups=(MONITORED, replace(MONITORED, valid_from=date(2025, 1, 1)))),
        refusals.GroupRepeated,
    ),
    "a group that begins after the survey": (
        replace(RECORD, groups=(replace(MONITORED, valid_from=date(2026, 3, 3)),)),
        refusals.GroupPeriodWrong,
    ),
    "a group that ends when it begins": (
        replace(RECORD, groups=(replace(MONITORED, valid_to=date(2024, 1, 1)),)),
        refusals.GroupPeriodWrong,
    ),
    "a group of before its time": (
        replace(RECORD, groups=(replace(MONITORED, valid_from=date(2019, 5, 1)),)),
        refusals.GroupNotValidThen,
    ),
    "a group that has ended and goes on": (
        replace(RECORD, groups=(Membership(group="REGISTERED_POOR", valid_from=date(2018, 1, 1)),)),
        refusals.GroupNotValidThen,
    ),
    "a place of work that never was": (
        replace(RECORD, employment=replace(EMPLOYED, region="990000")),
        refusals.WorkRegionUnknown,
    ),
}


@pytest.mark.parametrize(("command", "refusal"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_so_is_refused(command: RecordSurvey, refusal: type[Rejected]) -> None:
    given(SURVEY).having_seen(ONE_INDEX).when(command).rejected(refusal)


def test_an_old_survey_names_the_county_that_was() -> None:
    old = replace(RECORD, household_region="522401", surveyed_on=date(2010, 6, 1), groups=())
    given(SURVEY).having_seen(ONE_INDEX).when(old).then(
        replace(RECORDED, household_region="522401", surveyed_on=date(2010, 6, 1), groups=())
    )


def test_a_group_may_have_been_left() -> None:
    past = Membership(group="REGISTERED_POOR", valid_from=date(2017, 1, 1), valid_to=date(2021, 1, 1))
    given(SURVEY).having_seen(ONE_INDEX).when(replace(RECORD, groups=(past,))).then(replace(RECORDED, groups=(past,)))


@pytest.mark.parametrize("number", ["830000189002280058", "932682189005160011"])
def test_permits_belong_to_the_province_that_registers_first(number: str) -> None:
    given(SURVEY).having_seen(ONE_INDEX).when(replace(RECORD, number=number)).then(replace(RECORDED, number=number))
