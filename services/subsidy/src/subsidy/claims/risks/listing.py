"""Read model: the list of risks of a region, with what is open, since when, and what is late (R-SUB-25, R-INS-21)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from subsidy.claims.risks.events import RiskEvent, RiskRaised, RiskWorkedOff
from subsidy.claims.risks.risk import RISK

CODEC: Final = Codec(RISK.events)


class RiskRow(SQLModel):
    risk: str = Field(primary_key=True)
    region: str
    kind: str
    about: str
    raised_on: date
    due_on: date
    worked_off_on: date | None
    document: str | None


NAME: Final = table_name("risks", __file__, CODEC)


class RiskTable(RiskRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "risk"), {"schema": "views"})


def keys(fact: Fact[RiskEvent]) -> Iterable[str]:
    yield fact.event.risk


def fold(row: RiskRow | None, fact: Fact[RiskEvent]) -> RiskRow | None:
    event = fact.event
    match event:
        case RiskRaised():
            return RiskRow(
                risk=event.risk,
                region=event.region,
                kind=event.kind,
                about=event.about,
                raised_on=event.raised_on,
                due_on=event.due_on,
                worked_off_on=None,
                document=None,
            )
        case RiskWorkedOff():
            done = {"worked_off_on": event.worked_off_on, "document": event.document}
            return row and row.model_copy(update=done)
        case _:
            assert_never(event)


RISKS: Final = View(row=RiskRow, table=RiskTable, keys=keys, fold=fold, own=(CODEC,))


def listed(region: str, only_open: bool) -> Select[Any]:
    """The order of their ids is that of their raising."""
    still = [col(RiskTable.worked_off_on).is_(None)] if only_open else []
    return select(RISKS.definition).where(col(RiskTable.region).between(*bounds(region)), *still)
