"""Who reviews a survey, and how wrong data is taken back and surveyed again, in the words of the office."""

from contextlib import suppress
from dataclasses import replace

import pytest
from eventcore import Rejected, Seen, Take, fold
from eventcore.testing import given
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from registry.indexes.rotation import NUMBERS, ROTATION
from registry.responsibility import ELSEWHERE, GUEST
from registry.surveys import refusals
from registry.surveys.commands import ApproveSurvey, RejectSurvey, SurveyCommand
from registry.surveys.events import (
    FallenApproval,
    SurveyApproved,
    SurveyEvent,
    SurveyInvalidated,
    SurveyRecorded,
    SurveyRejected,
)
from registry.surveys.survey import SURVEY, Approved, Pending, Survey, TurnedDown, Unknown, Void, known, standing
from survey_samples import (
    APPROVE,
    APPROVED,
    AT,
    EMPLOYED,
    INDEX,
    INVALIDATE,
    INVALIDATED,
    ONE_INDEX,
    RECORD,
    RECORDED,
    REJECT,
    REJECTED,
)


def test_another_person_approves() -> None:
    given(SURVEY, RECORDED).when(APPROVE).then(APPROVED)


def test_another_person_rejects() -> None:
    given(SURVEY, RECORDED).when(REJECT).then(REJECTED)


@pytest.mark.parametrize("review", [replace(APPROVE, reviewer="li"), replace(REJECT, reviewer="li")])
def test_nobody_reviews_their_own_survey(review: ApproveSurvey | RejectSurvey) -> None:
    given(SURVEY, RECORDED).when(review).rejected(refusals.OwnSurvey)


def test_reviewing_twice_with_the_same_result_changes_nothing() -> None:
    given(SURVEY, RECORDED, APPROVED).when(APPROVE).then()
    given(SURVEY, RECORDED, REJECTED).when(replace(REJECT, reviewer="zhao", reason="INCOMPLETE")).then()


def test_a_reviewed_survey_is_not_reviewed_otherwise() -> None:
    given(SURVEY, RECORDED, APPROVED).when(REJECT).rejected(refusals.AlreadyReviewed)
    given(SURVEY, RECORDED, REJECTED).when(APPROVE).rejected(refusals.AlreadyReviewed)


def test_what_was_never_recorded_is_neither_reviewed_nor_invalidated() -> None:
    given(SURVEY).when(APPROVE).rejected(refusals.NotRecorded)
    given(SURVEY).when(INVALIDATE).rejected(refusals.NotRecorded)


def test_wrong_data_is_invalidated_before_or_after_its_rejection() -> None:
    given(SURVEY, RECORDED).when(INVALIDATE).then(INVALIDATED)
    given(SURVEY, RECORDED, REJECTED).when(INVALIDATE).then(INVALIDATED)


COMMANDS = st.sampled_from(
    [
        RECORD,
        APPROVE,
        REJECT,
        INVALIDATE,
        replace(APPROVE, reviewer="li"),
        replace(INVALIDATE, official="li"),
        replace(RECORD, survey="s9", number_index="1.other"),
    ]
)


@settings(deadline=None, derandomize=True)
@given_any(st.lists(COMMANDS, max_size=12))
def test_whatever_is_tried_in_whatever_order_an_invalidation_names_the_events_that_fall(
    commands: list[SurveyCommand],
) -> None:
    history: list[SurveyEvent] = []
    for command in commands:
        with suppress(Rejected):
            history += SURVEY.decide(command, fold(SURVEY, history), ONE_INDEX)
    first = history[0] if history else None
    key = first.survey if isinstance(first, SurveyRecorded) else ""
    ids = {f"survey-{key}/{n}": event for n, event in enumerate(history, 1)}
    kinds = [type(event) for event in history]
    assert kinds in ([], *([SurveyRecorded, *rest] for rest in LIVES))
    for event in history:
        if isinstance(event, SurveyInvalidated):
            assert isinstance(ids[event.corrects], SurveyRecorded)
            assert (event.approval is None) == (SurveyApproved not in kinds)
            assert event.approval is None or isinstance(ids[event.approval.event], SurveyApproved)


LIVES: tuple[list[type[SurveyEvent]], ...] = (
    [],
    [SurveyApproved],
    [SurveyRejected],
    [SurveyInvalidated],
    [SurveyApproved, SurveyInvalidated],
    [SurveyRejected, SurveyInvalidated],
)


def test_an_approval_falls_with_its_survey() -> None:
    given(SURVEY, RECORDED, APPROVED).when(INVALIDATE).then(
        replace(INVALIDATED, approval=FallenApproval(event="survey-s1/2", at=AT))
    )


def test_surveyors_take_their_own_survey_back_only_while_it_waits() -> None:
    own = replace(INVALIDATE, official="li")
    given(SURVEY, RECORDED).when(own).then(replace(INVALIDATED, official="li"))
    given(SURVEY, RECORDED, APPROVED).when(own).rejected(refusals.OwnSurvey)
    given(SURVEY, RECORDED, REJECTED).when(own).rejected(refusals.OwnSurvey)


def test_an_invalidated_survey_stays_so() -> None:
    given(SURVEY, RECORDED, INVALIDATED).when(INVALIDATE).then()
    given(SURVEY, RECORDED, INVALIDATED).when(APPROVE).rejected(refusals.Invalidated)
    given(SURVEY, RECORDED, INVALIDATED).when(REJECT).rejected(refusals.Invalidated)


WRONG_ONE: list[SurveyEvent] = [RECORDED, INVALIDATED]
AGAIN = replace(RECORD, survey="s2", corrects="s1")


def test_an_invalidated_survey_is_made_again() -> None:
    gone = Seen(states=INDEX | {("survey", "s1"): fold(SURVEY, WRONG_ONE)})
    again = replace(RECORDED, survey="s2", corrects="s1")
    given(SURVEY).having_seen(gone).when(AGAIN).then(again)
    assert Take("survey-correction", "s1", holder="s2") in SURVEY.effects(Unknown(), again)


@pytest.mark.parametrize("history", [[], [RECORDED], [RECORDED, APPROVED]])
def test_only_an_invalidated_survey_is_made_again(history: list[SurveyEvent]) -> None:
    standing_one = Seen(states=INDEX | {("survey", "s1"): fold(SURVEY, history)})
    given(SURVEY).having_seen(standing_one).when(AGAIN).rejected(refusals.NotInvalidated)


def test_a_survey_is_made_again_once() -> None:
    done = Seen(
        states=INDEX | {("survey", "s1"): fold(SURVEY, WRONG_ONE)},
        holders={("survey-correction", "s1"): "s3"},
    )
    given(SURVEY).having_seen(done).when(AGAIN).rejected(refusals.AlreadyCorrected)


def test_a_decision_looks_at_the_number_and_at_what_it_corrects() -> None:
    reads = list(SURVEY.reads(AGAIN))
    assert {read.guard for read in reads if read.guard} == {("person", "1.h"), ("survey-correction", "s1")}
    assert {read.then for read in reads if read.guard == ("person", "1.h")} == {ELSEWHERE, GUEST}
    assert [(read.decider, read.key) for read in reads if read.decider] == [(ROTATION, NUMBERS), (SURVEY, "s1")]
    assert list(SURVEY.reads(APPROVE)) == []


def test_no_state_holds_what_is_personal() -> None:
    states: list[Survey] = [fold(SURVEY, history) for history in HISTORIES]
    assert [type(state) for state in states] == [Unknown, Pending, Approved, TurnedDown, Void]
    assert [standing(state) for state in states] == ["unknown", "pending", "approved", "rejected", "invalidated"]
    for text in ("王秀英", "520599189003070024", "13800000000"):
        assert not any(text in repr(state) for state in states)
    with pytest.raises(refusals.NotRecorded):
        known(states[0])


HISTORIES: list[list[SurveyEvent]] = [
    [],
    [RECORDED],
    [RECORDED, APPROVED],
    [RECORDED, REJECTED],
    [RECORDED, INVALIDATED],
]


def test_commands_and_events_do_not_show_what_is_personal() -> None:
    employed = replace(RECORD, employment=EMPLOYED)
    shown = repr(RECORDED) + repr(employed)
    for text in ("王秀英", "520599189003070024", "13800000000", "粤安电子厂", "0208888888"):
        assert text not in shown
