"""Assessments: which body may hold one, where, with whom, and for which class."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from assessment_facts import (
    BARRED,
    CENTRE,
    CONFIRM,
    KEY,
    OTHERS,
    PAUSED,
    SCHEDULE,
    TRAINED,
    TRAINER,
    VOID,
    candidate,
    history,
    member,
    scores,
    seen,
)
from certification.assessments import refusals
from certification.assessments.assessment import ASSESSMENT
from certification.assessments.commands import (
    AssessmentCommand,
)
from certification.assessments.events import AssessmentScheduled
from certification.bodies.events import Post
from certification.bodies.refusals import BodyNotRegistered
from certification.bodies.state import Registered, Unknown
from certification.classes import training_class as classes
from certification.classes.refusals import ClassNotKnown
from eventcore import Rejected, Seen
from eventcore.testing import given


def with_a_teacher(person: str, role: str, post: Post) -> Registered:
    """The body, one of whose people also teaches."""
    others = tuple(each for each in CENTRE.staff if each.person != person)
    return replace(CENTRE, staff=(*others, replace(member(person, role), teaches=(post,))))


OF_THE_CLASS = Post(institution=TRAINER, teacher="T-1023")
TEACHING, OVERSEEING = (
    with_a_teacher("kao-2", "ASSESSOR", OF_THE_CLASS),
    with_a_teacher("du-1", "SUPERVISOR", OF_THE_CLASS),
)


@pytest.mark.parametrize(
    "post",
    [Post(institution=TRAINER, teacher="T-9"), Post(institution=KEY, teacher="T-1023")],
    ids=["another teacher", "the same number elsewhere"],
)
def test_who_teaches_others_may_assess_the_class(post: Post) -> None:
    before = seen(body=with_a_teacher("kao-2", "ASSESSOR", post))
    assert history(replace(SCHEDULE, training_class="k1"), before=before)


def test_a_teacher_of_the_class_may_assess_others() -> None:
    assert history(SCHEDULE, before=seen(body=TEACHING))


def test_a_body_schedules_what_its_scope_holds() -> None:
    (scheduled,) = history(SCHEDULE)
    assert isinstance(scheduled, AssessmentScheduled)
    assert (scheduled.kind, scheduled.standard_fee, scheduled.mobile) == ("SKILL_LEVEL", 18000, False)
    given(ASSESSMENT, scheduled).having_seen(seen()).when(SCHEDULE).rejected(refusals.AssessmentScheduledAlready)


@pytest.mark.parametrize(
    ("change", "before", "refusal"),
    [
        ({}, seen(body=Unknown()), BodyNotRegistered),
        ({}, seen(body=PAUSED), refusals.BodyIsSuspended),
        ({"level": "4"}, seen(), refusals.OutOfScope),
        ({"occupation": "2022/6-18-01-01"}, seen(), refusals.OutOfScope),
        ({"route": "COMPLETION_TEST", "level": "0", "held_on": date(2023, 12, 1)}, seen(), refusals.RouteNotYet),
        ({"assessors": ("kao-1",)}, seen(), refusals.AssessorNotValid),
        ({"assessors": ("kao-1", "kao-1")}, seen(), refusals.AssessorNotValid),
        ({"assessors": ("kao-1", "kao-3")}, seen(), refusals.AssessorNotValid),
        ({"assessors": ("kao-1", "du-1")}, seen(), refusals.AssessorNotValid),
        ({"supervisor": None}, seen(), refusals.SupervisorNotValid),
        ({"supervisor": "kao-1"}, seen(), refusals.SupervisorNotValid),
        ({"mobile": True}, seen(), refusals.MobileNotFiled),
        ({"region": "520502"}, seen(), refusals.MobileNotFiled),
        ({"training_class": "k1"}, seen(trained=classes.Unknown()), ClassNotKnown),
        ({"training_class": "k1"}, seen(trained=replace(TRAINED, institution=KEY)), refusals.TrainerMayNotAssess),
        ({"training_class": "k1"}, seen(trained=replace(TRAINED, teachers=None)), refusals.TeachersNotKnown),
        ({"training_class": "k1"}, seen(body=TEACHING), refusals.TeacherMayNotAssess),
        ({"training_class": "k1"}, seen(body=OVERSEEING), refusals.TeacherMayNotAssess),
        ({"training_class": "k1"}, seen(trained=BARRED), refusals.AssessmentIsVoid),
        ({"training_class": "k1"}, seen(trained=OTHERS), refusals.ClassOfAnotherOccupation),
        ({"route": "COMPLETION_TEST", "level": "0"}, seen(), refusals.ClassMissing),
    ],
)
def test_a_session_that_may_not_be_held_is_refused(
    change: dict[str, Any], before: Seen, refusal: type[Rejected]
) -> None:
    given(ASSESSMENT).having_seen(before).when(replace(SCHEDULE, **change)).rejected(refusal)


def test_what_is_read_beside_the_assessment_is_checked_with_it() -> None:
    def read(command: AssessmentCommand) -> list[tuple[str, str]]:
        return [(each.decider.category, each.key) for each in ASSESSMENT.reads(command) if each.decider]

    assert read(replace(SCHEDULE, training_class="k1")) == [("assessment-body", KEY), ("training-class", "k1")]
    assert read(candidate(training_class="k1")) == [("person", "w1"), ("training-class", "k1")]
    assert read(CONFIRM) == [("assessment-body", KEY)]
    assert read(scores()) == read(VOID) == []


def test_an_assessment_in_a_village_is_held_where_and_when_it_is_filed() -> None:
    (scheduled,) = history(replace(SCHEDULE, region="520526"))
    assert isinstance(scheduled, AssessmentScheduled)
    assert scheduled.mobile
    late = replace(SCHEDULE, region="520526", held_on=date(2026, 6, 1))
    given(ASSESSMENT).having_seen(seen()).when(late).rejected(refusals.MobileNotFiled)


def test_the_test_of_one_ability_was_of_another_kind_before_the_policy_changed() -> None:
    test = replace(SCHEDULE, route="ABILITY_TEST", level="0", assessors=("kao-1",), supervisor=None)
    (now,), (before,) = history(test), history(replace(test, held_on=date(2019, 5, 20)))
    assert isinstance(now, AssessmentScheduled)
    assert isinstance(before, AssessmentScheduled)
    assert (now.kind, before.kind) == ("SPECIAL_ABILITY", "SINGLE_ABILITY")
