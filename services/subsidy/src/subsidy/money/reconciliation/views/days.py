"""Read model: bank days: what we know of each, the statements that came for it, and what the reconciliation found."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, BigInteger, String
from sqlmodel import Field, SQLModel

from subsidy.money.bank.bank_file import BANK_FILE
from subsidy.money.bank.events import FileTaken
from subsidy.money.payments.events import PaymentExecuted, PaymentReturned
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.reconciliation.bank_day import BANK_DAY
from subsidy.money.reconciliation.events import DayReconciled

CODECS: Final = (Codec(BANK_FILE.events), Codec(BANK_DAY.events), Codec(PAYMENT.events))


class DayRow(SQLModel):
    day: str = Field(primary_key=True)
    """yyyymmdd."""
    on: date
    statements: list[str] = Field(sa_type=ARRAY(String))
    known: int = 0
    """Movements that the bank told us of that day."""
    reconciled: bool = False
    """After the day was over."""
    lines: int = 0
    paid: int = Field(default=0, sa_type=BigInteger)
    returned: int = Field(default=0, sa_type=BigInteger)
    unexplained: int = 0
    missing: int = 0
    awaited: int = 0


class DayTable(DayRow, table=True):
    __tablename__ = table_name("bank_days", __file__, *CODECS)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[Any]) -> Iterable[str]:
    match fact.event:
        case FileTaken(kind="STM", day=day) | DayReconciled(day=day) | PaymentExecuted(executed_on=day):
            return (f"{day:%Y%m%d}",)
        case PaymentReturned(returned_on=day, file=file) if file:
            return (f"{day:%Y%m%d}",)
        case _:
            return ()


def fold(row: DayRow | None, fact: Fact[Any]) -> DayRow | None:
    if row is None:
        return None
    match fact.event:
        case FileTaken(file=file):
            return row.model_copy(update={"statements": [*row.statements, file]})
        case DayReconciled() as result:
            return row.model_copy(update=_found(row, result))
        case _:
            return row.model_copy(update={"known": row.known + 1})


def _start(day: str) -> DayRow:
    return DayRow(day=day, on=date.fromisoformat(day), statements=[])


def _found(row: DayRow, event: DayReconciled) -> dict[str, object]:
    causes = [each.cause for each in event.findings]
    return {
        "reconciled": row.reconciled or event.over,
        "lines": sum(each.lines for each in event.funds),
        "paid": sum(each.paid for each in event.funds),
        "returned": sum(each.returned for each in event.funds),
        "unexplained": causes.count("UNEXPLAINED"),
        "missing": causes.count("MISSING"),
        "awaited": event.awaited,
    }


DAYS: Final = View(row=DayRow, table=DayTable, keys=keys, fold=fold, own=CODECS, start=_start)
