"""What an answer of the bank means for an order. Said twice it means no more; said otherwise it is
not believed."""

from collections.abc import Sequence
from typing import Any, Final, assert_never

from subsidy.money.payments.balancing import balanced, of_claim, of_order
from subsidy.money.payments.commands import TakeAnswer
from subsidy.money.payments.events import (
    AnswerDisagreed,
    PaymentEvent,
    PaymentExecuted,
    PaymentFailed,
    PaymentReturned,
    PaymentUnknown,
)
from subsidy.money.payments.state import Account, Executed, Order

ID_REUSED: Final = "ID_REUSED"
"""Speaks of a line that the bank did not take, and not of the order that has the id."""


def take_answer(answer: TakeAnswer, account: Account) -> Sequence[PaymentEvent]:
    open = account.open
    asked = open if open and open.payment == answer.payment and open.stage != "due" else None
    paid = next((each for each in account.executed if each.payment == answer.payment), None)
    match answer.status:
        case "S":
            return _executed(answer, account, asked, paid)
        case "F" if answer.reason != ID_REUSED:
            return _failed(answer, account, asked)
        case "F" | "P":
            return _unknown(answer, account, asked)
        case "R":
            return _returned(answer, account, paid)
        case _:
            assert_never(answer.status)


def _executed(
    answer: TakeAnswer, account: Account, asked: Order | None, paid: Executed | None
) -> Sequence[PaymentEvent]:
    if paid and (paid.reference, paid.amount) == (answer.reference, answer.amount):
        return []
    if asked is None or asked.amount != answer.amount:
        return _disagreed(answer, account)
    executed = PaymentExecuted(
        **of_order(account, asked), executed_on=answer.day, return_file=answer.file, reference=answer.reference
    )
    return balanced(account, [executed], answer.day)


def _failed(answer: TakeAnswer, account: Account, asked: Order | None) -> Sequence[PaymentEvent]:
    if answer.payment in account.ended:
        return []
    if asked is None:
        return _disagreed(answer, account)
    facts = of_order(account, asked)
    failed = PaymentFailed(**facts, reason=answer.reason, failed_on=answer.day, return_file=answer.file)
    return balanced(account, [failed], answer.day)


def _unknown(answer: TakeAnswer, account: Account, asked: Order | None) -> Sequence[PaymentEvent]:
    """What is known already stays known."""
    if asked is None or (asked.stage, asked.file) == ("unknown", answer.file):
        return []
    return [PaymentUnknown(**of_order(account, asked), file=answer.file, reason=answer.reason)]


def _returned(answer: TakeAnswer, account: Account, paid: Executed | None) -> Sequence[PaymentEvent]:
    if answer.reference in account.references:
        return []
    if paid is None or answer.amount > paid.amount - paid.sent_back:
        return _disagreed(answer, account)
    returned = PaymentReturned(
        **_of(answer, account, paid.fund),
        reason=answer.reason,
        returned_on=answer.day,
        file=answer.file,
        reference=answer.reference,
    )
    return balanced(account, [returned], answer.day)


def _disagreed(answer: TakeAnswer, account: Account) -> Sequence[PaymentEvent]:
    return [
        AnswerDisagreed(
            **_of(answer, account, account.fund),
            status=answer.status,
            reason=answer.reason,
            reference=answer.reference,
            file=answer.file,
        )
    ]


def _of(answer: TakeAnswer, account: Account, fund: str) -> dict[str, Any]:
    return {**of_claim(account), "fund": fund, "payment": answer.payment, "amount": answer.amount}
