"""A transfer where the worker comes from: answered, dispatched, and every way in which it ends."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from eventcore import fold
from eventcore.effects import Release, Take, Wake
from eventcore.testing import given
from placement.transfers.home import refusals
from placement.transfers.home.commands import (
    Dispatch,
    Expire,
    Stop,
    TakeAbsence,
    TakeAcceptance,
    TakeArrival,
    TakeJob,
    TakePlace,
    TakeRejection,
    TakeReturn,
    Withdraw,
)
from placement.transfers.home.events import (
    TransferArrived,
    TransferCompleted,
    TransferDropped,
    TransferExpired,
    TransferLetGo,
    TransferMissed,
    TransferRejected,
    TransferReturned,
    TransferTooLate,
    TransferWithdrawn,
)
from placement.transfers.home.state import Ended
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.permission.permission import OPEN_TRANSFER
from placement.transfers.way import DoesNotFit
from transfer_samples import (
    ANSWER_UNTIL,
    ARRIVE_UNTIL,
    AT,
    AT_HOME,
    BY_A_STRANGER,
    BY_HOST,
    CONFIRMED,
    DISPATCH_UNTIL,
    DISPATCHED,
    NOMINATED,
    OF,
    PROPOSED,
    WORKER,
)
from transfer_samples import TRANSFER as TRANSFER_ID

ACCEPTANCE: Final = TakeAcceptance(said=BY_HOST, at=ANSWER_UNTIL)
LATE: Final = TakeAcceptance(said=BY_HOST, at=ANSWER_UNTIL + timedelta(seconds=1))
EXPIRED: Final = TransferExpired(**OF, waited_for="ANSWER")
WITHDRAWN: Final = TransferWithdrawn(**OF, reason="OWN_WISH", organisation="hr-520526")
DEAD: Final = TransferWithdrawn(**OF, reason="DECEASED", organisation="hr-520526")
LEAVE: Final = Dispatch(
    left_on=date(2026, 5, 4), arrive_until=ARRIVE_UNTIL, now=AT, by=replace(AT_HOME, today=date(2026, 5, 4))
)
JOB: Final = TakeJob(by="440000", employment="job-1", worker=WORKER, started_on=date(2026, 5, 19))
COMPLETED: Final = TransferCompleted(**OF, employment="job-1", started_on=date(2026, 5, 19))
UNTIL_CONFIRMED: Final = (PROPOSED, NOMINATED, CONFIRMED)
ON_THE_WAY: Final = (*UNTIL_CONFIRMED, DISPATCHED)
THERE: Final = (*ON_THE_WAY, TransferArrived(**OF, arrived_on=date(2026, 5, 18)))


def test_the_host_hears_of_it_when_the_agreement_has_a_place() -> None:
    given(TRANSFER, PROPOSED).when(TakePlace(reason=None)).then(NOMINATED)
    given(TRANSFER, PROPOSED, NOMINATED).when(TakePlace(reason=None)).then()


def test_without_a_place_it_is_over() -> None:
    given(TRANSFER, PROPOSED).when(TakePlace(reason="QUOTA")).then(TransferDropped(**OF, reason="QUOTA"))


def test_an_acceptance_in_time_is_confirmed_once() -> None:
    given(TRANSFER, PROPOSED, NOMINATED).when(ACCEPTANCE).then(CONFIRMED)
    given(TRANSFER, *UNTIL_CONFIRMED).when(ACCEPTANCE).then()
    given(TRANSFER, *ON_THE_WAY).when(ACCEPTANCE).then()


def test_an_acceptance_after_the_term_is_too_late_also_where_no_timer_rang() -> None:
    given(TRANSFER, PROPOSED, NOMINATED).when(LATE).then(EXPIRED, TransferTooLate(**OF, ended="EXPIRED"))


def test_an_acceptance_of_what_expired_is_too_late_whenever_it_was_said() -> None:
    given(TRANSFER, PROPOSED, NOMINATED, EXPIRED).when(ACCEPTANCE).then(TransferTooLate(**OF, ended="EXPIRED"))


def test_an_acceptance_of_what_was_withdrawn_is_too_late_and_answered_once() -> None:
    late = TransferTooLate(**OF, ended="WITHDRAWN")
    given(TRANSFER, PROPOSED, NOMINATED, WITHDRAWN).when(ACCEPTANCE).then(late)
    given(TRANSFER, PROPOSED, NOMINATED, WITHDRAWN, late).when(ACCEPTANCE).then()


def test_a_confirmed_transfer_that_expires_was_answered_already() -> None:
    expired = TransferExpired(**OF, waited_for="DEPARTURE")
    given(TRANSFER, *UNTIL_CONFIRMED, expired).when(ACCEPTANCE).then()


def test_only_the_host_accepts() -> None:
    stranger = replace(BY_HOST, by="330000")
    given(TRANSFER, PROPOSED, NOMINATED).when(replace(ACCEPTANCE, said=stranger)).rejected(DoesNotFit)
    other = replace(BY_HOST, way=replace(BY_HOST.way, worker="somebody-else"))
    given(TRANSFER, PROPOSED, NOMINATED).when(replace(ACCEPTANCE, said=other)).rejected(DoesNotFit)
    given(TRANSFER, PROPOSED, NOMINATED).when(replace(ACCEPTANCE, said=BY_A_STRANGER)).rejected(DoesNotFit)


def test_the_host_rejects_before_it_is_over() -> None:
    rejection = TakeRejection(said=BY_HOST, reason="NO_SEAT")
    given(TRANSFER, PROPOSED, NOMINATED).when(rejection).then(TransferRejected(**OF, reason="NO_SEAT"))
    given(TRANSFER, PROPOSED, NOMINATED, EXPIRED).when(rejection).then()
    given(TRANSFER, *UNTIL_CONFIRMED).when(rejection).rejected(DoesNotFit)


def test_home_alone_lets_it_expire() -> None:
    given(TRANSFER, PROPOSED, NOMINATED).when(Expire(waited_for="ANSWER")).then(EXPIRED)
    departure = Expire(waited_for="DEPARTURE")
    given(TRANSFER, *UNTIL_CONFIRMED).when(departure).then(TransferExpired(**OF, waited_for="DEPARTURE"))
    given(TRANSFER, *UNTIL_CONFIRMED).when(Expire(waited_for="ANSWER")).then()
    given(TRANSFER, *ON_THE_WAY).when(departure).then()


def test_home_withdraws_until_the_departure() -> None:
    withdraw = Withdraw(reason="OWN_WISH", by=AT_HOME)
    given(TRANSFER, PROPOSED).when(withdraw).then(TransferDropped(**OF, reason="OWN_WISH"))
    given(TRANSFER, PROPOSED, NOMINATED).when(withdraw).then(WITHDRAWN)
    given(TRANSFER, *UNTIL_CONFIRMED).when(withdraw).then(WITHDRAWN)
    given(TRANSFER, *ON_THE_WAY).when(withdraw).rejected(refusals.TransferLeft)
    given(TRANSFER, PROPOSED, NOMINATED, WITHDRAWN).when(withdraw).then()
    given(TRANSFER, PROPOSED, NOMINATED, EXPIRED).when(withdraw).rejected(refusals.TransferOver)


def test_nobody_leaves_before_home_has_confirmed() -> None:
    given(TRANSFER, PROPOSED).when(LEAVE).rejected(refusals.TransferNotConfirmed)
    given(TRANSFER, PROPOSED, NOMINATED).when(LEAVE).rejected(refusals.TransferNotConfirmed)


def test_who_is_confirmed_leaves_once() -> None:
    given(TRANSFER, *UNTIL_CONFIRMED).when(LEAVE).then(replace(DISPATCHED, left_on=date(2026, 5, 4)))
    given(TRANSFER, *ON_THE_WAY).when(LEAVE).rejected(refusals.TransferLeft)
    given(TRANSFER, *UNTIL_CONFIRMED, WITHDRAWN).when(LEAVE).rejected(refusals.TransferOver)


@pytest.mark.parametrize("change", [{"left_on": date(2026, 5, 5)}, {"arrive_until": AT}])
def test_nobody_leaves_tomorrow_or_arrives_before_now(change: dict[str, Any]) -> None:
    given(TRANSFER, *UNTIL_CONFIRMED).when(replace(LEAVE, **change)).rejected(refusals.DepartureImpossible)


def test_after_the_departure_the_host_says_how_it_ends() -> None:
    arrival = TakeArrival(said=BY_HOST, arrived_on=date(2026, 5, 18))
    back = TakeReturn(said=BY_HOST, reason="NOT_HIRED", returned_on=date(2026, 5, 21))
    returned = TransferReturned(**OF, reason="NOT_HIRED", returned_on=date(2026, 5, 21))
    given(TRANSFER, *ON_THE_WAY).when(arrival).then(THERE[-1])
    given(TRANSFER, *THERE).when(arrival).then()
    given(TRANSFER, *ON_THE_WAY).when(TakeAbsence(said=BY_HOST)).then(TransferMissed(**OF))
    given(TRANSFER, *THERE).when(back).then(returned)
    given(TRANSFER, *THERE).when(JOB).then(COMPLETED)
    given(TRANSFER, *THERE, COMPLETED).when(back).then()
    given(TRANSFER, *UNTIL_CONFIRMED).when(arrival).rejected(DoesNotFit)


def test_a_job_that_overtakes_the_arrival_ends_it_too() -> None:
    given(TRANSFER, *ON_THE_WAY).when(JOB).then(COMPLETED)
    given(TRANSFER, *ON_THE_WAY, COMPLETED).when(TakeArrival(said=BY_HOST, arrived_on=date(2026, 5, 18))).then()


@pytest.mark.parametrize("wrong", [replace(JOB, by="330000"), replace(JOB, worker="somebody-else")])
def test_a_job_of_somebody_else_or_elsewhere_ends_nothing(wrong: TakeJob) -> None:
    given(TRANSFER, *THERE).when(wrong).rejected(DoesNotFit)


def test_what_is_stopped_before_the_departure_is_withdrawn_and_later_let_go() -> None:
    stop = Stop(ground="STEWARDSHIP")
    given(TRANSFER, PROPOSED).when(stop).then(TransferDropped(**OF, reason="STEWARDSHIP"))
    given(TRANSFER, *UNTIL_CONFIRMED).when(stop).then(replace(WITHDRAWN, reason="STEWARDSHIP"))
    given(TRANSFER, *ON_THE_WAY).when(stop).then(TransferLetGo(**OF, ground="STEWARDSHIP"))
    given(TRANSFER, PROPOSED, NOMINATED, EXPIRED).when(stop).then()


def test_a_death_ends_it_at_any_time_unless_the_host_said_how_it_ended() -> None:
    given(TRANSFER, *THERE).when(Stop(ground="DECEASED")).then(DEAD)
    given(TRANSFER, *THERE, DEAD).when(JOB).then(COMPLETED)
    given(TRANSFER, *UNTIL_CONFIRMED, DEAD).when(TakeAbsence(said=BY_HOST)).then()


def test_the_worker_is_held_from_the_proposal_to_the_end_and_released_once() -> None:
    take, release = Take(OPEN_TRANSFER, WORKER, TRANSFER_ID), Release(OPEN_TRANSFER, WORKER)
    assert take in tuple(TRANSFER.effects(TRANSFER.initial, PROPOSED))
    assert release in tuple(TRANSFER.effects(fold(TRANSFER, (PROPOSED, NOMINATED)), EXPIRED))
    dead = fold(TRANSFER, (*THERE, DEAD))
    assert isinstance(dead, Ended)
    assert tuple(TRANSFER.effects(dead, COMPLETED)) == ()


def test_home_waits_for_the_answer_and_then_for_the_departure() -> None:
    nominated = fold(TRANSFER, (PROPOSED, NOMINATED))
    assert tuple(TRANSFER.effects(fold(TRANSFER, (PROPOSED,)), NOMINATED)) == (Wake("ANSWER", ANSWER_UNTIL),)
    assert tuple(TRANSFER.effects(nominated, CONFIRMED)) == (Wake("ANSWER", None), Wake("DEPARTURE", DISPATCH_UNTIL))
    assert tuple(TRANSFER.effects(fold(TRANSFER, UNTIL_CONFIRMED), DISPATCHED)) == (Wake("DEPARTURE", None),)
