"""A transfer where the work is: received, accepted with a seat, and every way in which it ends."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest
from contracts.transfer import EmployedV1
from eventcore import Seen, fold
from eventcore.effects import Wake
from eventcore.testing import given
from placement.offers.vacancies.events import Terms
from placement.offers.vacancies.state import Open
from placement.offers.vacancies.vacancy import VACANCY
from placement.publishing import published
from placement.transfers.host import refusals
from placement.transfers.host.commands import (
    Accept,
    GiveUpWaiting,
    RecordAbsence,
    RecordArrival,
    RecordReturn,
    Reject,
    TakeConfirmation,
    TakeDeparture,
    TakeEnd,
    TakeJob,
    TakeNomination,
    TakeSeatAnswer,
)
from placement.transfers.host.events import (
    ReceptionClosed,
    ReceptionEvent,
    ReceptionRejected,
    WorkerEmployed,
    WorkerNotArrived,
    WorkerReturned,
)
from placement.transfers.host.reception import GRACE, RECEPTION
from placement.transfers.host.state import JOB_OF_TRANSFER
from placement.transfers.way import DoesNotFit
from transfer_samples import (
    ACCEPTED,
    ARRIVE_UNTIL,
    ARRIVED,
    ASKED,
    AT_HOST,
    BY_A_STRANGER,
    BY_HOME,
    DISPATCH_UNTIL,
    EXPECTED,
    HEARD_CONFIRMED,
    HOST,
    OFFER,
    RECEIVED,
    WAY,
    WELDER,
    WORKER,
)
from transfer_samples import TRANSFER as TRANSFER_ID
from transfer_samples import VACANCY as VACANCY_ID

NOMINATION: Final = TakeNomination(said=BY_HOME, offer=OFFER)
CONFIRMATION: Final = TakeConfirmation(said=BY_HOME, dispatch_until=DISPATCH_UNTIL)
DEPARTURE: Final = TakeDeparture(said=BY_HOME, left_on=EXPECTED.left_on, arrive_until=ARRIVE_UNTIL)
EXPIRY: Final = TakeEnd(said=BY_HOME, ending="EXPIRED")
WITHDRAWAL: Final = TakeEnd(said=BY_HOME, ending="WITHDRAWN")
ACCEPT: Final = Accept(vacancy=VACANCY_ID, by=AT_HOST)
EXPIRED: Final = ReceptionClosed(way=WAY, ending="EXPIRED")
WITHDRAWN: Final = ReceptionClosed(way=WAY, ending="WITHDRAWN")
REJECTED: Final = ReceptionRejected(way=WAY, reason="NO_SEAT", organisation="hr-440306")
NOT_ARRIVED: Final = WorkerNotArrived(way=WAY, organisation="hr-440306")
RETURN: Final = RecordReturn(transfer=TRANSFER_ID, reason="NOT_HIRED", returned_on=date(2026, 5, 20), by=AT_HOST)
JOB: Final = TakeJob(employment="job-1", worker=WORKER, started_on=date(2026, 5, 19), organisation="91440300MA5FABCD1X")
EMPLOYED: Final = WorkerEmployed(way=WAY, employment="job-1", started_on=date(2026, 5, 19))
UNTIL_ACCEPTED: Final = (RECEIVED, ASKED, ACCEPTED)
UNTIL_CONFIRMED: Final = (*UNTIL_ACCEPTED, HEARD_CONFIRMED)
COMING: Final = (*UNTIL_CONFIRMED, EXPECTED)
HERE: Final = (*COMING, ARRIVED)
OPEN: Final = Open(
    vacancy=VACANCY_ID,
    employer="91440300MA5FABCD1X",
    terms=Terms(
        kind="ORDINARY",
        occupation=WELDER,
        level="5",
        certificate_needed=False,
        region=HOST,
        heads=2,
        wage_from=500_000,
        wage_to=700_000,
        open_until=date(2026, 6, 30),
    ),
    agreement=None,
    to=(),
)


def vacancy(state: object) -> Seen:
    return Seen({(VACANCY.category, VACANCY_ID): state})


def test_a_nomination_is_received_once_and_from_its_home_only() -> None:
    given(RECEPTION).when(NOMINATION).then(RECEIVED)
    given(RECEPTION, RECEIVED).when(NOMINATION).then()
    given(RECEPTION).when(replace(NOMINATION, said=BY_A_STRANGER)).rejected(DoesNotFit)


@pytest.mark.parametrize("to", [(), ("330000",), ("440000", "330000")])
def test_a_nomination_to_another_province_than_that_of_the_work_is_not_received(to: tuple[str, ...]) -> None:
    given(RECEPTION).when(replace(NOMINATION, said=replace(BY_HOME, to=to))).rejected(DoesNotFit)


def test_a_county_that_never_was_is_not_received() -> None:
    nowhere = replace(BY_HOME, way=replace(WAY, host="449999"))
    given(RECEPTION).when(replace(NOMINATION, said=nowhere)).rejected(DoesNotFit)


def test_what_ended_before_it_was_heard_of_stays_ended() -> None:
    given(RECEPTION).when(EXPIRY).then(EXPIRED)
    given(RECEPTION, EXPIRED).when(NOMINATION).then()
    given(RECEPTION, EXPIRED).having_seen(vacancy(OPEN)).when(ACCEPT).rejected(refusals.ReceptionOver)


def test_an_acceptance_asks_for_a_seat_first() -> None:
    given(RECEPTION, RECEIVED).having_seen(vacancy(OPEN)).when(ACCEPT).then(ASKED)
    given(RECEPTION, RECEIVED, ASKED).having_seen(vacancy(OPEN)).when(ACCEPT).then()


def test_a_vacancy_of_another_province_has_no_seat_here() -> None:
    given(RECEPTION, RECEIVED).having_seen(vacancy(VACANCY.initial)).when(ACCEPT).rejected(refusals.VacancyNotHere)


def test_the_seat_decides() -> None:
    given(RECEPTION, RECEIVED, ASKED).when(TakeSeatAnswer(held=True)).then(ACCEPTED)
    given(RECEPTION, RECEIVED, ASKED).when(TakeSeatAnswer(held=False)).then(REJECTED)
    given(RECEPTION, RECEIVED, ASKED, WITHDRAWN).when(TakeSeatAnswer(held=True)).then()


def test_the_host_rejects_until_it_has_accepted() -> None:
    reject = Reject(reason="NOT_SUITABLE", by=AT_HOST)
    given(RECEPTION, RECEIVED).when(reject).then(replace(REJECTED, reason="NOT_SUITABLE"))
    given(RECEPTION, RECEIVED, ASKED).when(reject).then(replace(REJECTED, reason="NOT_SUITABLE"))
    given(RECEPTION, *UNTIL_ACCEPTED).when(reject).rejected(refusals.ReceptionAnswered)
    given(RECEPTION, RECEIVED, REJECTED).when(reject).then()


def test_no_timer_of_the_host_runs_before_the_worker_has_left() -> None:
    history: tuple[ReceptionEvent, ...] = UNTIL_CONFIRMED
    for n, event in enumerate(history):
        assert tuple(RECEPTION.effects(fold(RECEPTION, UNTIL_CONFIRMED[:n]), event)) == ()
        given(RECEPTION, *UNTIL_CONFIRMED[: n + 1]).when(GiveUpWaiting(transfer=TRANSFER_ID)).then()


def test_home_answers_an_acceptance() -> None:
    given(RECEPTION, *UNTIL_ACCEPTED).when(CONFIRMATION).then(HEARD_CONFIRMED)
    given(RECEPTION, *UNTIL_CONFIRMED).when(CONFIRMATION).then()
    given(RECEPTION, *UNTIL_ACCEPTED).when(EXPIRY).then(EXPIRED)
    given(RECEPTION, *UNTIL_ACCEPTED, EXPIRED).when(CONFIRMATION).then()


def test_what_was_never_accepted_is_not_confirmed() -> None:
    given(RECEPTION, RECEIVED).when(CONFIRMATION).rejected(DoesNotFit)
    given(RECEPTION).when(DEPARTURE).rejected(DoesNotFit)


def test_home_knows_no_other_ends() -> None:
    given(RECEPTION, RECEIVED).when(replace(EXPIRY, ending="REJECTED")).rejected(DoesNotFit)
    given(RECEPTION, *COMING).when(EXPIRY).rejected(DoesNotFit)


def test_the_departure_says_that_it_was_confirmed() -> None:
    given(RECEPTION, *UNTIL_ACCEPTED).when(DEPARTURE).then(EXPECTED)
    given(RECEPTION, *UNTIL_CONFIRMED).when(DEPARTURE).then(EXPECTED)
    given(RECEPTION, *COMING).when(DEPARTURE).then()
    given(RECEPTION, *COMING).when(CONFIRMATION).then()


def test_who_is_on_the_way_arrives() -> None:
    arrive = RecordArrival(arrived_on=date(2026, 5, 18), by=AT_HOST)
    given(RECEPTION, *COMING).when(arrive).then(ARRIVED)
    given(RECEPTION, *HERE).when(arrive).then()
    given(RECEPTION, *UNTIL_CONFIRMED).when(arrive).rejected(refusals.WorkerNotOnTheWay)
    given(RECEPTION, *COMING).when(replace(arrive, arrived_on=date(2026, 5, 14))).rejected(refusals.DayImpossible)
    given(RECEPTION, *COMING).when(replace(arrive, arrived_on=date(2026, 5, 21))).rejected(refusals.DayImpossible)
    given(RECEPTION, *COMING, NOT_ARRIVED).when(arrive).rejected(refusals.ReceptionOver)


def test_nobody_is_given_up_before_the_term() -> None:
    early = RecordAbsence(transfer=TRANSFER_ID, now=ARRIVE_UNTIL, by=AT_HOST)
    late = replace(early, now=ARRIVE_UNTIL + timedelta(seconds=1))
    given(RECEPTION, *COMING).when(early).rejected(refusals.StillExpected)
    given(RECEPTION, *COMING).when(late).then(NOT_ARRIVED)
    given(RECEPTION, *COMING, NOT_ARRIVED).when(late).then()
    given(RECEPTION, *HERE).when(late).rejected(refusals.WorkerHere)


def test_a_timer_gives_up_who_never_came() -> None:
    assert tuple(RECEPTION.effects(fold(RECEPTION, UNTIL_CONFIRMED), EXPECTED)) == (
        Wake("ARRIVAL", ARRIVE_UNTIL + GRACE),
    )
    given(RECEPTION, *COMING).when(GiveUpWaiting(transfer=TRANSFER_ID)).then(NOT_ARRIVED)
    given(RECEPTION, *HERE).when(GiveUpWaiting(transfer=TRANSFER_ID)).then()


def test_who_finds_no_job_returns() -> None:
    returned = WorkerReturned(way=WAY, reason="NOT_HIRED", returned_on=date(2026, 5, 20), organisation="hr-440306")
    given(RECEPTION, *HERE).when(RETURN).then(returned)
    given(RECEPTION, *HERE, returned).when(RETURN).then()
    given(RECEPTION, *COMING).when(RETURN).rejected(refusals.WorkerNotHere)
    given(RECEPTION, *HERE).when(replace(RETURN, returned_on=date(2026, 5, 17))).rejected(refusals.DayImpossible)


def test_the_job_ends_it_and_says_the_arrival_where_nobody_did() -> None:
    arrived = replace(ARRIVED, arrived_on=date(2026, 5, 19), organisation=JOB.organisation)
    given(RECEPTION, *HERE).when(JOB).then(EMPLOYED)
    given(RECEPTION, *COMING).when(JOB).then(arrived, EMPLOYED)
    given(RECEPTION, *HERE, EMPLOYED).when(JOB).then()
    given(RECEPTION, *HERE).when(replace(JOB, worker="somebody-else")).rejected(DoesNotFit)
    given(RECEPTION, *UNTIL_CONFIRMED).when(JOB).rejected(refusals.WorkerNotOnTheWay)


def test_who_sent_a_guest_is_told_of_the_job_and_nobody_else_twice() -> None:
    guest = replace(RECEIVED, offer=replace(OFFER, origin="330106"))
    employed = replace(EMPLOYED, is_guest=True)
    given(RECEPTION, guest, *HERE[1:]).when(JOB).then(employed)
    told = published(employed)
    assert isinstance(told, EmployedV1)
    assert (told.to, told.employment) == (("520000",), "job-1")
    assert published(EMPLOYED) is None


def test_before_the_departure_homes_end_stands_also_against_a_rejection() -> None:
    given(RECEPTION, RECEIVED, REJECTED).when(WITHDRAWAL).then(WITHDRAWN)
    given(RECEPTION, RECEIVED, WITHDRAWN).when(EXPIRY).then()


def test_after_the_departure_only_a_death_is_homes_to_say() -> None:
    given(RECEPTION, *HERE).when(WITHDRAWAL).then(WITHDRAWN)
    given(RECEPTION, *HERE, EMPLOYED).when(WITHDRAWAL).then()


def test_a_job_that_has_begun_stands_against_every_other_end() -> None:
    has_job = Seen({}, {(JOB_OF_TRANSFER, TRANSFER_ID): "job-1"})
    late = RecordAbsence(transfer=TRANSFER_ID, now=ARRIVE_UNTIL + timedelta(days=1), by=AT_HOST)
    given(RECEPTION, *HERE).having_seen(has_job).when(RETURN).rejected(refusals.WorkerHasJob)
    given(RECEPTION, *COMING).having_seen(has_job).when(late).rejected(refusals.WorkerHasJob)
    given(RECEPTION, *COMING).having_seen(has_job).when(GiveUpWaiting(transfer=TRANSFER_ID)).then()
    given(RECEPTION, *HERE).having_seen(has_job).when(WITHDRAWAL).then()
