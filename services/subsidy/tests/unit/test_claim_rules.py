"""What a claim, its handler and its appeal allow, in the words of the office."""

from datetime import date, timedelta
from typing import Any

import pytest
from claim_facts import ISSUED, Life
from claim_world import TODAY, World
from eventcore import Seen
from eventcore.testing import given
from rule_packs import text_of
from subsidy.claims import refusals
from subsidy.claims.claim import CLAIM
from subsidy.claims.commands import FileAppeal, FreeReservation, HoldClaim, YieldReservation
from subsidy.claims.dossier.dossier import DOSSIER, Note
from subsidy.claims.dossier.events import AttendanceNoted
from subsidy.claims.dossier.parts import Said
from subsidy.claims.dossier.state import Dossier
from subsidy.claims.events import (
    AppealFiled,
    ClaimDecided,
    ClaimEvent,
    ClaimHeld,
    ClaimOpened,
    Once,
    ReservationAnswered,
    ReservationAsked,
    ReservationGivenUp,
)
from subsidy.claims.handlers.events import CommitmentSigned
from subsidy.claims.handlers.handler import HANDLER, Handler, SignCommitment
from subsidy.claims.state import Opened
from subsidy.money.payments.payee import Payee
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account, NothingYet, Payments
from subsidy.packs.explanation import Explanation

OF: dict[str, Any] = {"claim": "c1", "kind": "TRAINING", "worker": "w1", "region": "520526"}
BY: dict[str, Any] = {"organisation": "bijie-hrss", "today": TODAY}
OPENED = ClaimOpened(**OF, about="z1", because="certificate-z1/1/x", opened_on=TODAY)
ONCE = Once(pool="TRAINING", person="w1", occupation="2022/6-18-02-04", level="5", day=ISSUED)
AT_HOME: dict[str, Any] = {"home": "520000", "ask": 1}
ASKED = ReservationAsked(**OF, about="z1", once=ONCE, **AT_HOME, asked_on=TODAY)
GRANTED = ReservationAnswered(
    claim="c1", once=ONCE, granted=True, holder_region="520526", holder="c1", answer="reservation-r1/2"
)
GIVEN_UP = ReservationGivenUp(**OF, about="z1", once=ONCE, **AT_HOME)
HELD = ClaimHeld(
    claim="c1",
    region="520526",
    reason="CHECK_IDENTITY",
    held_on=TODAY,
    handler="hu",
    organisation="bijie-hrss",
)
INSTITUTION = Payee(kind="ORGANISATION", id="91520502MA6DLL0005")


def decided(amount: int, day: date = TODAY) -> ClaimDecided:
    return ClaimDecided(
        **OF,
        outcome="APPROVED" if amount else "REFUSED",
        fund="EMPLOYMENT_SUBSIDY",
        payee=INSTITUTION,
        amount=amount,
        explanation=Explanation(pack="520000-training@1", inputs=(), steps=(), reasons=()),
        decided_on=day,
        handler="hu",
        organisation="bijie-hrss",
    )


def appeal(day: date = TODAY) -> FileAppeal:
    return FileAppeal(ground="FACT_WRONG", document="申诉 2026-3", by="w1", organisation="bijie-hrss", today=day)


def filed(day: date = TODAY) -> AppealFiled:
    return AppealFiled(
        claim="c1",
        region="520526",
        decision="claim-c1/2",
        ground="FACT_WRONG",
        document="申诉 2026-3",
        filed_on=day,
        due_on=day + timedelta(days=60),
        by="w1",
        organisation="bijie-hrss",
    )


def test_there_are_sixty_days_to_appeal() -> None:
    last = TODAY + timedelta(days=60)
    given(CLAIM, OPENED, decided(0)).when(appeal(last)).then(filed(last))
    given(CLAIM, OPENED, decided(0)).when(appeal(last + timedelta(days=1))).rejected(refusals.AppealTooLate)


def test_a_decision_is_appealed_against_once() -> None:
    given(CLAIM, OPENED, decided(0), filed()).when(appeal()).rejected(refusals.AppealAlreadyOpen)
    given(CLAIM, OPENED).when(appeal()).rejected(refusals.NothingToAppeal)
    given(CLAIM).when(appeal()).rejected(refusals.ClaimNotOpen)


def test_a_claim_is_held_before_it_is_decided() -> None:
    hold = HoldClaim(reason="CHECK_IDENTITY", handler="hu", **BY)
    given(CLAIM, OPENED).when(hold).then(HELD)
    given(CLAIM, OPENED, HELD).when(hold).then()
    given(CLAIM, OPENED, decided(0)).when(hold).rejected(refusals.ClaimAlreadyDecided)


def test_only_what_was_not_decided_yields() -> None:
    command = YieldReservation(once=ONCE, today=TODAY)
    assert len(CLAIM.decide(command, _state(OPENED, ASKED, GRANTED), Seen())) == 2
    given(CLAIM, OPENED, ASKED, GRANTED, decided(120000)).when(command).then()
    given(CLAIM, OPENED, ASKED).when(command).then()


def _state(*events: ClaimEvent) -> Any:
    state = CLAIM.initial
    for event in events:
        state = CLAIM.evolve(state, event)
    assert isinstance(state, Opened)
    return state


def account(**changes: Any) -> Account:
    plain: dict[str, Any] = {
        "claim": "c1",
        "kind": "TRAINING",
        "region": "520526",
        "fund": "EMPLOYMENT_SUBSIDY",
        "payee": INSTITUTION,
        "owed": 0,
        "decision": "claim-c1/4",
        "handlers": ("hu",),
    }
    return Account(**(plain | changes))


@pytest.mark.parametrize(("payments", "free"), [(NothingYet(), True), (account(), True), (account(owed=1), False)])
def test_a_reservation_is_free_only_when_nothing_is_owed_or_paid(payments: Payments, free: bool) -> None:
    seen = Seen(states={(PAYMENT.category, "c1"): payments})
    history = given(CLAIM, OPENED, ASKED, GRANTED, decided(0)).having_seen(seen)
    history.when(FreeReservation(claim="c1")).then(*([GIVEN_UP] if free else []))


def test_a_reservation_of_a_claim_that_stands_is_kept() -> None:
    seen = Seen(states={(PAYMENT.category, "c1"): account()})
    given(CLAIM, OPENED, ASKED, GRANTED, decided(120000)).having_seen(seen).when(FreeReservation(claim="c1")).then()


def test_a_commitment_begins_by_today_and_lasts_a_year_at_most() -> None:
    def sign(first: date, end: date) -> SignCommitment:
        return SignCommitment(
            handler="hu", signed_on=first, valid_to=end, document="廉承 2026-17", supervisor="su", **BY
        )

    year = TODAY + timedelta(days=366)
    signed = CommitmentSigned(
        handler="hu",
        signed_on=TODAY,
        valid_to=year,
        document="廉承 2026-17",
        supervisor="su",
        organisation="bijie-hrss",
    )
    given(HANDLER).when(sign(TODAY, year)).then(signed)
    given(HANDLER, signed).when(sign(TODAY, year)).then()
    for first, end in ((TODAY, TODAY), (TODAY, year + timedelta(days=1)), (year, year + timedelta(days=9))):
        given(HANDLER).when(sign(first, end)).rejected(refusals.CommitmentTermWrong)


def test_a_commitment_ends() -> None:
    handler = Handler(commitments=((TODAY, TODAY + timedelta(days=10)),))
    assert handler.may_decide(TODAY)
    assert handler.may_decide(TODAY + timedelta(days=9))
    assert not handler.may_decide(TODAY + timedelta(days=10))
    assert not handler.may_decide(TODAY - timedelta(days=1))


def test_of_what_is_said_of_the_same_the_last_counts_whichever_comes_first() -> None:
    def attendance(days: int, order: int) -> Note:
        noted = AttendanceNoted(
            worker="w1",
            training_class="k1",
            completed=True,
            minutes=days * 360,
            attended_days=days,
            said=Said(fact=f"enrolment-w1/{order}/x", order=order),
            concerns=(),
        )
        return Note(noted)

    newer = DOSSIER.decide(attendance(17, 7), Dossier(), Seen())
    state = DOSSIER.evolve(Dossier(), newer[0])
    assert DOSSIER.decide(attendance(20, 5), state, Seen()) == []
    assert DOSSIER.decide(attendance(17, 7), state, Seen()) == []
    assert len(DOSSIER.decide(attendance(16, 8), state, Seen())) == 1


def test_a_refused_claim_that_was_not_granted_anything_keeps_no_reservation() -> None:
    wang = Life()
    world = World()
    world.publish(text_of("520000-training"))
    world.commit()
    world.tell(wang.registered(), wang.completed(), wang.issued())
    assert world.guards
    world.tell(wang.suspended())
    assert not world.guards
    world.tell(wang.reinstated())
    assert world.guards
