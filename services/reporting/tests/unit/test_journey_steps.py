"""A worker's journey: steps in the order of time, and what still holds of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from contracts.students import SchoolYearBegunV1, StudentAdmittedV1, StudentGraduatedV1, StudentLeftV1
from contracts.transfer import AbsenceNotedV1, ArrivalNotedV1, RejectionNotedV1, ReturnNotedV1
from hypothesis import given
from hypothesis import strategies as st
from public_surveys import Survey
from public_work import Working
from published import Published
from reporting.employment.standing import standing
from reporting.journeys.travelled import Journey, travelled
from reporting.journeys.view import StepRow, fold, keys

NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
wrong, right = Survey(key="s1", region="520525"), Survey(key="s2", region="520526", number=2)
FACTS = (
    wrong.recorded(NOON),
    wrong.approved(NOON + timedelta(hours=1)),
    wrong.registered(NOON + timedelta(hours=1)),
    wrong.invalidated(NOON + timedelta(hours=2), approved_at=NOON + timedelta(hours=1)),
    right.recorded(NOON + timedelta(hours=3)),
)


def rows_of(*published: Published) -> list[StepRow]:
    facts = [each.fact(position) for position, each in enumerate(published, 1)]
    assert len({key for fact in facts for key in keys(fact)}) == len(facts)
    return [fold(None, fact) for fact in facts]


def journey(rows: Sequence[StepRow]) -> Journey:
    return travelled("w1", rows, employment=standing([], NOON.date()), position=9, complete=True)


def test_every_step_has_its_time_its_event_and_its_trace() -> None:
    found = journey(rows_of(*FACTS))
    assert [step.step for step in found.steps] == [
        "SURVEY_RECORDED",
        "SURVEY_APPROVED",
        "WORKER_REGISTERED",
        "SURVEY_INVALIDATED",
        "SURVEY_RECORDED",
    ]
    approved = found.steps[1]
    assert approved.event == "survey-s1/2/cn.labourbridge.registry.survey-approved.v1"
    assert approved.trace_id == f"{12:032x}"
    assert approved.at == NOON + timedelta(hours=1)


def test_a_school_is_in_the_journey_from_the_admission_to_the_end() -> None:
    student = {"worker": "w1", "intake": "i-1", "school": "12520000MA6DT1234P", "region": "520100"}
    learning = {**student, "occupation": "2022/6-29-01-04", "level": "3"}
    told = (
        StudentAdmittedV1(**learning, admitted_on=NOON.date(), priority=("POOR_HOUSEHOLD",)),
        SchoolYearBegunV1(**learning, school_year=2025, month="2026-03"),
        StudentLeftV1(**learning, left_on=NOON.date(), reason="TRANSFERRED"),
        StudentGraduatedV1(**learning, graduated_on=NOON.date()),
    )
    found = journey(
        rows_of(*(Published(event=each, stream="student-w1", version=n, at=NOON) for n, each in enumerate(told, 1)))
    )
    assert [(step.step, step.about, step.reason) for step in found.steps] == [
        ("STUDENT_ADMITTED", "i-1", None),
        ("SCHOOL_YEAR_BEGUN", "i-1", None),
        ("STUDENT_GRADUATED", "i-1", None),
        ("STUDENT_LEFT", "i-1", "TRANSFERRED"),
    ]


def test_what_the_host_in_another_province_said_is_in_the_journey_at_home() -> None:
    way, day = Working(key="w1"), NOON.date()
    found = journey(
        rows_of(
            way.nominated(day),
            way.told_of(RejectionNotedV1, day, reason="NO_SEAT"),
            way.told_of(ArrivalNotedV1, day, "t2", arrived_on=day),
            way.told_of(AbsenceNotedV1, day, "t3"),
            way.told_of(ReturnNotedV1, day, "t4", reason="UNSUITED", returned_on=day),
        )
    )
    assert {step.step for step in found.steps} == {"NOMINATED", "REJECTED", "ARRIVED", "NOT_ARRIVED", "RETURNED"}
    assert (found.state, next(step.reason for step in found.steps if step.step == "REJECTED")) == (
        "TRANSFERRED",
        "NO_SEAT",
    )


def test_an_invalidated_survey_counts_no_more_but_its_worker_stays_known() -> None:
    found = journey(rows_of(*FACTS))
    assert [step.counts for step in found.steps] == [False, False, True, False, True]
    assert (found.state, found.region) == ("REGISTERED", "520526")


def test_a_journey_belongs_to_the_region_of_the_best_survey_that_holds() -> None:
    assert journey(rows_of(wrong.recorded(NOON))).region == "520525"
    assert journey(rows_of(wrong.approved(NOON), right.recorded(NOON + timedelta(days=1)))).region == "520525"
    assert journey(rows_of(wrong.approved(NOON), right.approved(NOON + timedelta(days=1)))).region == "520526"
    assert journey(rows_of(wrong.registered(NOON), wrong.invalidated(NOON), right.rejected(NOON))).region == "520526"
    assert journey(rows_of(wrong.registered(NOON), wrong.invalidated(NOON))).region == "520525"


def test_the_journey_of_a_guest_belongs_to_the_county_of_the_work() -> None:
    survey, way = Survey(key="s3", region="440306"), Working(key="w1", home="440306", host="520103")
    found = journey(
        rows_of(way.started(NOON.date()), survey.recorded(NOON), survey.approved(NOON), survey.registered(NOON))
    )
    assert found.region == "520103"


def test_the_state_is_the_furthest_that_holds() -> None:
    assert journey(rows_of(wrong.recorded())).state == "PENDING"
    assert journey(rows_of(wrong.approved(NOON), wrong.recorded(NOON))).state == "APPROVED"
    assert journey(rows_of(wrong.recorded(), wrong.rejected())).state == "REJECTED"
    assert journey(rows_of(wrong.recorded(), wrong.rejected(), right.recorded())).state == "PENDING"
    assert journey(rows_of(wrong.recorded(), wrong.invalidated())).state == "INVALIDATED"


def test_an_approval_that_is_dated_a_moment_before_its_survey_comes_after_it() -> None:
    asked_for = NOON - timedelta(milliseconds=250)
    steps = journey(rows_of(wrong.registered(NOON), wrong.approved(asked_for), wrong.recorded(NOON))).steps
    assert [step.step for step in steps] == ["SURVEY_RECORDED", "SURVEY_APPROVED", "WORKER_REGISTERED"]
    assert steps[1].at == asked_for


def test_a_step_without_a_trace_says_so() -> None:
    untraced = rows_of(wrong.recorded())[0].model_copy(update={"trace": ""})
    assert journey([untraced]).steps[0].trace_id is None


@given(st.permutations(rows_of(*FACTS)))
def test_steps_make_the_same_journey_in_any_order(rows: list[StepRow]) -> None:
    assert journey(rows) == journey(rows_of(*FACTS))
