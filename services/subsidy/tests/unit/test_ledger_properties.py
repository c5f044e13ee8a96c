"""Double entry, whatever is done in whatever order: every command sums to zero, no account is where it cannot be."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from eventcore import NOTHING_SEEN, Decider, Post, Rejected
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paying import DECISIONS, FUND, REGION, adjusted, decided, opened
from subsidy.claims.events import ClaimDecided
from subsidy.money import ledger
from subsidy.money.funds.commands import AllocateMoney
from subsidy.money.funds.fund import FUND as FUND_STREAM
from subsidy.money.payments.commands import (
    LeaveOut,
    OrderPayment,
    RecordRecovery,
    RenewPayment,
    SettleClaim,
    TakeAnswer,
)
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account

TODAY = date(2026, 3, 2)
FILE = f"PAY-{FUND}-20260302-001"
STEPS = ("decide", "forward", "forward", "leave-out", "S", "S", "F", "P", "R", "renew", "recover")


class Book:
    """Streams in memory, with their postings."""

    def __init__(self) -> None:
        self.balances: Counter[str] = Counter()
        self.streams: dict[tuple[str, str], Any] = {}
        self.decisions: dict[str, ClaimDecided] = {}
        self.sent: set[str] = set()
        self.references = 0

    def carry_out(self, decider: Decider[Any, Any, Any], key: str, command: Any) -> None:
        state = self.streams.get((decider.category, key), decider.initial)
        try:
            events = decider.decide(command, state, NOTHING_SEEN)
        except Rejected:
            return
        moved: list[Post] = []
        for event in events:
            moved += [each for each in decider.effects(state, event) if isinstance(each, Post)]
            state = decider.evolve(state, event)
        self.post(moved)
        self.streams[decider.category, key] = state

    def post(self, moved: Iterable[Post]) -> None:
        moved = list(moved)
        assert sum(each.amount for each in moved) == 0
        for each in moved:
            self.balances[each.account] += each.amount

    def stage(self, stage: ledger.Stage) -> int:
        counties = (ledger.account(FUND, stage, REGION), ledger.account(FUND, stage))
        return sum(self.balances[each] for each in counties)

    def account(self, claim: str) -> Account | None:
        found = self.streams.get((PAYMENT.category, claim))
        return found if isinstance(found, Account) else None


def step(book: Book, claim: str, what: str, amount: int) -> None:
    account = book.account(claim)
    if what == "decide":
        decide(book, claim, amount)
    elif account is None:
        return
    elif what == "renew":
        book.carry_out(PAYMENT, claim, RenewPayment(ground="g", official="li", organisation="o", today=TODAY))
    elif what == "recover":
        document = f"收{len(account.references)}"
        command = RecordRecovery(amount=amount, document=document, received_on=TODAY, official="fu", today=TODAY)
        book.carry_out(PAYMENT, claim, command)
    elif what == "R" and account.executed:
        last = account.executed[-1]
        answer(book, claim, last.payment, last.amount - last.sent_back, "R")
    elif account.open:
        at_the_bank(book, claim, account, what)


def decide(book: Book, claim: str, amount: int) -> None:
    before = book.decisions.get(claim)
    decision = decided(claim, "w", amount)
    event = adjusted(before, amount) if before else decision
    book.carry_out(DECISIONS, claim, (opened(decision), event) if before is None else (event,))
    book.decisions[claim] = decision
    settle = SettleClaim(
        claim=claim,
        kind="LIVING",
        region=REGION,
        fund=FUND,
        payee=event.payee,
        owed=amount,
        decision=f"claim-{claim}/1",
        handler="han",
        today=TODAY,
    )
    book.carry_out(PAYMENT, claim, settle)


def at_the_bank(book: Book, claim: str, account: Account, what: str) -> None:
    order = account.open
    assert order
    if what == "forward" and order.stage == "due":
        book.carry_out(PAYMENT, claim, OrderPayment(payment=order.payment, batch="b", file=FILE, today=TODAY))
    elif what == "leave-out" and order.payment not in book.sent:
        book.carry_out(PAYMENT, claim, LeaveOut(payment=order.payment, file=FILE, reason="NO_ACCOUNT", today=TODAY))
    elif what == "forward" and order.stage == "ordered" and order.payment not in book.sent:
        book.post(ledger.sent(FUND, REGION, order.amount))
        book.sent.add(order.payment)
    elif what in "SFP" and order.payment in book.sent:
        answer(book, claim, order.payment, order.amount, what)


def answer(book: Book, claim: str, payment: str, amount: int, status: Any) -> None:
    book.references += 1
    command = TakeAnswer(
        payment=payment,
        amount=amount,
        status=status,
        reason="TIMED_OUT",
        reference=f"r{book.references}",
        file=f"RET-{book.references}",
        day=TODAY,
    )
    book.carry_out(PAYMENT, claim, command)


@settings(max_examples=200, deadline=None)
@example(steps=[("a", "decide", 100), ("a", "forward", 0), ("a", "forward", 0), ("a", "F", 0)])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(("a", "b")), st.sampled_from(STEPS), st.integers(0, 5).map(lambda n: n * 50)),
        max_size=40,
    )
)
def test_the_ledger_never_leaves_zero_and_no_account_is_where_it_cannot_be(steps: list[tuple[str, str, int]]) -> None:
    book = Book()
    allocate = AllocateMoney(fund=FUND, amount=500, document="7号", official="fu", organisation="o", today=TODAY)
    book.carry_out(FUND_STREAM, FUND, allocate)
    for claim, what, amount in steps:
        step(book, claim, what, amount)
        check(book)


def check(book: Book) -> None:
    assert sum(book.balances.values()) == 0
    stage = {each: book.stage(each) for each in ledger.Stage}
    assert min(stage[ledger.Stage.PAYABLE], stage[ledger.Stage.IN_TRANSIT], stage[ledger.Stage.PAID]) >= 0
    assert max(stage[ledger.Stage.TREASURY], stage[ledger.Stage.RETURNED], stage[ledger.Stage.OWED_BACK]) <= 0
    accounts = [account for claim in ("a", "b") if (account := book.account(claim))]
    assert stage[ledger.Stage.PAID] + stage[ledger.Stage.RETURNED] == sum(each.paid for each in accounts)
    assert stage[ledger.Stage.OWED_BACK] == -sum(each.owed_back for each in accounts)
    assert stage[ledger.Stage.BUDGET] == 500 - sum(each.amount for each in book.decisions.values())
    if not any(each.at_the_bank for each in accounts):
        assert stage[ledger.Stage.COMMITTED] == sum(max(each.owed - each.paid, 0) for each in accounts)
