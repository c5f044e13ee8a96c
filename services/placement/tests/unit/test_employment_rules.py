"""Jobs: who may be hired, one job at an employer at a time, months of which the later counts, and the end."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore import Release, Seen, Take
from eventcore.testing import given
from job_samples import BY, EMPLOYER, HIRING, HOST, LABOURER, STARTED, TERMS, WELDER, WORKER, seeing
from offers_samples import EMPLOYER_KEY, published
from placement.jobs.employments import refusals
from placement.jobs.employments.commands import (
    ConfirmMonth,
    EndEmployment,
    Placed,
    SignContract,
    StartEmployment,
)
from placement.jobs.employments.employment import EMPLOYMENT
from placement.jobs.employments.events import ContractSigned, EmploymentEnded, EmploymentEvent, MonthConfirmed
from placement.jobs.employments.hiring import AT_EMPLOYER
from placement.jobs.qualifications.events import CertificateMarked, CertificateNoted
from placement.jobs.rules import admission
from placement.transfers.host.state import JOB_OF_TRANSFER
from placement.transfers.permission.events import ActingBegun
from placement.transfers.persons.events import PersonEnded, PersonKnown
from placement.transfers.persons.person import WorkerEnded
from transfer_samples import ACCEPTED, ASKED, EXPECTED, HEARD_CONFIRMED, RECEIVED, TRANSFER, VACANCY, WAY

START = StartEmployment(hiring=HIRING, started_on=date(2026, 3, 2), by=BY)
SIGN = SignContract(hiring=HIRING, signed_on=date(2026, 2, 20), ends_on=date(2028, 2, 29), by=BY)
SIGNED = ContractSigned(
    terms=TERMS,
    signed_on=date(2026, 2, 20),
    ends_on=date(2028, 2, 29),
    official="zhao",
    organisation="hr-440306",
)
MARCH = ConfirmMonth(month="2026-03", days=22, wage=520_000, insured=True, by=BY)
CONFIRMED = MonthConfirmed(
    terms=TERMS,
    month="2026-03",
    days=22,
    wage=520_000,
    insured=True,
    official="zhao",
    organisation="hr-440306",
)
END = EndEmployment(worker=WORKER, ended_on=date(2026, 9, 1), reason="RESIGNED", by=BY)
ENDED = EmploymentEnded(
    terms=TERMS,
    ended_on=date(2026, 9, 1),
    reason="RESIGNED",
    responsible=False,
    official="zhao",
    organisation="hr-440306",
)
WELDING = replace(HIRING, occupation=WELDER)
CERTIFICATE = CertificateNoted(
    worker=WORKER,
    certificate="c1",
    occupation="1999/6-04-02-05",
    level="5",
    holds_from=date(2025, 5, 20),
    valid_until=None,
    told_by="",
)


def seen(command: object, **histories: Any) -> Seen:
    return seeing(EMPLOYMENT, command, **histories)


def test_a_worker_who_found_the_job_alone_starts_it_with_or_without_a_contract() -> None:
    given(EMPLOYMENT).having_seen(seen(START)).when(START).then(STARTED)
    given(EMPLOYMENT).having_seen(seen(SIGN)).when(SIGN).then(SIGNED)
    given(EMPLOYMENT, SIGNED).having_seen(seen(START)).when(START).then(STARTED)
    given(EMPLOYMENT, STARTED).having_seen(seen(START)).when(START).then()


def test_a_contract_is_signed_again_with_another_term_and_the_same_again_is_nothing() -> None:
    renewed = replace(SIGN, signed_on=date(2026, 8, 1), ends_on=None)
    given(EMPLOYMENT, SIGNED, STARTED).having_seen(seen(SIGN)).when(SIGN).then()
    given(EMPLOYMENT, SIGNED, STARTED).having_seen(seen(renewed)).when(renewed).then(
        replace(SIGNED, signed_on=date(2026, 8, 1), ends_on=None)
    )
    backwards = replace(SIGN, ends_on=date(2026, 2, 1))
    given(EMPLOYMENT).having_seen(seen(backwards)).when(backwards).rejected(refusals.DayOutOfOrder)


def test_the_home_of_who_is_known_here_is_what_the_registry_says() -> None:
    known = PersonKnown(worker=WORKER, household_region="440305", groups=())
    (started,) = EMPLOYMENT.decide(START, EMPLOYMENT.initial, seen(START, person=(known,)))
    assert started.terms.home == "440305"


def test_nobody_is_hired_without_a_home_nor_after_death() -> None:
    for home in (None, "440305"):
        command = replace(START, hiring=replace(HIRING, home=home))
        given(EMPLOYMENT).having_seen(seen(command)).when(command).rejected(refusals.HomeNotSaid)
    person = (
        PersonKnown(worker=WORKER, household_region="440305", groups=()),
        PersonEnded(worker=WORKER, ground="DECEASED", transfer=None),
    )
    given(EMPLOYMENT).having_seen(seen(START, person=person)).when(START).rejected(WorkerEnded)


def test_a_worker_has_one_job_at_an_employer_at_a_time() -> None:
    taken = seen(START, holders={(AT_EMPLOYER, f"{WORKER}/{EMPLOYER}"): "e0"})
    given(EMPLOYMENT).having_seen(taken).when(START).rejected(refusals.SameJobTwice)
    guard = f"{WORKER}/{EMPLOYER}"
    assert list(EMPLOYMENT.effects(EMPLOYMENT.initial, STARTED)) == [Take(AT_EMPLOYER, guard, "e1")]
    assert list(EMPLOYMENT.effects(EMPLOYMENT.initial, ENDED)) == [Release(AT_EMPLOYER, guard)]


def test_other_terms_under_a_known_id_are_refused() -> None:
    other = replace(SIGN, hiring=replace(HIRING, occupation=WELDER))
    given(EMPLOYMENT, STARTED).having_seen(seen(other)).when(other).rejected(refusals.OtherTerms)


CONFIRMED_THERE = (RECEIVED, ASKED, ACCEPTED, HEARD_CONFIRMED)
PLACED = replace(
    START,
    hiring=replace(
        HIRING,
        worker=WAY.worker,
        home=None,
        employer=EMPLOYER_KEY,
        region=WAY.host,
        placed=Placed(transfer=TRANSFER, vacancy=VACANCY),
    ),
    started_on=date(2026, 5, 20),
)


def on_the_way(command: object, **histories: Any) -> Seen:
    known = {"reception": (*CONFIRMED_THERE, EXPECTED), "vacancy": (published(vacancy=VACANCY),)}
    return seen(command, **known | histories)


def test_the_job_of_a_transfer_is_that_of_its_worker_its_employer_and_its_county() -> None:
    (started,) = EMPLOYMENT.decide(PLACED, EMPLOYMENT.initial, on_the_way(PLACED))
    assert (started.terms.home, started.terms.transfer, started.terms.self_found) == (WAY.home, TRANSFER, False)
    others: tuple[dict[str, Any], ...] = ({"worker": "w9"}, {"region": "440305"}, {"employer": EMPLOYER})
    for other in others:
        wrong = replace(PLACED, hiring=replace(PLACED.hiring, **other))
        given(EMPLOYMENT).having_seen(on_the_way(wrong)).when(wrong).rejected(refusals.TransferDoesNotFit)


def test_the_job_of_a_guest_who_was_sent_onward_is_told_to_the_true_home() -> None:
    guest = replace(RECEIVED, offer=replace(RECEIVED.offer, origin="330106"))
    having = on_the_way(PLACED, reception=(guest, *CONFIRMED_THERE[1:], EXPECTED))
    (started,) = EMPLOYMENT.decide(PLACED, EMPLOYMENT.initial, having)
    assert started.terms.home == "330106"


def test_nobody_starts_before_leaving_home_and_no_transfer_leads_to_two_jobs() -> None:
    early = on_the_way(PLACED, reception=CONFIRMED_THERE)
    given(EMPLOYMENT).having_seen(early).when(PLACED).rejected(refusals.TransferDoesNotFit)
    taken = on_the_way(PLACED, holders={(JOB_OF_TRANSFER, TRANSFER): "e0"})
    given(EMPLOYMENT).having_seen(taken).when(PLACED).rejected(refusals.TransferHasJob)


def test_the_end_says_whether_this_province_is_responsible() -> None:
    ours = seen(END, permission=(ActingBegun(worker=WORKER, epoch=2),))
    given(EMPLOYMENT, STARTED).having_seen(ours).when(END).then(replace(ENDED, responsible=True))


def test_a_listed_occupation_needs_a_certificate_that_holds_on_the_day_of_the_hiring() -> None:
    command = replace(START, hiring=WELDING)
    holding = seen(command, qualification=(CERTIFICATE,))
    welding = replace(STARTED, terms=replace(TERMS, occupation=WELDER), certificates=("c1",))
    given(EMPLOYMENT).having_seen(holding).when(command).then(welding)
    suspended = CertificateMarked(worker=WORKER, certificate="c1", holds=False, marked_on=date(2026, 3, 2))
    for history in (
        (),
        (replace(CERTIFICATE, occupation=LABOURER),),
        (replace(CERTIFICATE, level="0"),),
        (replace(CERTIFICATE, holds_from=date(2026, 3, 3)),),
        (replace(CERTIFICATE, valid_until=date(2026, 3, 1)),),
        (CERTIFICATE, suspended),
    ):
        without = seen(command, qualification=history)
        given(EMPLOYMENT).having_seen(without).when(command).rejected(refusals.CertificateMissing)
    late = replace(suspended, marked_on=date(2026, 3, 3))
    given(EMPLOYMENT).having_seen(seen(command, qualification=(CERTIFICATE, late))).when(command).then(welding)


def test_occupations_are_listed_under_the_code_of_any_edition_from_a_day_on() -> None:
    assert admission.listed("1999/6-04-02-05", HOST, date(2026, 3, 2)) is not None
    assert admission.listed(WELDER, HOST, date(2022, 9, 27)) is None
    assert admission.listed(LABOURER, HOST, date(2026, 3, 2)) is None


def test_a_month_said_again_takes_the_place_of_the_one_before_and_the_same_is_nothing() -> None:
    given(EMPLOYMENT, STARTED).when(MARCH).then(CONFIRMED)
    given(EMPLOYMENT, STARTED, CONFIRMED).when(MARCH).then()
    given(EMPLOYMENT, STARTED, CONFIRMED).when(replace(MARCH, days=20)).then(replace(CONFIRMED, days=20))
    given(EMPLOYMENT, STARTED, CONFIRMED, ENDED).when(replace(MARCH, days=20)).then(replace(CONFIRMED, days=20))


@pytest.mark.parametrize(
    ("month", "days", "refusal"),
    [
        ("2026-02", 1, refusals.MonthOutside),
        ("2026-03", 31, refusals.TooManyDays),
        ("2026-11", 25, refusals.TooManyDays),
        ("2026-12", 0, refusals.MonthOutside),
    ],
)
def test_no_more_days_are_confirmed_than_the_job_had(month: str, days: int, refusal: Any) -> None:
    given(EMPLOYMENT, STARTED).when(replace(MARCH, month=month, days=days)).rejected(refusal)


def test_the_last_days_of_a_job_are_those_before_its_end() -> None:
    history: tuple[EmploymentEvent, ...] = (STARTED, replace(ENDED, ended_on=date(2026, 8, 11)))
    august = replace(MARCH, month="2026-08", days=10)
    given(EMPLOYMENT, *history).when(august).then(replace(CONFIRMED, month="2026-08", days=10))
    given(EMPLOYMENT, *history).when(replace(august, days=11)).rejected(refusals.TooManyDays)
    given(EMPLOYMENT, *history).when(replace(august, month="2026-09", days=0)).rejected(refusals.MonthOutside)


def test_a_job_ends_once_and_not_before_days_that_are_confirmed() -> None:
    given(EMPLOYMENT, STARTED).having_seen(seen(END)).when(END).then(ENDED)
    given(EMPLOYMENT, STARTED, ENDED).having_seen(seen(END)).when(END).then()
    given(EMPLOYMENT, STARTED, ENDED).having_seen(seen(END)).when(replace(END, reason="DISMISSED")).rejected(
        refusals.EmploymentEndedAlready
    )
    august = replace(CONFIRMED, month="2026-08", days=31)
    given(EMPLOYMENT, STARTED, august).having_seen(seen(END)).when(END).then(ENDED)
    early = replace(END, ended_on=date(2026, 8, 31))
    given(EMPLOYMENT, STARTED, august).having_seen(seen(END)).when(early).rejected(refusals.MonthsAfterEnd)
    given(EMPLOYMENT, STARTED).having_seen(seen(END)).when(replace(END, ended_on=date(2026, 3, 1))).rejected(
        refusals.DayOutOfOrder
    )
    given(EMPLOYMENT, STARTED).having_seen(seen(END)).when(replace(END, ended_on=date(2026, 11, 26))).rejected(
        refusals.DayOutOfOrder
    )


def test_nothing_is_confirmed_of_a_job_that_has_not_started() -> None:
    given(EMPLOYMENT, SIGNED).when(MARCH).rejected(refusals.EmploymentNotThere)
    given(EMPLOYMENT).having_seen(seen(END)).when(END).rejected(refusals.EmploymentNotThere)
