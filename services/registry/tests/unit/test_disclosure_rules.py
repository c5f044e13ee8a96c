"""Who reads what is personal says what for, and gets no more than that needs."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, get_type_hints

import pytest
from eventcore import Rejected, Seen
from eventcore.codec import Codec
from eventcore.testing import given
from registry.bank_accounts.bank_account import BANK_ACCOUNT
from registry.bank_accounts.events import BankAccountRecorded
from registry.disclosures.disclosure import DISCLOSURE, WITH_ACCOUNTS, DiscloseIdentity
from registry.disclosures.events import PersonalDataDisclosed
from registry.disclosures.purposes import (
    ACCOUNT_FIELDS,
    CERTIFICATE_VERIFICATION,
    ENTITLEMENTS,
    FIELDS,
    ON_OTHER_WAYS,
    OWN_FILE,
    PURPOSES,
    SUBSIDY_PAYMENT,
    SYSTEM_EXCHANGE,
    TRANSFER_RECORD,
)
from registry.disclosures.refusals import NoBankAccount, PurposeNotYours
from registry.disclosures.reveal import MASKS
from registry.households.household import HOUSEHOLD
from registry.local_workers.request import LOCAL_REQUEST, AskedWorker, AskForLocalWorkers, LocalWorkersAsked
from registry.own_file.entries import TITLES
from registry.privacy.state import PersonalDataGone, Privacy, Restriction, UseIsRestricted
from registry.surveys.events import SurveyRecorded
from registry.surveys.refusals import NotRecorded
from registry.surveys.survey import SURVEY, Facts, Pending
from registry.surveys.survey import Unknown as NoSurvey
from registry.trainee_lists.trainee_list import TRAINEE_LIST
from registry.workers.refusals import WorkerIsDeceased, WorkerNotRegistered
from registry.workers.state import Death, Designation, Registered, Unknown, Worker
from registry.workers.worker import WORKER

TODAY = date(2026, 3, 3)
READ = DiscloseIdentity(
    worker="w1",
    surveys=("s1",),
    purpose="SURVEY_REVIEW",
    reader="chen",
    organisation="bijie-hrss",
    office="reviewer",
    today=TODAY,
)
FACTS = Facts(
    survey="s1",
    worker="w1",
    surveyor="li",
    household_region="520526",
    groups=(),
    surveyed_on=TODAY,
    employment_status="UNEMPLOYED",
    employment_form=None,
    work_region=None,
    wishes=(),
)
DISCLOSED = PersonalDataDisclosed(
    worker="w1",
    surveys=("s1",),
    purpose="SURVEY_REVIEW",
    reader="chen",
    organisation="bijie-hrss",
    office="reviewer",
    in_full=("name", "employer"),
    masked=("number", "phone", "contact", "former_number"),
    request=None,
)


REGISTERED = Registered(worker="w1", survey="survey-s1", household_region="520526")


NOBODY = Unknown()


def seen(worker: Worker = NOBODY, *, about: str = "w1", accounts: int = 0) -> Seen:
    survey = Pending(replace(FACTS, worker=about))
    return Seen(states={("survey", "s1"): survey, ("worker", "w1"): worker, ("bank-account", "w1"): accounts})


def test_a_disclosure_says_whose_data_who_reads_and_what_for() -> None:
    given(DISCLOSURE).having_seen(seen()).when(READ).then(DISCLOSED)
    given(DISCLOSURE, DISCLOSED).having_seen(seen()).when(READ).then()


def test_there_is_nothing_to_disclose_of_a_survey_that_is_not_there_or_about_somebody_else() -> None:
    absent = Seen(states={("survey", "s1"): NoSurvey(), ("worker", "w1"): Unknown()})
    given(DISCLOSURE).having_seen(absent).when(READ).rejected(NotRecorded)
    given(DISCLOSURE).having_seen(seen(about="w2")).when(READ).rejected(NotRecorded)


def test_what_may_be_shown_is_what_is_sealed() -> None:
    sealed = Codec(SURVEY.events).kinds[SurveyRecorded].personal
    assert set(sealed) == set(FIELDS)
    assert set(Codec(BANK_ACCOUNT.events).kinds[BankAccountRecorded].personal) == set(ACCOUNT_FIELDS)
    assert set(MASKS) == {*FIELDS, *ACCOUNT_FIELDS}
    assert set(get_type_hints(SurveyRecorded)) >= {each.name for each in fields(SurveyRecorded)}


def test_every_purpose_has_an_office_and_every_row_a_purpose() -> None:
    assert {purpose for purpose, _ in ENTITLEMENTS} == {code.code for code in PURPOSES.codes}


@pytest.mark.parametrize("row", ENTITLEMENTS, ids="-".join)
def test_nobody_who_looks_somebody_up_sees_the_whole_number(row: tuple[str, str]) -> None:
    assert ("number" not in ENTITLEMENTS[row].in_full) or row[0] in (OWN_FILE, SYSTEM_EXCHANGE, TRANSFER_RECORD)
    assert row[0] in ON_OTHER_WAYS or "number" not in ENTITLEMENTS[row].in_full
    assert not {*ENTITLEMENTS[row].in_full} & {*ENTITLEMENTS[row].masked}
    assert {*ENTITLEMENTS[row].in_full, *ENTITLEMENTS[row].masked} <= {*FIELDS, *ACCOUNT_FIELDS}


@pytest.mark.parametrize("row", ENTITLEMENTS, ids="-".join)
def test_an_account_is_for_the_payer_and_the_person_alone(row: tuple[str, str]) -> None:
    shown = {*ENTITLEMENTS[row].in_full, *ENTITLEMENTS[row].masked} & set(ACCOUNT_FIELDS)
    assert not shown or row[0] in WITH_ACCOUNTS


def test_the_payer_reads_the_newest_account_for_a_payment_that_it_names() -> None:
    pay = replace(READ, purpose=SUBSIDY_PAYMENT, office="payer", reference="pay-1")
    ready = seen(REGISTERED, accounts=3)
    (disclosed,) = DISCLOSURE.decide(pay, False, ready)
    assert (disclosed.accounts, disclosed.reference) == ((3,), "pay-1")
    assert (disclosed.in_full, disclosed.masked) == (("name", "account", "bank", "holder_name"), ())
    given(DISCLOSURE).having_seen(ready).when(replace(pay, reference=None)).rejected(PurposeNotYours)
    given(DISCLOSURE).having_seen(seen(REGISTERED)).when(pay).rejected(NoBankAccount)


def test_what_is_owed_to_who_is_restricted_is_paid_and_to_who_is_gone_or_dead_is_not() -> None:
    pay = replace(READ, purpose=SUBSIDY_PAYMENT, office="payer", reference="pay-1")
    kept = Privacy(restriction=Restriction(ground="LEGAL_RETENTION", until=date(2030, 1, 1)))
    assert DISCLOSURE.decide(pay, False, seen(replace(REGISTERED, privacy=kept), accounts=1))
    gone = seen(replace(REGISTERED, privacy=Privacy(erased=True)), accounts=1)
    given(DISCLOSURE).having_seen(gone).when(pay).rejected(PersonalDataGone)
    death = Death(version=2, died_on=TODAY, official="wu", household=None, plan=None, attention=None)
    dead = seen(replace(REGISTERED, death=death), accounts=1)
    given(DISCLOSURE).having_seen(dead).when(pay).rejected(WorkerIsDeceased)
    given(DISCLOSURE).having_seen(seen(accounts=1)).when(replace(pay, surveys=())).rejected(WorkerNotRegistered)


def test_a_verification_reads_the_masked_number_of_who_is_there() -> None:
    verify = replace(READ, purpose=CERTIFICATE_VERIFICATION, office="verifier", reference="v-1")
    (disclosed,) = DISCLOSURE.decide(verify, False, seen(REGISTERED))
    assert (disclosed.in_full, disclosed.masked, disclosed.accounts) == ((), ("number",), ())
    given(DISCLOSURE).having_seen(seen()).when(replace(verify, surveys=())).rejected(WorkerNotRegistered)


def test_persons_see_every_account_in_their_own_file() -> None:
    own = replace(READ, purpose=OWN_FILE, office="worker", reader="w1")
    assert [each.accounts for each in DISCLOSURE.decide(own, False, seen(accounts=2))] == [(1, 2)]


@pytest.mark.parametrize(
    ("purpose", "office"), [("SURVEY_REVIEW", "clerk"), ("JOB_SERVICE", "reviewer"), ("OWN_FILE", "reviewer")]
)
def test_an_office_reads_for_its_own_purposes_only(purpose: str, office: str) -> None:
    other = replace(READ, purpose=purpose, office=office)
    given(DISCLOSURE).having_seen(seen()).when(other).rejected(PurposeNotYours)


def test_some_purposes_are_for_some_people_only() -> None:
    trainee = replace(REGISTERED, designated=Designation(plan="p", designated_on=TODAY))
    school = replace(READ, purpose="TRAINEE_CONTACT", office="institution")
    given(DISCLOSURE).having_seen(seen(REGISTERED)).when(school).rejected(PurposeNotYours)
    assert DISCLOSURE.decide(school, False, seen(trainee))
    local = replace(READ, purpose="LOCAL_WORKERS", office="clerk")
    given(DISCLOSURE).having_seen(seen()).when(local).rejected(PurposeNotYours)
    assert DISCLOSURE.decide(replace(local, request="r1"), False, seen())
    own = replace(READ, purpose=OWN_FILE, office="worker", reader="w1")
    assert DISCLOSURE.decide(own, False, seen())
    given(DISCLOSURE).having_seen(seen()).when(replace(own, reader="w2")).rejected(PurposeNotYours)


@pytest.mark.parametrize(
    ("privacy", "refusal"),
    [
        (Privacy(erased=True), PersonalDataGone),
        (Privacy(restriction=Restriction(ground="DISPUTE", until=None)), UseIsRestricted),
        (Privacy(restriction=Restriction(ground="DISPUTE", until=date(2026, 3, 4))), UseIsRestricted),
    ],
)
def test_what_is_gone_or_only_kept_is_not_read(privacy: Privacy, refusal: type[Rejected]) -> None:
    given(DISCLOSURE).having_seen(seen(Unknown(privacy=privacy))).when(READ).rejected(refusal)


def test_a_restriction_ends_on_its_day_and_never_keeps_persons_from_their_own_file() -> None:
    until = Unknown(privacy=Privacy(restriction=Restriction(ground="DISPUTE", until=TODAY)))
    given(DISCLOSURE).having_seen(seen(until)).when(READ).then(DISCLOSED)
    kept = Unknown(privacy=Privacy(restriction=Restriction(ground="LEGAL_RETENTION", until=date(2030, 1, 1))))
    own = replace(READ, purpose=OWN_FILE, office="worker", reader="w1")
    assert DISCLOSURE.decide(own, False, seen(kept))
    gone = seen(Unknown(privacy=Privacy(erased=True)))
    given(DISCLOSURE).having_seen(gone).when(own).rejected(PersonalDataGone)


def test_a_request_for_local_workers_says_whom_it_found() -> None:
    found = (AskedWorker(worker="w1", survey="s1"),)
    by = {"reader": "chen", "organisation": "440112-hrss", "office": "clerk"}
    ask = AskForLocalWorkers(region="520102", groups=(), found=found, **by)
    asked = LocalWorkersAsked(region="520102", groups=(), found=found, **by)
    given(LOCAL_REQUEST).when(ask).then(asked)
    given(LOCAL_REQUEST, asked).when(ask).then()


def test_everything_that_a_file_shows_has_a_title() -> None:
    shown = {kind for decider in (SURVEY, WORKER, BANK_ACCOUNT, HOUSEHOLD, TRAINEE_LIST) for kind in types_of(decider)}
    assert shown - {"number-reindexed", "household-registered"} <= set(TITLES)


def types_of(decider: Any) -> frozenset[str]:
    return Codec(decider.events).types()
