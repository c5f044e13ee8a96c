"""When money did not leave, or came back, the fund has it again for other batches."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from subsidy.money.bank.events import FileSent
from subsidy.money.funds.commands import FreeCash, FundCommand
from subsidy.money.funds.fund import FUND
from subsidy.money.payments.events import PaymentFailed, PaymentReturned


def when_money_stays_or_comes_back_free_it(fact: Fact[Any]) -> Iterable[Do[FundCommand]]:
    match fact.event:
        case PaymentFailed(fund=fund, amount=amount) | PaymentReturned(fund=fund, amount=amount):
            yield Do(FUND, fund, FreeCash(amount=amount, because=fact.id))
        case FileSent(kind="PAY", fund=fund, left_out=amount) if amount:
            yield Do(FUND, fund, FreeCash(amount=amount, because=fact.id))
        case _:
            pass
