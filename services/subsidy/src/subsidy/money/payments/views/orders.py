"""Read model: orders, one a row: what is due, what is at the bank, what became of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.database import Pool
from eventcore.readers import View, queries, table_name
from sqlalchemy import ARRAY, BigInteger, DateTime, Index, Select, String, bindparam, or_, select
from sqlmodel import Field, SQLModel, col

from subsidy.money.bank.bank_file import BANK_FILE
from subsidy.money.bank.events import FileSent
from subsidy.money.batches.batch import PAYMENT_BATCH
from subsidy.money.batches.events import BatchCancelled, BatchProposed, LinesRemoved
from subsidy.money.payments.events import (
    OfOrder,
    PaymentDue,
    PaymentExecuted,
    PaymentFailed,
    PaymentLeftOut,
    PaymentOrdered,
    PaymentReturned,
    PaymentUnknown,
    PaymentWithdrawn,
)
from subsidy.money.payments.payment import PAYMENT

CODECS: Final = (Codec(PAYMENT.events), Codec(PAYMENT_BATCH.events), Codec(BANK_FILE.events))
OrderFact: TypeAlias = Fact[Any]


class OrderRow(SQLModel):
    payment: str = Field(primary_key=True)
    claim: str = Field(index=True)
    kind: str
    region: str
    fund: str
    payee_kind: str
    payee: str
    amount: int = Field(sa_type=BigInteger)
    returned: int = Field(default=0, sa_type=BigInteger)
    n: int
    handlers: list[str] = Field(sa_type=ARRAY(String))
    status: str
    """`due`, `withdrawn`, `ordered`, `left_out`, `unknown`, `executed`, `failed`, `returned`."""
    reason: str = ""
    proposed: str = ""
    """The batch that it is in, released or not."""
    file: str = ""
    reference: str = ""
    due_on: date
    executed_on: date | None = None
    sent_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    asked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


NAME: Final = table_name("payment_orders", __file__, *CODECS)


class OrderTable(OrderRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "status", "fund", "payment"), {"schema": "views"})


def keys(fact: OrderFact) -> Iterable[str]:
    match fact.event:
        case OfOrder(payment=payment):
            return (payment,)
        case BatchProposed(lines=lines):
            return [line.payment for line in lines]
        case LinesRemoved(payments=payments) | BatchCancelled(payments=payments):
            return payments
        case FileSent(orders=orders):
            return [each.payment for each in orders]
        case _:
            return ()


def fold(row: OrderRow | None, fact: OrderFact) -> OrderRow | None:
    if isinstance(fact.event, PaymentDue):
        return _row(fact.event)
    return row and row.model_copy(update=dict(_changes(row, fact)))


def _row(event: PaymentDue) -> OrderRow:
    return OrderRow(
        payment=event.payment,
        claim=event.claim,
        kind=event.kind,
        region=event.region,
        fund=event.fund,
        payee_kind=event.payee.kind,
        payee=event.payee.id,
        amount=event.amount,
        n=event.n,
        handlers=list(event.handlers),
        status="due",
        due_on=event.due_on,
    )


def _changes(row: OrderRow, fact: OrderFact) -> Iterator[tuple[str, object]]:
    match fact.event:
        case BatchProposed(batch=batch):
            yield "proposed", batch
        case LinesRemoved() | BatchCancelled():
            yield "proposed", ""
        case FileSent(kind=kind):
            yield "sent_at" if kind == "PAY" else "asked_at", fact.recorded_at
        case PaymentWithdrawn():
            yield "status", "withdrawn"
        case PaymentOrdered(file=file):
            yield from (("status", "ordered"), ("file", file))
        case PaymentLeftOut(reason=reason):
            yield from (("status", "left_out"), ("reason", reason))
        case PaymentUnknown(reason=reason):
            yield from (("status", "unknown"), ("reason", reason))
        case PaymentExecuted(executed_on=day, reference=reference):
            yield from (("status", "executed"), ("reason", ""), ("executed_on", day), ("reference", reference))
        case PaymentFailed(reason=reason):
            yield from (("status", "failed"), ("reason", reason))
        case PaymentReturned(amount=amount, reason=reason):
            returned = row.returned + amount
            yield from (("returned", returned), ("reason", reason))
            yield "status", "returned" if returned >= row.amount else row.status
        case _:
            pass


ORDERS: Final = View(row=OrderRow, table=OrderTable, keys=keys, fold=fold, own=CODECS, commutes=False)


def due(fund: str, limit: int) -> Select[Any]:
    """What a batch can be made of: the oldest first."""
    return (
        select(ORDERS.definition)
        .where(col(OrderTable.status) == "due", col(OrderTable.fund) == fund, col(OrderTable.proposed) == "")
        .order_by(col(OrderTable.due_on), col(OrderTable.payment))
        .limit(limit)
    )


def of_claim(claim: str) -> Select[Any]:
    """All orders of a claim."""
    return select(ORDERS.definition).where(col(OrderTable.claim) == claim).order_by(col(OrderTable.n))


_asked, _sent = col(OrderTable.asked_at), col(OrderTable.sent_at)
_unanswered = (col(OrderTable.status) == "ordered") & (_sent < bindparam("sent", type_=DateTime(timezone=True)))
_TO_ASK: Final = queries.Query(
    select(col(OrderTable.payment), col(OrderTable.amount))
    .where(
        or_(col(OrderTable.status) == "unknown", _unanswered),
        or_(_asked.is_(None), _asked < bindparam("asked", type_=DateTime(timezone=True))),
    )
    .order_by(col(OrderTable.payment))
    .limit(bindparam("most", type_=BigInteger))
)


async def to_ask(pool: Pool, sent: datetime, asked: datetime, most: int) -> list[tuple[str, int]]:
    """Orders that the bank does not know yet, or was sent before `sent` without an answer, and that were not asked for
    since `asked`; with their amounts."""
    rows = await _TO_ASK.fetch(pool, sent=sent, asked=asked, most=most)
    return [(row["payment"], row["amount"]) for row in rows]
