"""Institutions, programmes and plans: what an office may say of them, and what that means for classes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Rejected
from eventcore.testing import given
from training.institutions import refusals
from training.institutions.commands import AccreditBase, FileMobileDelivery, ReviewBase, RevokeBase
from training.institutions.events import Score
from training.institutions.institution import INSTITUTION, Registered, known
from training.institutions.institution import evolve as institution_after
from training.plans import refusals as of_plans
from training.plans.plan import PLAN, SetTarget
from training.programmes import refusals as of_programmes
from training.programmes.programme import PROGRAMME, ChangeProgramme, Listed, WithdrawProgramme
from training.programmes.programme import evolve as programme_after
from training_samples import BY, CONTENT, INSTITUTIONS, PLANS, PROGRAMMES
from training_way import OCCUPATION, SCORES

REGISTERED, ACCREDITED, REVIEWED, REVOKED, DELIVERY = INSTITUTIONS
LISTED, CHANGED, WITHDRAWN = PROGRAMMES
APPROVED, TARGET = PLANS
TODAY = date(2026, 9, 10)
ALL_SCORES = tuple(Score(criterion=str(each["criterion"]), points=80) for each in SCORES)
ACCREDIT = AccreditBase(
    grade="PROVINCIAL",
    scores=ALL_SCORES,
    occupations=(OCCUPATION,),
    accredited_on=date(2026, 1, 15),
    today=TODAY,
    **BY,
)
REVOKE = RevokeBase(ground="FUNDS", revoked_on=date(2026, 9, 1), void_from=date(2026, 4, 1), today=TODAY, **BY)


def institution(*events: Any) -> Registered:
    state: Any = INSTITUTION.initial
    for event in events:
        state = institution_after(state, event)
    return known(state)


def test_a_base_is_accredited_with_every_criterion_scored_once() -> None:
    given(INSTITUTION, REGISTERED).when(ACCREDIT).then(replace(ACCREDITED, scores=ALL_SCORES))
    for scores in (ALL_SCORES[1:], (*ALL_SCORES, ALL_SCORES[0])):
        given(INSTITUTION, REGISTERED).when(replace(ACCREDIT, scores=scores)).rejected(refusals.ScoresIncomplete)
    later = replace(ACCREDIT, accredited_on=date(2026, 9, 11))
    given(INSTITUTION, REGISTERED).when(later).rejected(refusals.InstitutionDayInFuture)
    given(INSTITUTION).when(ACCREDIT).rejected(refusals.InstitutionUnknown)


def test_a_base_is_revoked_once_and_may_be_accredited_anew_later() -> None:
    given(INSTITUTION, REGISTERED, ACCREDITED).when(REVOKE).then(REVOKED)
    given(INSTITUTION, REGISTERED, ACCREDITED, REVOKED).when(REVOKE).rejected(refusals.BaseIsRevoked)
    given(INSTITUTION, REGISTERED).when(REVOKE).rejected(refusals.NotAccredited)
    void = replace(REVOKE, void_from=date(2026, 9, 2))
    given(INSTITUTION, REGISTERED, ACCREDITED).when(void).rejected(refusals.VoidAfterRevocation)
    revoked = given(INSTITUTION, REGISTERED, ACCREDITED, REVOKED)
    revoked.when(replace(ACCREDIT, accredited_on=date(2026, 9, 1))).rejected(refusals.AccreditedBefore)
    again = replace(ACCREDITED, accreditation=2, scores=ALL_SCORES, accredited_on=date(2026, 9, 2))
    revoked.when(replace(ACCREDIT, accredited_on=date(2026, 9, 2))).then(again)
    assert institution(REGISTERED, ACCREDITED, REVOKED, again).base == again


def test_a_year_is_reviewed_once() -> None:
    review = ReviewBase(year=2026, result="PASSED", today=TODAY, **BY)
    given(INSTITUTION, REGISTERED, ACCREDITED).when(review).then(REVIEWED)
    given(INSTITUTION, REGISTERED, ACCREDITED, REVIEWED).when(review).then()
    other = replace(review, result="FAILED")
    given(INSTITUTION, REGISTERED, ACCREDITED, REVIEWED).when(other).rejected(refusals.ReviewedAlready)
    for year in (2025, 2027):
        wrong = replace(review, year=year)
        given(INSTITUTION, REGISTERED, ACCREDITED).when(wrong).rejected(refusals.ReviewYearWrong)


def test_teaching_away_from_home_needs_a_filing_for_the_place_and_all_days() -> None:
    command = FileMobileDelivery(region="520123", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1), **BY)
    given(INSTITUTION, REGISTERED, ACCREDITED).when(command).then(DELIVERY)
    given(INSTITUTION, REGISTERED, ACCREDITED, DELIVERY).when(command).then()
    found = institution(REGISTERED, ACCREDITED, DELIVERY)
    found.may_teach_away("520123", date(2026, 4, 6), date(2026, 5, 8))
    for place, last in (("520102", date(2026, 5, 8)), ("520123", date(2027, 1, 1))):
        with pytest.raises(refusals.DeliveryNotFiled):
            found.may_teach_away(place, date(2026, 4, 6), last)


@pytest.mark.parametrize(
    ("events", "occupation", "on", "refusal"),
    [
        ((), OCCUPATION, date(2026, 4, 6), refusals.NotAccredited),
        ((ACCREDITED,), "2022/4-04-05-05", date(2026, 4, 6), refusals.OccupationOutOfScope),
        ((ACCREDITED,), OCCUPATION, date(2026, 1, 14), refusals.NotAccredited),
        ((ACCREDITED, REVOKED), OCCUPATION, date(2026, 4, 6), refusals.BaseIsRevoked),
    ],
)
def test_who_may_not_teach(events: tuple[Any, ...], occupation: str, on: date, refusal: type[Rejected]) -> None:
    with pytest.raises(refusal):
        institution(REGISTERED, *events).may_teach(occupation, on)


def test_a_programme_has_another_version_from_a_day_on() -> None:
    change = ChangeProgramme(content=CONTENT, valid_from=date(2026, 3, 1), **BY)
    given(PROGRAMME, LISTED).when(change).then(CHANGED)
    given(PROGRAMME, LISTED, CHANGED).when(change).then()
    early = replace(change, valid_from=date(2026, 1, 1), content=replace(CONTENT, minimum_days=1))
    given(PROGRAMME, LISTED).when(early).rejected(of_programmes.VersionOutOfOrder)
    given(PROGRAMME, LISTED, CHANGED, WITHDRAWN).when(change).rejected(of_programmes.ProgrammeIsWithdrawn)
    end = WithdrawProgramme(withdrawn_on=date(2026, 12, 1), **BY)
    given(PROGRAMME, LISTED, CHANGED).when(end).then(WITHDRAWN)
    given(PROGRAMME, LISTED, CHANGED, WITHDRAWN).when(end).then()


def test_the_version_of_the_day_is_what_counts() -> None:
    state: Any = PROGRAMME.initial
    for event in (LISTED, CHANGED, WITHDRAWN):
        state = programme_after(state, event)
    assert isinstance(state, Listed)
    assert [state.on(day).version for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 11, 30))] == [1, 2, 2]
    for day in (date(2025, 12, 31), date(2026, 12, 1)):
        with pytest.raises(of_programmes.NotInCatalogue):
            state.on(day)


def test_a_stated_target_is_kept_as_it_stands_and_flagged() -> None:
    command = SetTarget(
        of="TRAINEES",
        region="520123",
        stated=43_000,
        of_them_free=42_000,
        flag="二期免费培训低于一期",
        today=TODAY,
        **BY,
    )
    given(PLAN, APPROVED).when(command).then(TARGET)
    given(PLAN, APPROVED, TARGET).when(command).then()
    given(PLAN, APPROVED).when(replace(command, region="440100")).rejected(of_plans.TargetElsewhere)
    given(PLAN).when(command).rejected(of_plans.PlanUnknown)
