"""Read model: movements of money at the bank, by the bank's reference: what we know of one beside what a statement says
of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from subsidy.money.bank.bank_file import BANK_FILE
from subsidy.money.bank.events import Answer, FileLines
from subsidy.money.funds.events import ItemExplained
from subsidy.money.funds.fund import FUND
from subsidy.money.payments.events import PaymentExecuted, PaymentReturned
from subsidy.money.payments.payment import PAYMENT

CODECS: Final = (Codec(PAYMENT.events), Codec(BANK_FILE.events), Codec(FUND.events))
STATEMENT: Final = "STM"


class Movement(SQLModel):
    """Below zero: money that came back. What no side has said yet is None."""

    reference: str = Field(primary_key=True)
    payment: str | None = None
    fund: str | None = None
    amount: int | None = Field(default=None, sa_type=BigInteger)
    day: date | None = None
    file: str | None = None
    stated_payment: str | None = None
    stated_fund: str | None = None
    stated_amount: int | None = Field(default=None, sa_type=BigInteger)
    stated_day: date | None = None
    stated_file: str | None = None
    stated_times: int = 0
    explained: bool = False
    """By a fund officer, with a document."""


NAME: Final = table_name("movements", __file__, *CODECS)


class MovementTable(Movement, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_known", "day"),
        Index(f"{NAME}_stated", "stated_day"),
        {"schema": "views"},
    )


def keys(fact: Fact[Any]) -> Iterable[str]:
    match fact.event:
        case PaymentExecuted(reference=reference):
            return (reference,)
        case PaymentReturned(reference=reference, file=file) if file:
            return (reference,)
        case FileLines(kind="STM", lines=lines):
            return [line.reference for line in lines]
        case ItemExplained(key=key, cause="UNEXPLAINED" | "MISSING"):
            return (key,)
        case _:
            return ()


def fold(row: Movement | None, fact: Fact[Any]) -> Movement | None:
    return row and row.model_copy(update=dict(_changes(row, fact.event)))


def _changes(row: Movement, event: object) -> Iterator[tuple[str, object]]:
    match event:
        case PaymentExecuted():
            yield from _known(event, event.amount)
            yield from (("day", event.executed_on), ("file", event.return_file))
        case PaymentReturned():
            yield from _known(event, -event.amount)
            yield from (("day", event.returned_on), ("file", event.file))
        case FileLines():
            (line,) = (each for each in event.lines if each.reference == row.reference)
            yield from _stated(row, event, line)
        case ItemExplained():
            yield "explained", True
        case _:
            pass


def _known(event: PaymentExecuted | PaymentReturned, amount: int) -> Iterator[tuple[str, object]]:
    yield from (("payment", event.payment), ("fund", event.fund), ("amount", amount))


def _stated(row: Movement, event: FileLines, line: Answer) -> Iterator[tuple[str, object]]:
    yield from (("stated_payment", line.payment), ("stated_fund", line.fund), ("stated_amount", line.amount))
    yield from (("stated_day", event.day), ("stated_file", event.file), ("stated_times", row.stated_times + 1))


MOVEMENTS: Final = View(
    row=Movement,
    table=MovementTable,
    keys=keys,
    fold=fold,
    own=CODECS,
    start=lambda reference: Movement(reference=reference),
)
