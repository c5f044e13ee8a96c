"""Read model of money: one dated line for each public fact that says an amount. Every sum is a sum of facts, so
reporting and the ledger can be compared from outside, to the fen."""

from datetime import date
from typing import Final, Literal, TypeAlias, assert_never, get_args

from contracts import region
from contracts.subsidy import (
    ClaimAdjustedV1,
    ClaimDecidedV1,
    PaymentExecutedV1,
    PaymentFailedV1,
    PaymentOrderedV1,
    PaymentReturnedV1,
)
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from reporting.facts import keys

Measure: TypeAlias = Literal["committed", "ordered", "paid", "failed", "returned"]
MoneyEvent: TypeAlias = (
    ClaimDecidedV1 | ClaimAdjustedV1 | PaymentOrderedV1 | PaymentExecutedV1 | PaymentFailedV1 | PaymentReturnedV1
)


class LineRow(SQLModel):
    event: str = Field(primary_key=True)
    measure: str
    claim: str = Field(index=True)
    fund: str
    kind: str
    region: str
    """The worker's county on the day of the fact that the claim rests on."""
    amount: int = Field(sa_type=BigInteger)
    """In fen; below 0 where an adjustment takes back."""
    day: date
    position: int = Field(sa_type=BigInteger)


class LineTable(LineRow, table=True):
    __tablename__ = table_name("money", __file__)
    __table_args__ = {"schema": "views"}


def fold(row: LineRow | None, fact: Fact[MoneyEvent]) -> LineRow:
    """InvalidRegion parks a claim whose region this version of the contracts does not know."""
    event = fact.event
    measure, amount, day = _line(event)
    region.region(event.region, day)
    return LineRow.model_construct(
        event=fact.id,
        measure=measure,
        claim=event.claim,
        fund=event.fund,
        kind=event.kind,
        region=event.region,
        amount=amount,
        day=day,
        position=fact.position,
    )


def _line(event: MoneyEvent) -> tuple[Measure, int, date]:
    """An adjustment counts by its difference, on the day on which it was decided: the decision before it stands."""
    match event:
        case ClaimDecidedV1(amount=amount, decided_on=day):
            return "committed", amount, day
        case ClaimAdjustedV1(difference=difference, decided_on=day):
            return "committed", difference, day
        case PaymentOrderedV1(amount=amount, ordered_on=day):
            return "ordered", amount, day
        case PaymentExecutedV1(amount=amount, executed_on=day):
            return "paid", amount, day
        case PaymentFailedV1(amount=amount, failed_on=day):
            return "failed", amount, day
        case PaymentReturnedV1(amount=amount, returned_on=day):
            return "returned", amount, day
        case _:
            assert_never(event)


MONEY: Final = View(
    row=LineRow,
    table=LineTable,
    keys=keys,
    fold=fold,
    foreign=tuple(event.type for event in get_args(MoneyEvent)),
)
