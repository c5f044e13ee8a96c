"""Read model: what every claim stands at, and what it was decided from; another pack is tried over it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, Index, Select, String, select
from sqlmodel import Field, SQLModel, col

from subsidy.claims.events import ClaimAdjusted, ClaimDecided, ClaimEvent

CODEC: Final = Codec(ClaimEvent)


class DecisionRow(SQLModel):
    """`names` and `texts` belong together, one place an input."""

    claim: str = Field(primary_key=True)
    kind: str
    region: str
    fund: str
    amount: int
    decided_on: date
    names: list[str] = Field(sa_type=ARRAY(String))
    texts: list[str] = Field(sa_type=ARRAY(String))


NAME: Final = table_name("decisions", __file__, CODEC)


class DecisionTable(DecisionRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_order", "kind", "claim"), {"schema": "views"})


def keys(fact: Fact[ClaimEvent]) -> Iterable[str]:
    if isinstance(fact.event, ClaimDecided | ClaimAdjusted):
        yield fact.event.claim


def fold(row: DecisionRow | None, fact: Fact[ClaimDecided | ClaimAdjusted]) -> DecisionRow | None:
    event = fact.event
    return DecisionRow(
        claim=event.claim,
        kind=event.kind,
        region=event.region,
        fund=event.fund,
        amount=event.amount,
        decided_on=event.decided_on,
        names=[each.name for each in event.explanation.inputs],
        texts=[each.value for each in event.explanation.inputs],
    )


DECISIONS: Final = View(row=DecisionRow, table=DecisionTable, keys=keys, fold=fold, own=(CODEC,))


def past(kind: str, region: str, since: date, until: date, after: str, limit: int) -> Select[Any]:
    """Claims of the kind there whose last decision is of these days, both counted, in the order of their ids."""
    first, last = bounds(region)
    found: Select[Any] = select(DECISIONS.definition).where(
        col(DecisionTable.kind) == kind,
        col(DecisionTable.claim) > after,
        col(DecisionTable.region).between(first, last),
        col(DecisionTable.decided_on).between(since, until),
    )
    return found.order_by(col(DecisionTable.claim)).limit(limit)
