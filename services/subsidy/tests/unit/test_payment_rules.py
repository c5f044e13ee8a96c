"""Payments of a claim in the words of the office: ordered once, corrected, failed, renewed, returned, recovered."""

from dataclasses import replace
from datetime import date
from typing import Any

from eventcore import Take
from eventcore.testing import given
from subsidy.money.payments import refusals
from subsidy.money.payments.balancing import order_id
from subsidy.money.payments.commands import (
    LeaveOut,
    OrderPayment,
    RecordRecovery,
    RenewPayment,
    SettleClaim,
    TakeAnswer,
)
from subsidy.money.payments.events import (
    AnswerDisagreed,
    OwedChanged,
    PaymentDue,
    PaymentExecuted,
    PaymentFailed,
    PaymentLeftOut,
    PaymentOrdered,
    PaymentRenewed,
    PaymentReturned,
    PaymentUnknown,
    PaymentWithdrawn,
    RecoveryChanged,
)
from subsidy.money.payments.payee import Payee
from subsidy.money.payments.payment import ORDER, PAYMENT

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
PAYEE = Payee(kind="WORKER", id="w")
CLAIM: dict[str, Any] = {"claim": "c", "kind": "LIVING", "region": "520526", "fund": "F", "payee": PAYEE}
FIRST, SECOND = order_id("c", 1), order_id("c", 2)


def settle(owed: int, decision: str = "claim-c/3", handler: str = "han") -> SettleClaim:
    return SettleClaim(**CLAIM, owed=owed, decision=decision, handler=handler, today=DAY)


def owed(amount: int, decision: str = "claim-c/3", handler: str = "han") -> OwedChanged:
    return OwedChanged(**CLAIM, owed=amount, decision=decision, handler=handler, changed_on=DAY)


def due(amount: int, n: int = 1, decision: str = "claim-c/3", day: date = DAY) -> PaymentDue:
    return PaymentDue(
        **CLAIM, payment=order_id("c", n), amount=amount, n=n, decision=decision, handlers=("han",), due_on=day
    )


def ordered(amount: int, n: int = 1) -> PaymentOrdered:
    return PaymentOrdered(
        **CLAIM, payment=order_id("c", n), amount=amount, batch="b", file="PAY-F-20260302-001", ordered_on=DAY
    )


def answer(status: Any, amount: int = 100, n: int = 1, **further: Any) -> TakeAnswer:
    found = TakeAnswer(
        payment=order_id("c", n), amount=amount, status=status, reason="", reference="r1", file="RET-1", day=NEXT
    )
    return replace(found, **further)


def executed(amount: int = 100, n: int = 1, reference: str = "r1") -> PaymentExecuted:
    return PaymentExecuted(
        **CLAIM,
        payment=order_id("c", n),
        amount=amount,
        executed_on=NEXT,
        return_file="RET-1",
        reference=reference,
    )


def failed(amount: int = 100, reason: str = "ACCOUNT_CLOSED") -> PaymentFailed:
    return PaymentFailed(**CLAIM, payment=FIRST, amount=amount, reason=reason, failed_on=NEXT, return_file="RET-1")


def returned(amount: int, file: str = "REV-1", **further: Any) -> PaymentReturned:
    found = PaymentReturned(
        **CLAIM, payment=FIRST, amount=amount, reason="", returned_on=NEXT, file=file, reference="r9"
    )
    return replace(found, **further)


def recovery(outstanding: int, difference: int, decision: str = "claim-c/9", day: date = NEXT) -> RecoveryChanged:
    return RecoveryChanged(**CLAIM, outstanding=outstanding, difference=difference, decision=decision, changed_on=day)


IN_FLIGHT = (owed(100), due(100), ordered(100))
PAID = (*IN_FLIGHT, executed())


def test_what_is_owed_is_due_by_one_order() -> None:
    given(PAYMENT).when(settle(100)).then(owed(100), due(100))


def test_a_refused_claim_leaves_nothing_behind() -> None:
    given(PAYMENT).when(settle(0)).then()


def test_the_same_decision_again_changes_nothing() -> None:
    given(PAYMENT, owed(100), due(100)).when(settle(100)).then()


def test_the_orders_id_comes_from_the_claim_and_its_number() -> None:
    assert order_id("c", 1) == order_id("c", 1)
    assert len({order_id("c", 1), order_id("c", 2), order_id("d", 1)}) == 3


def test_an_order_that_has_not_left_is_withdrawn_when_another_amount_is_owed() -> None:
    withdrawn = PaymentWithdrawn(**CLAIM, payment=FIRST, amount=100, withdrawn_on=DAY)
    given(PAYMENT, owed(100), due(100)).when(settle(60, "claim-c/9", "")).then(
        owed(60, "claim-c/9", ""), withdrawn, due(60, 2, "claim-c/9")
    )


def test_an_order_that_is_at_the_bank_is_never_doubled() -> None:
    given(PAYMENT, *IN_FLIGHT).when(settle(160, "claim-c/9", "")).then(owed(160, "claim-c/9", ""))


def test_after_the_answer_the_difference_is_ordered() -> None:
    history = (*IN_FLIGHT, owed(160, "claim-c/9", ""))
    given(PAYMENT, *history).when(answer("S")).then(executed(), due(60, 2, "claim-c/9", NEXT))


def test_after_the_answer_too_much_is_owed_back() -> None:
    history = (*IN_FLIGHT, owed(70, "claim-c/9", ""))
    given(PAYMENT, *history).when(answer("S")).then(executed(), recovery(30, 30))


def test_an_order_goes_out_once_and_holds_its_id() -> None:
    command = OrderPayment(payment=FIRST, batch="b", file="PAY-F-20260302-001", today=DAY)
    given(PAYMENT, owed(100), due(100)).when(command).then(ordered(100))
    given(PAYMENT, *IN_FLIGHT).when(command).then()
    assert Take(ORDER, FIRST, holder="c") in list(PAYMENT.effects(PAYMENT.initial, ordered(100)))


def test_a_withdrawn_order_does_not_go_out() -> None:
    withdrawn = PaymentWithdrawn(**CLAIM, payment=FIRST, amount=100, withdrawn_on=DAY)
    history = (owed(100), due(100), owed(60), withdrawn, due(60, 2))
    given(PAYMENT, *history).when(OrderPayment(payment=FIRST, batch="b", file="f", today=DAY)).then()


def test_who_cannot_be_paid_is_left_out_and_waits_for_a_renewal() -> None:
    file = "PAY-F-20260302-001"
    left_out = PaymentLeftOut(**CLAIM, payment=FIRST, amount=100, file=file, reason="NO_ACCOUNT", left_out_on=DAY)
    given(PAYMENT, *IN_FLIGHT).when(LeaveOut(payment=FIRST, file=file, reason="NO_ACCOUNT", today=DAY)).then(left_out)
    renewed = PaymentRenewed(**CLAIM, ground="账号已登记", official="li", organisation="o", renewed_on=NEXT)
    renew = RenewPayment(ground="账号已登记", official="li", organisation="o", today=NEXT)
    given(PAYMENT, *IN_FLIGHT, left_out).when(renew).then(renewed, due(100, 2, day=NEXT))


def test_a_time_out_is_never_ordered_again() -> None:
    unknown = PaymentUnknown(**CLAIM, payment=FIRST, amount=100, file="RET-1", reason="TIMED_OUT")
    given(PAYMENT, *IN_FLIGHT).when(answer("P", reason="TIMED_OUT")).then(unknown)
    renew = RenewPayment(ground="g", official="li", organisation="o", today=NEXT)
    given(PAYMENT, *IN_FLIGHT, unknown).when(renew).rejected(refusals.NothingHalted)
    given(PAYMENT, *IN_FLIGHT, unknown).when(settle(170, "claim-c/9", "")).then(owed(170, "claim-c/9", ""))
    given(PAYMENT, *IN_FLIGHT, unknown).when(answer("P", reason="TIMED_OUT")).then()
    given(PAYMENT, *IN_FLIGHT, unknown).when(answer("S", file="ANS-1")).then(replace(executed(), return_file="ANS-1"))


def test_only_a_final_no_opens_another_order_and_only_when_somebody_says_so() -> None:
    given(PAYMENT, *IN_FLIGHT).when(answer("F", reason="ACCOUNT_CLOSED")).then(failed())
    renewed = PaymentRenewed(**CLAIM, ground="g", official="li", organisation="o", renewed_on=NEXT)
    renew = RenewPayment(ground="g", official="li", organisation="o", today=NEXT)
    given(PAYMENT, *IN_FLIGHT, failed()).when(renew).then(renewed, due(100, 2, day=NEXT))
    given(PAYMENT, *IN_FLIGHT, failed(), renewed, due(100, 2)).when(renew).rejected(refusals.NothingHalted)


def test_a_line_with_a_reused_id_says_nothing_of_the_order() -> None:
    unknown = PaymentUnknown(**CLAIM, payment=FIRST, amount=100, file="RET-1", reason="ID_REUSED")
    given(PAYMENT, *IN_FLIGHT).when(answer("F", reason="ID_REUSED")).then(unknown)


def test_another_payee_needs_no_renewal() -> None:
    other = Payee(kind="WORKER", id="canonical")
    command = replace(settle(100, "claim-c/9", ""), payee=other)
    changed = replace(owed(100, "claim-c/9", ""), payee=other)
    following = replace(due(100, 2, "claim-c/9"), payee=other)
    given(PAYMENT, *IN_FLIGHT, failed()).when(command).then(changed, following)


def test_an_answer_that_comes_twice_counts_once() -> None:
    given(PAYMENT, *PAID).when(answer("S")).then()
    given(PAYMENT, *PAID).when(answer("P")).then()
    given(PAYMENT, *IN_FLIGHT, failed()).when(answer("F", reason="ACCOUNT_CLOSED")).then()


def test_an_answer_that_contradicts_another_is_not_believed() -> None:
    facts: dict[str, Any] = {"reason": "", "reference": "r2", "file": "RET-1"}
    disagreed = AnswerDisagreed(**CLAIM, payment=FIRST, amount=100, status="S", **facts)
    given(PAYMENT, *PAID).when(answer("S", reference="r2")).then(disagreed)
    given(PAYMENT, *IN_FLIGHT, failed()).when(answer("S", reference="r2")).then(disagreed)
    given(PAYMENT, *PAID).when(answer("F", reference="r2")).then(replace(disagreed, status="F"))
    given(PAYMENT, *IN_FLIGHT).when(answer("S", 101, reference="r2")).then(replace(disagreed, amount=101))


def test_money_that_the_receiving_bank_sends_back_waits_for_a_renewal() -> None:
    back = answer("R", reference="r9", file="REV-1")
    given(PAYMENT, *PAID).when(back).then(returned(100))
    given(PAYMENT, *PAID, returned(100)).when(back).then()
    renewed = PaymentRenewed(**CLAIM, ground="g", official="li", organisation="o", renewed_on=NEXT)
    renew = RenewPayment(ground="g", official="li", organisation="o", today=NEXT)
    given(PAYMENT, *PAID, returned(100)).when(renew).then(renewed, due(100, 2, day=NEXT))


def test_what_comes_back_first_pays_what_is_owed_back() -> None:
    history = (*PAID, owed(0, "claim-c/9", ""), recovery(100, 100, day=DAY))
    given(PAYMENT, *history).when(answer("R", reference="r9", file="REV-1")).then(returned(100), recovery(0, -100))


def test_what_the_bank_sends_back_beside_what_the_payee_paid_back_is_owed_to_the_payee() -> None:
    repaid = returned(100, file="", reason="OWED_BACK", reference="收2026-1", official="fu")
    history = (*PAID, owed(0, "claim-c/9", ""), recovery(100, 100, day=DAY), repaid, recovery(0, -100))
    back = answer("R", reference="r9", file="REV-1")
    given(PAYMENT, *history).when(back).then(returned(100))
    renewed = PaymentRenewed(**CLAIM, ground="g", official="li", organisation="o", renewed_on=NEXT)
    renew = RenewPayment(ground="g", official="li", organisation="o", today=NEXT)
    again = replace(due(100, 2, day=NEXT), decision="claim-c/9")
    given(PAYMENT, *history, returned(100)).when(renew).then(renewed, again)
    twice = answer("R", reference="r10", file="REV-2")
    disagreed = AnswerDisagreed(
        **CLAIM, payment=FIRST, amount=100, status="R", reason="", reference="r10", file="REV-2"
    )
    given(PAYMENT, *history, returned(100)).when(twice).then(disagreed)


def test_who_owes_it_pays_it_back_with_a_document() -> None:
    history = (*PAID, owed(40, "claim-c/9", ""), recovery(60, 60, day=DAY))
    command = RecordRecovery(amount=60, document="收2026-1", received_on=NEXT, official="fu", today=NEXT)
    repaid = returned(60, file="", reason="OWED_BACK", reference="收2026-1", official="fu")
    given(PAYMENT, *history).when(command).then(repaid, recovery(0, -60))
    given(PAYMENT, *history).when(replace(command, amount=61)).rejected(refusals.RecoveryTooLarge)
    given(PAYMENT, *history).when(replace(command, today=DAY)).rejected(refusals.ReceivedInFuture)
    given(PAYMENT, *history, repaid, recovery(0, -60)).when(command).then()


def test_nothing_is_paid_for_a_claim_that_nobody_decided() -> None:
    given(PAYMENT).when(OrderPayment(payment=FIRST, batch="b", file="f", today=DAY)).rejected(refusals.NothingOwed)
