"""A worker of another home whom this province is responsible for: surveyed where they work, while that is so."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Fact, Release, Seen, Take
from eventcore.facts import Meta
from eventcore.testing import given
from registry.identity.asking import ASK, LearnIdentity
from registry.identity.events import IdentityAsked, IdentityLearnt
from registry.indexes.guards import IDENTITY
from registry.policies.when_personal_data_are_erased_so_are_the_copies import (
    when_personal_data_are_erased_so_are_the_copies,
)
from registry.privacy.commands import HOME_ERASED
from registry.privacy.events import PersonalDataErased
from registry.records import record
from registry.records.events import ErasureOrdered, KeyHeard
from registry.responsibility import ELSEWHERE, GUEST, NotSteward
from registry.surveys.commands import Employed
from registry.surveys.refusals import GuestWithoutWork, HouseholdOfAnotherProvince
from registry.surveys.survey import SURVEY
from registry.workers.acting import PlaceGuest, ResumeActing, YieldActing, effects
from registry.workers.acting_events import ActingResumed, ActingYielded, GuestPlaced
from registry.workers.commands import RecordDeath, RecordWishes
from registry.workers.events import WishesRecorded, WorkerDeceased, WorkerEvent, WorkerRegistered, WorkerSurveyed
from registry.workers.folding import folded
from registry.workers.state import Registered, Unknown, known
from registry.workers.worker import WORKER
from survey_samples import (
    APPROVE,
    APPROVED,
    AT,
    EMPLOYED,
    INDEX,
    INVALIDATE,
    INVALIDATED,
    RECORD,
    RECORDED,
    REJECT,
    REJECTED,
)

HOME, HERE, COUNTY = "440000", "520000", "520103"
WORK = Employed(form="ENTERPRISE", region=COUNTY, employer="贵阳电子厂", contact="0851888888")
ASKED = replace(RECORD, number="440599189003070027", household_region="440306", employment=WORK)
KNOWN = {(IDENTITY, "1.h"): "w7"}
HELD = Seen(INDEX, {**KNOWN, (GUEST, "w7"): HOME})
AWAY = Seen(INDEX, {**KNOWN, (ELSEWHERE, "w7"): HOME})
FOUND = replace(
    RECORDED,
    worker="w7",
    number=ASKED.number,
    household_region="440306",
    guest_in=COUNTY,
    employment_status="EMPLOYED",
    employment_form="ENTERPRISE",
    work_region=COUNTY,
    wishes=(),
    employer=WORK.employer,
    contact=WORK.contact,
)
TOLD: dict[str, Any] = {"worker": "w7", "household_region": "440306"}


def test_a_guest_is_surveyed_by_the_county_of_the_work_while_this_province_is_responsible() -> None:
    given(SURVEY).having_seen(HELD).when(ASKED).then(FOUND)
    given(SURVEY).having_seen(AWAY).when(ASKED).rejected(NotSteward)
    given(SURVEY).having_seen(Seen(INDEX, KNOWN)).when(ASKED).rejected(HouseholdOfAnotherProvince)


@pytest.mark.parametrize("household", ["520526", "330106"])
def test_a_guests_household_is_at_home(household: str) -> None:
    given(SURVEY).having_seen(HELD).when(replace(ASKED, household_region=household)).rejected(
        HouseholdOfAnotherProvince
    )


def test_a_guest_who_does_not_work_here_is_not_surveyed_here() -> None:
    given(SURVEY).having_seen(HELD).when(replace(ASKED, employment=RECORD.employment)).rejected(GuestWithoutWork)
    given(SURVEY).having_seen(HELD).when(replace(ASKED, employment=EMPLOYED)).rejected(GuestWithoutWork)


def test_only_the_responsible_province_approves_what_a_guest_was_asked() -> None:
    approve = replace(APPROVE, guest="w7")
    approved = replace(APPROVED, **TOLD)
    given(SURVEY, FOUND).having_seen(HELD).when(approve).then(approved)
    with pytest.raises(NotSteward) as refused:
        SURVEY.decide(approve, SURVEY.evolve(SURVEY.initial, FOUND), AWAY)
    assert refused.value.members() == {"steward": HOME}
    given(SURVEY, FOUND).when(APPROVE).rejected(NotSteward)  # whoever forgets to look may not either
    given(SURVEY, FOUND).having_seen(AWAY).when(REJECT).then(replace(REJECTED, **TOLD))
    given(SURVEY, FOUND).when(INVALIDATE).then(replace(INVALIDATED, **TOLD, guest_in=COUNTY))


HOLD = ResumeActing(worker="w7", epoch=2, guest_of=HOME)
HOSTED = ActingResumed(worker="w7", epoch=2, guest_of=HOME)
LEFT = ActingYielded(worker="w7", epoch=2, steward=HOME)
REGISTERED = WorkerRegistered(**TOLD, survey="survey-s1", groups=())
SURVEYED = WorkerSurveyed(
    **TOLD,
    survey="survey-s1",
    groups=(),
    surveyed_on=date(2026, 3, 2),
    employment_status="EMPLOYED",
    employment_form="ENTERPRISE",
    work_region=COUNTY,
    wishes=(),
    new_generation=False,
)
WISHES = RecordWishes(wishes=("JOB",), evidence="1", official="li", organisation="o", today=date(2026, 7, 1))
WISHED = WishesRecorded(
    worker="w7",
    wishes=("JOB",),
    recorded_on=date(2026, 7, 1),
    evidence="1",
    basis="OFFICE",
    official="li",
    organisation="o",
)


def test_the_registry_acts_for_a_guest_from_the_grant_to_the_yield() -> None:
    given(WORKER).when(HOLD).then(HOSTED)
    given(WORKER, HOSTED).when(HOLD).then()
    given(WORKER, HOSTED).when(YieldActing(worker="w7", epoch=2, steward=HOME)).then(LEFT)
    given(WORKER, HOSTED, REGISTERED, SURVEYED).when(WISHES).then(WISHED)
    given(WORKER, HOSTED, REGISTERED, SURVEYED, LEFT).when(WISHES).rejected(NotSteward)
    assert [*effects(HOSTED)] == [Release(ELSEWHERE, "w7"), Release(GUEST, "w7"), Take(GUEST, "w7", holder=HOME)]
    assert [*effects(LEFT)][-1] == Take(ELSEWHERE, "w7", holder=HOME)


def test_a_guest_is_looked_after_by_the_county_of_the_work_also_when_this_province_has_to_refuse() -> None:
    hosted: list[WorkerEvent] = [HOSTED, REGISTERED, SURVEYED]
    for events in (hosted, [*hosted, LEFT]):
        worker = folded(Unknown(), events)
        assert isinstance(worker, Registered)
        assert worker.county == COUNTY
    own = folded(Unknown(), [REGISTERED, SURVEYED])
    assert isinstance(own, Registered)
    assert own.county == "440306"


def test_who_is_asked_about_while_being_a_guest_stays_one() -> None:
    asked = IdentityAsked(ask="a1", owner=HOME, number_index="1.h", question="c2VhbGVk", to=(HOME,))
    learn = LearnIdentity(ask="a1", worker="w7", home="440306", by=HOME, province=HERE)
    learnt = IdentityLearnt(ask="a1", worker="w7", home="440306", number_index="1.h", steward=None)
    given(ASK, asked).having_seen(HELD).when(learn).then(learnt)
    given(ASK, asked).when(learn).then(replace(learnt, steward=HOME))


def test_an_erasure_goes_on_to_where_the_record_was_sent_on() -> None:
    erased = PersonalDataErased(
        worker="w7", ground=HOME_ERASED, numbers=(), linked=(), signs=(), official="o", organisation="o"
    )
    fact = Fact(
        event=erased,
        id="worker-w7/9",
        stream="worker-w7",
        version=9,
        position=1,
        occurred_at=AT,
        recorded_at=AT,
        meta=Meta(),
        source="",
    )
    asked = [do.command for do in when_personal_data_are_erased_so_are_the_copies(fact)]
    assert len(asked) == 1
    sent_on = KeyHeard(worker="w7", transfer="t2", region="330000", key="a2V5")
    given(record.RECORD, sent_on).when(asked[0]).then(ErasureOrdered(worker="w7", to=("330000",)))


PLACE = PlaceGuest(worker="w7", home=HOME, household_region="440306", county=COUNTY)
PLACED = GuestPlaced(worker="w7", home=HOME, household_region="440306", county=COUNTY)
BEGUN = ActingResumed(worker="w7", epoch=2, guest_of=HOME)
DIES = RecordDeath(died_on=AT.date(), evidence="1", official="sun", organisation="o", today=AT.date())


def test_a_job_makes_a_guest_known_and_home_stays_responsible_until_the_tenure() -> None:
    given(WORKER).when(PLACE).then(PLACED)
    given(WORKER, PLACED).when(PLACE).then()
    given(WORKER, PLACED).when(DIES).rejected(NotSteward)
    died = WorkerDeceased(
        worker="w7", died_on=AT.date(), household=None, evidence="1", official="sun", organisation="o"
    )
    given(WORKER, PLACED, BEGUN).when(DIES).then(died)
    given(WORKER, BEGUN, PLACED).when(DIES).then(died)  # heard the other way round


def test_the_newest_job_says_which_county_looks_after_a_guest_and_nothing_of_the_own_people() -> None:
    moved = replace(PLACED, county="520526")
    given(WORKER, PLACED, BEGUN).when(replace(PLACE, county="520526")).then(moved)
    assert known(folded(Unknown(), [PLACED])).county == COUNTY
    assert known(folded(Unknown(), [PLACED, BEGUN, moved])).county == "520526"
    own = WorkerRegistered(worker="w7", survey="survey-s1", household_region="520526", groups=())
    given(WORKER, own).when(PLACE).then()


def test_what_was_said_of_a_guest_before_the_first_survey_stays() -> None:
    wished = WishesRecorded(
        worker="w7",
        wishes=("JOB",),
        recorded_on=AT.date(),
        evidence="1",
        basis="OFFICE",
        official="li",
        organisation="o",
    )
    registered = WorkerRegistered(worker="w7", survey="survey-s1", household_region="440306", groups=())
    before = known(folded(Unknown(), [PLACED, BEGUN, wished]))
    after = known(folded(before, [registered]))
    assert (before.newest_survey, after.newest_survey) == (None, "survey-s1")
    assert (after.wishes, after.told, after.acting, after.county) == (
        *(before.wishes, before.told, before.acting),
        COUNTY,
    )
