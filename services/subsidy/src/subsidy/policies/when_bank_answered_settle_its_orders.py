"""When the bank answered, each order learns what became of it. A statement says nothing new: it is reconciled."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.money.bank.events import FileLines
from subsidy.money.payments.commands import PaymentCommand, TakeAnswer
from subsidy.money.payments.payment import PAYMENT


def when_bank_answered_settle_its_orders(fact: Fact[Any]) -> Iterable[Do[PaymentCommand]]:
    event = fact.event
    if not isinstance(event, FileLines) or event.kind == "STM":
        return
    for line in event.lines:
        answer = TakeAnswer(
            payment=line.payment,
            amount=abs(line.amount),
            status=line.status,
            reason=line.reason,
            reference=line.reference,
            file=event.file,
            day=event.day,
        )
        yield Do(PAYMENT, line.claim, answer)
