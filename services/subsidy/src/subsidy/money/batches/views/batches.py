"""Read model: payment batches, with what each waits for."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger, Index, Select, select
from sqlmodel import Field, SQLModel, col

from subsidy.money.bank.bank_file import BANK_FILE
from subsidy.money.bank.events import FileSent
from subsidy.money.batches.batch import PAYMENT_BATCH
from subsidy.money.batches.events import ApprovalVoided, BatchApproved, BatchCancelled, BatchProposed, LinesRemoved
from subsidy.money.funds.events import BatchFunded
from subsidy.money.funds.fund import FUND

CODECS: Final = (Codec(PAYMENT_BATCH.events), Codec(FUND.events), Codec(BANK_FILE.events))


class BatchRow(SQLModel):
    batch: str = Field(primary_key=True)
    fund: str
    status: str
    """`proposed`, `approved`, `released`, `sent`, `cancelled`."""
    reason: str = ""
    """Why it has to be approved again, or was cancelled."""
    lines: int
    removed: int = 0
    hash: str
    proposed_by: str
    approved_by: str = ""
    proposed_on: date
    amount: int = Field(sa_type=BigInteger)
    file: str = ""
    left_out: int = Field(default=0, sa_type=BigInteger)


NAME: Final = table_name("payment_batches", __file__, *CODECS)


class BatchTable(BatchRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_fund", "fund", "batch"), {"schema": "views"})


def keys(fact: Fact[Any]) -> Iterable[str]:
    match fact.event:
        case BatchProposed() | LinesRemoved() | BatchApproved() | ApprovalVoided() | BatchCancelled() | BatchFunded():
            return (fact.event.batch,)
        case FileSent(kind="PAY", batch=batch):
            return (batch,)
        case _:
            return ()


def fold(row: BatchRow | None, fact: Fact[Any]) -> BatchRow | None:
    if isinstance(fact.event, BatchProposed):
        return _row(fact.event)
    return row and row.model_copy(update=dict(_changes(row, fact.event)))


def _row(event: BatchProposed) -> BatchRow:
    return BatchRow(
        batch=event.batch,
        fund=event.fund,
        status="proposed",
        lines=len(event.lines),
        amount=sum(line.amount for line in event.lines),
        hash=event.hash,
        proposed_by=event.official,
        proposed_on=event.proposed_on,
    )


def _changes(row: BatchRow, event: object) -> Iterator[tuple[str, object]]:
    match event:
        case LinesRemoved(payments=payments, hash=hash):
            removed = row.removed + len(payments)
            yield from (("status", "proposed"), ("approved_by", ""), ("hash", hash), ("removed", removed))
        case BatchApproved(official=official, amount=amount):
            yield from (("status", "approved"), ("approved_by", official), ("amount", amount), ("reason", ""))
        case ApprovalVoided(reason=reason):
            yield from (("status", "proposed"), ("approved_by", ""), ("reason", reason))
        case BatchCancelled(reason=reason):
            yield from (("status", "cancelled"), ("reason", reason))
        case BatchFunded(file=file):
            yield from (("status", "released"), ("file", file))
        case FileSent(left_out=left_out):
            yield from (("status", "sent"), ("left_out", left_out))
        case _:
            pass


BATCHES: Final = View(row=BatchRow, table=BatchTable, keys=keys, fold=fold, own=CODECS, commutes=False)


def of_fund(fund: str) -> Select[Any]:
    """Batches of a fund; the order of their ids is that of their proposal."""
    return select(BATCHES.definition).where(col(BatchTable.fund) == fund)
