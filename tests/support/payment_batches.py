"""Samples of payment batches."""

from dataclasses import replace
from datetime import date
from typing import Any

from subsidy.money.batches.batch import hash_of
from subsidy.money.batches.commands import ApproveBatch, CancelBatch, ProposeBatch, RemoveLines
from subsidy.money.batches.events import BatchApproved, BatchCancelled, BatchProposed, Line, LinesRemoved
from subsidy.money.payments.payee import Payee

DAY = date(2026, 3, 2)
FUND = "EMPLOYMENT_SUBSIDY"


def line(n: int, **further: Any) -> Line:
    found = Line(
        payment=f"p{n}",
        claim=f"c{n}",
        kind="LIVING",
        region="520526",
        amount=100 + n,
        payee=Payee(kind="WORKER", id=f"w{n}"),
        handlers=("han",),
    )
    return replace(found, **further)


LINES = (line(1), line(2), line(3))
HASH = hash_of(FUND, LINES)
REST = hash_of(FUND, LINES[1:])
PROPOSE = ProposeBatch(batch="b", fund=FUND, lines=LINES, official="fu", organisation="o", today=DAY)
PROPOSED = BatchProposed(batch="b", fund=FUND, lines=LINES, hash=HASH, official="fu", organisation="o", proposed_on=DAY)
APPROVE = ApproveBatch(batch="b", fund=FUND, hash=HASH, official="rui", organisation="o", today=DAY)
APPROVED = BatchApproved(batch="b", fund=FUND, hash=HASH, amount=306, official="rui", organisation="o", approved_on=DAY)
REMOVE = RemoveLines(batch="b", payments=frozenset({"p1", "px"}), reason="核查", official="li", organisation="o")
REMOVED = LinesRemoved(batch="b", payments=("p1",), reason="核查", hash=REST, official="li", organisation="o")
CANCEL = CancelBatch(batch="b", reason="有误", official="fu", organisation="o")
GONE = BatchCancelled(batch="b", payments=("p1", "p2", "p3"), reason="有误", official="fu", organisation="o")
