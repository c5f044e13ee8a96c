"""A transfer where the worker comes from: nominated, answered, dispatched, and every way in which it ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from eventcore import Seen, fold
from eventcore.effects import Release, Take, Wake
from eventcore.testing import given
from placement.jobs.qualifications.qualification import QUALIFICATION, Qualifications
from placement.offers.agreements import refusals as agreement_refusals
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.events import Terms
from placement.offers.agreements.state import InForce, side_key
from placement.offers.known.events import OfferNoted
from placement.offers.known.offer import OFFER, OnOffer
from placement.transfers.home import refusals
from placement.transfers.home.commands import (
    Dispatch,
    Expire,
    Propose,
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
from placement.transfers.permission.permission import OPEN_TRANSFER, PERMISSION, Acting, Holder, Idle, NotSteward
from placement.transfers.persons.events import Membership
from placement.transfers.persons.person import PERSON, Person, WorkerEnded, WorkerNotKnown
from placement.transfers.way import DoesNotFit
from transfer_samples import AGREEMENT as AGREEMENT_ID
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
    HOME,
    HOST,
    NOMINATED,
    OF,
    PLAN,
    PROPOSED,
    VACANCY,
    WELDER,
    WORKER,
)
from transfer_samples import TRANSFER as TRANSFER_ID

PROPOSE: Final = Propose(
    transfer=TRANSFER_ID,
    worker=WORKER,
    vacancy=VACANCY,
    agreement=AGREEMENT_ID,
    consented_on=date(2026, 5, 3),
    consent=PROPOSED.consent,
    answer_until=ANSWER_UNTIL,
    dispatch_until=DISPATCH_UNTIL,
    now=AT,
    by=AT_HOME,
)
OFFERED: Final = OfferNoted(
    vacancy=VACANCY,
    province="440000",
    employer="91440300MA5FABCD1X",
    kind="ORDINARY",
    occupation=WELDER,
    level="5",
    certificate_needed=False,
    region=HOST,
    heads=2,
    wage_from=500_000,
    wage_to=700_000,
    open_until=date(2026, 6, 30),
    agreement=AGREEMENT_ID,
)
TERMS: Final = Terms(
    kind="PROVINCE_PAIR",
    home="520000",
    host="440000",
    partner=None,
    occupations=(),
    quota=10,
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
)
KNOWN: Final = Person(
    region=HOME, groups=(Membership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1), valid_to=None),)
)
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


def seen(changed: Mapping[tuple[str, str], Any] | None = None, *, other: str | None = None) -> Seen:
    states = {
        (PERMISSION.category, WORKER): Acting(epoch=1, holder=Holder()),
        (PERSON.category, WORKER): KNOWN,
        (QUALIFICATION.category, WORKER): Qualifications(),
        (OFFER.category, VACANCY): OnOffer(terms=OFFERED),
        (AGREEMENT.category, side_key(AGREEMENT_ID, "HOME")): InForce(agreement=AGREEMENT_ID, side="HOME", terms=TERMS),
    }
    return Seen(states | dict(changed or {}), {(OPEN_TRANSFER, WORKER): other} if other else {})


def test_a_worker_who_agreed_is_proposed_with_groups_and_skills_and_no_name() -> None:
    proposed = replace(PROPOSED, plan=replace(PLAN, skills=()))
    given(TRANSFER).having_seen(seen()).when(PROPOSE).then(proposed)


def test_only_the_steward_nominates() -> None:
    elsewhere = Idle(newest=1, holder=Holder(epoch=2, region="440000"))
    tried = given(TRANSFER).having_seen(seen({(PERMISSION.category, WORKER): elsewhere})).when(PROPOSE)
    tried.rejected(NotSteward)


def test_who_holds_the_worker_is_named() -> None:
    elsewhere = Idle(newest=1, holder=Holder(epoch=2, region="440000"))
    with pytest.raises(NotSteward) as refused:
        TRANSFER.decide(PROPOSE, TRANSFER.initial, seen({(PERMISSION.category, WORKER): elsewhere}))
    assert refused.value.members() == {"steward": "440000"}


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (((PERSON.category, WORKER), Person()), WorkerNotKnown),
        (((PERSON.category, WORKER), replace(KNOWN, ended="DECEASED")), WorkerEnded),
        (((OFFER.category, VACANCY), OnOffer(terms=OFFERED, filled=True)), refusals.VacancyNotOnOffer),
        (
            ((OFFER.category, VACANCY), OnOffer(terms=replace(OFFERED, open_until=date(2026, 5, 3)))),
            refusals.VacancyNotOnOffer,
        ),
        (
            ((OFFER.category, VACANCY), OnOffer(terms=replace(OFFERED, agreement="another"))),
            refusals.VacancyNotUnderAgreement,
        ),
        (
            ((OFFER.category, VACANCY), OnOffer(terms=replace(OFFERED, certificate_needed=True))),
            refusals.CertificateMissing,
        ),
        (
            (
                (AGREEMENT.category, side_key(AGREEMENT_ID, "HOME")),
                InForce(agreement=AGREEMENT_ID, side="HOME", terms=replace(TERMS, home="520100")),
            ),
            refusals.VacancyNotUnderAgreement,
        ),
        (
            ((AGREEMENT.category, side_key(AGREEMENT_ID, "HOME")), AGREEMENT.initial),
            agreement_refusals.AgreementNotInForce,
        ),
    ],
    ids=["unknown", "dead", "filled", "lapsed", "other-agreement", "no-certificate", "other-county", "not-in-force"],
)
def test_nobody_is_nominated_for_what_does_not_hold(state: Any, refusal: Any) -> None:
    given(TRANSFER).having_seen(seen(dict([state]))).when(PROPOSE).rejected(refusal)


def test_a_worker_is_in_one_open_transfer_at_a_time() -> None:
    given(TRANSFER).having_seen(seen(other="another")).when(PROPOSE).rejected(refusals.WorkerInTransfer)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(PROPOSE, consented_on=date(2026, 5, 5)), refusals.ConsentMissing),
        (replace(PROPOSE, answer_until=AT), refusals.TermsOutOfOrder),
        (replace(PROPOSE, dispatch_until=ANSWER_UNTIL), refusals.TermsOutOfOrder),
        (replace(PROPOSE, dispatch_until=AT + timedelta(days=181)), refusals.TermsOutOfOrder),
    ],
    ids=["no-consent", "answer-over", "departure-before-the-answer", "too-long"],
)
def test_consent_and_terms_have_to_make_sense(command: Propose, refusal: Any) -> None:
    given(TRANSFER).having_seen(seen()).when(command).rejected(refusal)


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
