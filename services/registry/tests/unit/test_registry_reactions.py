"""What follows from a survey: a worker is registered, others are told, and nobody is told what is personal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from contracts.memberships import Membership
from contracts.registry import GroupMembership, SurveyRecordedV1, WorkerRegisteredV1
from eventcore import Do, Fact, Meta, Seen
from eventcore.testing import given
from registry.disclosures.events import PersonalDataDisclosed
from registry.policies.when_survey_approved_register_worker import when_survey_approved_register_worker
from registry.policies.when_survey_invalidated_withdraw_what_it_said import (
    when_survey_invalidated_withdraw_what_it_said,
)
from registry.publishing import publish, published
from registry.surveys.events import (
    FallenApproval,
    SurveyApproved,
    SurveyInvalidated,
    SurveyRecorded,
    SurveyRejected,
)
from registry.surveys.survey import SURVEY
from registry.workers.commands import RegisterWorker, WithdrawSurvey
from registry.workers.events import WorkerRegistered
from registry.workers.worker import WORKER

AT = datetime(2026, 3, 5, tzinfo=UTC)
PAST = Membership(group="REGISTERED_POOR", valid_from=date(2017, 1, 1), valid_to=date(2021, 1, 1))
MONITORED = Membership(group="MONITORED", valid_from=date(2024, 1, 1))
FACTS: dict[str, Any] = {
    "worker": "w1",
    "household_region": "520526",
    "groups": (PAST, MONITORED),
    "surveyed_on": date(2026, 3, 2),
    "organisation": "bijie-hrss",
}
APPROVED = SurveyApproved(**FACTS, reviewer="chen", approved_at=AT)
REJECTED = SurveyRejected(**FACTS, reviewer="chen", reason="INACCURATE")
INVALIDATED = SurveyInvalidated(**FACTS, official="chen", reason="WRONG_GROUP", corrects="survey-s1/1", approval=None)
RECORDED = SurveyRecorded(
    **FACTS,
    survey="s1",
    surveyor="li-the-surveyor",
    channel="TOWNSHIP_GOVERNMENT",
    capture_method="FIELD_SURVEY",
    employment_status="EMPLOYED",
    employment_form="ENTERPRISE",
    work_region="440112",
    wishes=("VOCATIONAL_TRAINING",),
    corrects=None,
    number_index="1.blind",
    name="v1.name",
    number="v1.number",
    phone="v1.phone",
    employer="v1.employer",
    contact="v1.contact",
)
REGISTER = RegisterWorker(
    worker="w1",
    survey="survey-s1",
    household_region="520526",
    groups=(PAST, MONITORED),
    organisation="bijie-hrss",
)
REGISTERED = WorkerRegistered(worker="w1", survey="survey-s1", household_region="520526", groups=(PAST, MONITORED))


def fact(event: Any) -> Fact[Any]:
    return Fact(
        event=event,
        id="survey-s1/2",
        stream="survey-s1",
        version=2,
        position=7,
        occurred_at=AT,
        recorded_at=AT,
        meta=Meta(),
    )


def test_an_approved_survey_registers_its_worker() -> None:
    assert list(when_survey_approved_register_worker(fact(APPROVED))) == [Do(WORKER, "w1", REGISTER)]


@pytest.mark.parametrize("event", [RECORDED, REJECTED, INVALIDATED])
def test_nothing_else_does(event: Any) -> None:
    assert list(when_survey_approved_register_worker(fact(event))) == []


def test_a_worker_is_registered_once() -> None:
    facts = SURVEY.evolve(SURVEY.initial, RECORDED)
    pending = Seen(states={("survey", "s1"): facts})
    given(WORKER).having_seen(pending).when(REGISTER).then(REGISTERED)
    given(WORKER, REGISTERED).having_seen(pending).when(REGISTER).then()


def test_a_survey_that_falls_takes_back_what_it_said_of_its_worker() -> None:
    fallen = replace(INVALIDATED, approval=FallenApproval(event="survey-s1/2", at=AT))
    command = WithdrawSurvey(worker="w1", survey="survey-s1", organisation="bijie-hrss")
    assert list(when_survey_invalidated_withdraw_what_it_said(fact(fallen))) == [Do(WORKER, "w1", command)]
    assert list(when_survey_invalidated_withdraw_what_it_said(fact(INVALIDATED))) == []


def test_a_survey_is_published_with_the_groups_of_its_day() -> None:
    event = publish(fact(RECORDED))
    assert isinstance(event, SurveyRecordedV1)
    assert event.groups == ("MONITORED",)


def test_a_worker_is_published_with_the_time_of_each_group() -> None:
    event = published(REGISTERED)
    assert isinstance(event, WorkerRegisteredV1)
    assert event.groups[0] == GroupMembership(
        group="REGISTERED_POOR", valid_from=date(2017, 1, 1), valid_to=date(2021, 1, 1)
    )


@pytest.mark.parametrize("event", [RECORDED, APPROVED, REJECTED, INVALIDATED, REGISTERED])
def test_no_public_event_says_who_somebody_is(event: Any) -> None:
    told = published(event)
    assert told is not None
    for secret in (b"v1.", b"1.blind", b"chen", b"li-the-surveyor"):
        assert secret not in told.to_bytes()


def test_disclosures_stay_at_home() -> None:
    disclosed = PersonalDataDisclosed(
        worker="w1",
        surveys=("s1",),
        purpose="SURVEY_REVIEW",
        reader="chen",
        organisation="bijie-hrss",
        office="reviewer",
        in_full=("name",),
        masked=("number",),
        request=None,
    )
    assert published(disclosed) is None
