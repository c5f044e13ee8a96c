"""Assessments: who may take part, whose word it takes, what comes of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from assessment_facts import (
    BY,
    CENTRE,
    CONFIRM,
    PAUSED,
    SCHEDULE,
    TRAINED,
    TRAINER,
    VOID,
    WORKER,
    candidate,
    history,
    scores,
    seen,
)
from certification.assessments import refusals
from certification.assessments.assessment import ASSESSMENT, MOST
from certification.assessments.commands import (
    RecordScores,
)
from certification.assessments.events import (
    AssessmentEvent,
    AssessmentVoided,
    CandidateRegistered,
    ResultsConfirmed,
)
from certification.bodies.events import Post
from certification.persons.events import UseNoted
from certification.persons.person import Person
from contracts.memberships import Membership
from eventcore import Rejected
from eventcore.ids import same_id
from eventcore.testing import given


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (Person(), refusals.CandidateNotKnown),
        (replace(WORKER, canonical="w9"), refusals.CandidateLinked),
        (replace(WORKER, ended="DECEASED"), refusals.CandidateEnded),
        (replace(WORKER, use=UseNoted(worker="w1", restricted=True, until=None)), refusals.CandidateRestricted),
    ],
)
def test_some_workers_cannot_be_candidates(person: Person, refusal: type[Rejected]) -> None:
    given(ASSESSMENT, *history(SCHEDULE)).having_seen(seen(person=person)).when(candidate()).rejected(refusal)


def test_candidates_of_a_class_were_in_it_to_its_end() -> None:
    events = history(replace(SCHEDULE, training_class="k1"), candidate("w1", "k1"), candidate("w2", "k1"))
    assert len(events) == 3
    for worker in ("w3", "w4"):
        given(ASSESSMENT, *events).having_seen(seen()).when(candidate(worker, "k1")).rejected(
            refusals.CandidateNotOfClass
        )


def test_only_who_has_completed_the_class_takes_its_closing_test() -> None:
    closing = replace(
        SCHEDULE, route="COMPLETION_TEST", level="0", assessors=("kao-1",), supervisor=None, training_class="k1"
    )
    events = history(closing, candidate("w1", "k1"))
    given(ASSESSMENT, *events).having_seen(seen()).when(candidate("w2", "k1")).rejected(refusals.CandidateNotOfClass)


def _fee(event: object) -> tuple[int, str | None]:
    assert isinstance(event, CandidateRegistered)
    return event.charged_fee, event.reduced_for


@pytest.mark.parametrize(
    ("group", "since", "fee", "told"),
    [
        (None, None, 18000, None),
        ("POVERTY_LIFTED", date(2021, 1, 1), 0, "REGISTERED_POOR"),
        ("REGISTERED_POOR", date(2017, 1, 1), 0, "REGISTERED_POOR"),
        ("HARD_TO_EMPLOY", date(2026, 1, 1), 9000, "HARD_TO_EMPLOY"),
        ("POVERTY_LIFTED", date(2026, 5, 19), 18000, None),
        ("LAND_LOST", date(2020, 1, 1), 18000, None),
    ],
)
def test_the_fee_is_that_of_the_groups_on_the_day(group: str, since: date, fee: int, told: str | None) -> None:
    groups = (Membership(group=group, valid_from=since, valid_to=None),) if group else ()
    events = history(SCHEDULE, candidate(), before=seen(person=replace(WORKER, groups=groups)))
    assert _fee(events[-1]) == (fee, told)


def test_certificates_of_one_ability_cost_nobody_anything() -> None:
    test = replace(SCHEDULE, route="ABILITY_TEST", level="0", assessors=("kao-1",), supervisor=None)
    events = history(test, candidate())
    assert _fee(events[-1]) == (0, None)


def test_a_candidate_is_registered_once_and_an_assessment_is_full_at_its_limit() -> None:
    full = history(SCHEDULE, *(candidate(f"w{n}") for n in range(MOST)))
    given(ASSESSMENT, *full).having_seen(seen()).when(candidate("w0")).then()
    given(ASSESSMENT, *full).having_seen(seen()).when(candidate("w99")).rejected(refusals.AssessmentFull)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (scores("w2"), refusals.NotACandidate),
        (scores(by=replace(BY, today=date(2026, 5, 17))), refusals.NotHeldYet),
        (scores(practice=None), refusals.ScoresUnfit),
        (scores(absent=True), refusals.ScoresUnfit),
        (scores(theory=None, practice=None), refusals.ScoresUnfit),
    ],
)
def test_scores_that_do_not_fit_are_refused(command: RecordScores, refusal: type[Rejected]) -> None:
    given(ASSESSMENT, *history(SCHEDULE, candidate())).when(command).rejected(refusal)


def test_scores_may_be_recorded_again_until_they_are_confirmed() -> None:
    events = history(SCHEDULE, candidate(), scores(theory=50), scores())
    given(ASSESSMENT, *events).when(scores()).then()
    confirmed = history(SCHEDULE, candidate(), scores(theory=50), scores(), CONFIRM)
    assert outcomes(confirmed) == {"w1": "PASSED"}
    given(ASSESSMENT, *confirmed).when(scores(theory=51)).rejected(refusals.ResultsConfirmedAlready)


def outcomes(events: list[AssessmentEvent]) -> dict[str, str]:
    last = events[-1]
    assert isinstance(last, ResultsConfirmed)
    return {each.worker: each.outcome for each in last.results}


def test_who_reaches_the_mark_in_each_part_passes_and_gets_a_certificate_id() -> None:
    takers = [candidate(f"w{n}") for n in range(1, 5)]
    given_scores = [
        scores("w1", 60, 60),
        scores("w2", 100, 59),
        scores("w3", 59, 100),
        scores("w4", None, None, absent=True),
    ]
    events = history(SCHEDULE, *takers, *given_scores, CONFIRM)
    assert outcomes(events) == {"w1": "PASSED", "w2": "FAILED", "w3": "FAILED", "w4": "ABSENT"}
    confirmed = events[-1]
    assert isinstance(confirmed, ResultsConfirmed)
    ids = {each.worker: each.certificate for each in confirmed.results}
    assert ids == {"w1": same_id("certificate", "a1", "w1"), "w2": None, "w3": None, "w4": None}
    assert confirmed.number_prefix == "S001252000001265"
    given(ASSESSMENT, *events).having_seen(seen()).when(CONFIRM).then()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"by": replace(BY, official="kao-2")}, refusals.OwnScores),
        ({"issued_on": date(2026, 5, 17)}, refusals.IssueDayWrong),
        ({"issued_on": date(2026, 5, 21)}, refusals.IssueDayWrong),
    ],
)
def test_results_take_another_person_and_a_possible_day(change: dict[str, Any], refusal: type[Rejected]) -> None:
    events = history(SCHEDULE, candidate(), scores())
    given(ASSESSMENT, *events).having_seen(seen()).when(replace(CONFIRM, **change)).rejected(refusal)


def test_results_are_not_confirmed_without_scores_nor_by_a_suspended_body() -> None:
    nobody, unscored = history(SCHEDULE), history(SCHEDULE, candidate())
    for events in (nobody, unscored):
        given(ASSESSMENT, *events).having_seen(seen()).when(CONFIRM).rejected(refusals.ScoresMissing)
    scored = history(SCHEDULE, candidate(), scores())
    given(ASSESSMENT, *scored).having_seen(seen(body=PAUSED)).when(CONFIRM).rejected(refusals.BodyIsSuspended)


@pytest.mark.parametrize("person", ["kao-2", "du-1"])
def test_results_are_not_confirmed_when_it_became_known_that_who_assessed_teaches_the_class(person: str) -> None:
    of_class, confirm = replace(SCHEDULE, training_class="k1"), replace(CONFIRM, training_class="k1")
    scored = history(of_class, candidate("w1", "k1"), scores())
    assert outcomes(history(of_class, candidate("w1", "k1"), scores(), confirm)) == {"w1": "PASSED"}
    post = Post(institution=TRAINER, teacher="T-1023")
    staff = tuple(replace(each, teaches=(post,)) if each.person == person else each for each in CENTRE.staff)
    known = seen(body=replace(CENTRE, staff=staff))
    given(ASSESSMENT, *scored).having_seen(known).when(confirm).rejected(refusals.TeacherMayNotAssess)
    newcomer = seen(trained=replace(TRAINED, teachers=None))
    given(ASSESSMENT, *scored).having_seen(newcomer).when(confirm).rejected(refusals.TeachersNotKnown)


def test_a_void_assessment_names_the_certificates_that_fall_and_nothing_follows() -> None:
    events = history(SCHEDULE, candidate("w1"), candidate("w2"), scores("w1"), scores("w2", 10), CONFIRM, VOID)
    voided = events[-1]
    assert isinstance(voided, AssessmentVoided)
    assert voided.certificates == (same_id("certificate", "a1", "w1"),)
    given(ASSESSMENT, *events).when(VOID).then()
    before = history(SCHEDULE, candidate(), scores(), VOID)
    for command in (candidate("w2"), scores(), CONFIRM):
        given(ASSESSMENT, *before).having_seen(seen()).when(command).rejected(refusals.AssessmentIsVoid)


def test_nothing_happens_to_an_assessment_that_is_not_scheduled() -> None:
    for command in (candidate(), scores(), CONFIRM, VOID):
        given(ASSESSMENT).having_seen(seen()).when(command).rejected(refusals.AssessmentNotScheduled)


def test_nobody_confirms_scores_that_they_recorded() -> None:
    events = history(SCHEDULE, candidate(), scores())
    given(ASSESSMENT, *events).having_seen(seen()).when(replace(CONFIRM, by=BY)).rejected(refusals.OwnScores)
