"""Assessment bodies: scope, people, places and suspensions, each with its validity."""

from dataclasses import replace
from datetime import date

import pytest
from certification.bodies import refusals
from certification.bodies.body import BODY, FILING
from certification.bodies.commands import (
    ChangeScope,
    FileMobileAssessment,
    RegisterBody,
    RegisterStaff,
    ResumeBody,
    SuspendBody,
)
from certification.bodies.events import (
    BodyEvent,
    BodyRegistered,
    BodyResumed,
    BodyScopeChanged,
    BodyStaffRegistered,
    BodySuspended,
    Member,
    MobileAssessmentFiled,
    ScopeLine,
)
from certification.bodies.state import Registered, known
from eventcore import Acting, Seen, Take, fold
from eventcore.testing import given

BY = Acting(official="zhao", organisation="hr-520100", today=date(2026, 11, 24))
KEY, REBAR = "52520000MA6DT4321L", "2022/6-29-01-04"
REGISTER = RegisterBody(
    body=KEY,
    title="贵阳某技能评价中心",
    region="520100",
    kind="SOCIAL",
    filing_code="0012",
    site="000001",
    appraisal_code=None,
    by=BY,
)
REGISTERED = BodyRegistered(
    body=KEY,
    title="贵阳某技能评价中心",
    region="520100",
    kind="SOCIAL",
    filing_code="0012",
    site="000001",
    appraisal_code=None,
    registered_on=BY.today,
    official="zhao",
    organisation="hr-520100",
)
LINE = ScopeLine(
    route="LEVEL_RECOGNITION",
    occupation=REBAR,
    level="5",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    standard_fee=18000,
)
MEMBER = Member(person="kao-1", role="ASSESSOR", valid_from=date(2026, 1, 1), valid_to=None)


def scope(*lines: ScopeLine) -> ChangeScope:
    return ChangeScope(lines=lines, evidence="1号", by=BY)


def scoped(*lines: ScopeLine) -> BodyScopeChanged:
    return BodyScopeChanged(body=KEY, lines=lines, evidence="1号", official="zhao", organisation="hr-520100")


def after(*events: BodyEvent) -> Registered:
    return known(fold(BODY, [REGISTERED, *events]))


def test_a_body_is_registered_once_and_its_filing_code_is_its_own() -> None:
    given(BODY).when(REGISTER).then(REGISTERED)
    given(BODY, REGISTERED).when(REGISTER).then()
    given(BODY, REGISTERED).when(replace(REGISTER, title="其他")).rejected(refusals.BodyAlreadyRegistered)
    taken = Seen({}, {(FILING, "0012000001"): "other"})
    given(BODY).having_seen(taken).when(REGISTER).rejected(refusals.FilingCodeTaken)
    assert list(BODY.effects(BODY.initial, REGISTERED)) == [Take(FILING, "0012000001", KEY)]
    assert [read.guard for read in BODY.reads(REGISTER)] == [(FILING, "0012000001")]


def test_nothing_happens_to_a_body_that_is_not_registered() -> None:
    given(BODY).when(scope(LINE)).rejected(refusals.BodyNotRegistered)


def test_scope_holds_from_its_first_to_its_last_day_and_what_is_said_last_counts() -> None:
    given(BODY, REGISTERED).when(scope(LINE)).then(scoped(LINE))
    given(BODY, REGISTERED, scoped(LINE)).when(scope(LINE)).then()
    body = after(scoped(LINE), scoped(replace(LINE, standard_fee=20000, valid_to=date(2026, 6, 30))))
    found = body.scope_on("LEVEL_RECOGNITION", REBAR, "5", date(2026, 6, 30))
    assert found is not None
    assert found.standard_fee == 20000
    for route, level, day in (
        ("LEVEL_RECOGNITION", "5", date(2026, 7, 1)),
        ("LEVEL_RECOGNITION", "5", date(2025, 12, 31)),
        ("LEVEL_RECOGNITION", "4", date(2026, 3, 1)),
        ("ABILITY_TEST", "5", date(2026, 3, 1)),
    ):
        assert body.scope_on(route, REBAR, level, day) is None


@pytest.mark.parametrize("level", ["0", "APPRENTICE", "CHIEF"])
def test_a_level_that_the_layout_of_numbers_does_not_know_is_refused(level: str) -> None:
    given(BODY, REGISTERED).when(scope(replace(LINE, level=level))).rejected(refusals.LevelNotOfRoute)


def test_national_qualifications_need_the_code_of_an_appraisal_institution() -> None:
    qualification = replace(LINE, route="QUALIFICATION_APPRAISAL")
    given(BODY, REGISTERED).when(scope(qualification)).rejected(refusals.AppraisalCodeMissing)
    appraising = replace(REGISTERED, appraisal_code="1001")
    given(BODY, appraising).when(scope(qualification)).then(scoped(qualification))


def test_periods_do_not_run_backwards() -> None:
    early = date(2025, 1, 1)
    given(BODY, REGISTERED).when(scope(replace(LINE, valid_to=early))).rejected(refusals.PeriodBackwards)
    staff = RegisterStaff(members=(replace(MEMBER, valid_to=early),), evidence="2号", by=BY)
    given(BODY, REGISTERED).when(staff).rejected(refusals.PeriodBackwards)


def test_assessors_have_a_role_for_a_time_and_the_last_word_counts() -> None:
    said = BodyStaffRegistered(body=KEY, members=(MEMBER,), evidence="2号", official="zhao", organisation="hr-520100")
    command = RegisterStaff(members=(MEMBER,), evidence="2号", by=BY)
    given(BODY, REGISTERED).when(command).then(said)
    given(BODY, REGISTERED, said).when(command).then()
    ended = replace(said, members=(replace(MEMBER, valid_to=date(2026, 3, 31)),))
    body = after(said, ended)
    assert body.has("kao-1", "ASSESSOR", date(2026, 3, 31))
    assert not body.has("kao-1", "ASSESSOR", date(2026, 4, 1))
    assert not body.has("kao-1", "SUPERVISOR", date(2026, 3, 1))


def test_assessing_at_the_trainees_place_is_filed_for_a_place_and_a_time() -> None:
    command = FileMobileAssessment(
        region="520500", valid_from=date(2026, 5, 1), valid_to=date(2026, 6, 30), evidence="3号", by=BY
    )
    filed = MobileAssessmentFiled(
        body=KEY,
        region="520500",
        valid_from=date(2026, 5, 1),
        valid_to=date(2026, 6, 30),
        evidence="3号",
        official="zhao",
        organisation="hr-520100",
    )
    given(BODY, REGISTERED).when(command).then(filed)
    given(BODY, REGISTERED, filed).when(command).then()
    body = after(filed)
    assert body.filed("520526", date(2026, 6, 30))
    assert not body.filed("520526", date(2026, 7, 1))
    assert not body.filed("520181", date(2026, 6, 1))


def test_a_body_is_suspended_and_resumes_and_each_again_is_nothing() -> None:
    suspended = BodySuspended(
        body=KEY, suspended_on=date(2026, 9, 1), reason="QUALITY", official="zhao", organisation="hr-520100"
    )
    resumed = BodyResumed(body=KEY, resumed_on=date(2026, 10, 1), official="zhao", organisation="hr-520100")
    pause = SuspendBody(reason="QUALITY", by=replace(BY, today=date(2026, 9, 1)))
    given(BODY, REGISTERED).when(pause).then(suspended)
    given(BODY, REGISTERED, suspended).when(pause).then()
    given(BODY, REGISTERED, suspended).when(ResumeBody(by=replace(BY, today=date(2026, 10, 1)))).then(resumed)
    given(BODY, REGISTERED).when(ResumeBody(by=BY)).then()
    body = after(suspended, resumed)
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1))
    assert [body.is_suspended(day) for day in days] == [False, True, True, False]
