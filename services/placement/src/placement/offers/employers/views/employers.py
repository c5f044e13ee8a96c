"""Read model: which employers there are, by place, and which are employment bases (R-PLC-15, R-PLC-22)."""

from collections.abc import Iterable
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from placement.offers.employers.employer import EMPLOYER
from placement.offers.employers.events import (
    BaseRevoked,
    BaseSelected,
    EmployerEvent,
    EmployerRegistered,
    TitleAwarded,
)

CODEC: Final = Codec(EMPLOYER.events)


class EmployerRow(SQLModel):
    employer: str = Field(primary_key=True)
    region: str
    title: str
    base: bool


NAME: Final = table_name("employers", __file__, CODEC)


class EmployerTable(EmployerRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "employer"), {"schema": "views"})


def keys(fact: Fact[EmployerEvent]) -> Iterable[str]:
    yield fact.event.employer


def fold(row: EmployerRow | None, fact: Fact[EmployerEvent]) -> EmployerRow | None:
    match fact.event:
        case EmployerRegistered(employer=employer, region=region, title=title):
            return EmployerRow(employer=employer, region=region, title=title, base=False)
        case BaseSelected():
            return row and row.model_copy(update={"base": True})
        case BaseRevoked():
            return row and row.model_copy(update={"base": False})
        case TitleAwarded():
            return row
        case _:
            assert_never(fact.event)


EMPLOYERS: Final = View(row=EmployerRow, table=EmployerTable, keys=keys, fold=fold, own=(CODEC,))


def employers_in(region: str, base: bool | None) -> Select[Any]:
    """All; only bases, or only others."""
    wanted = [col(EmployerTable.base) == base] if base is not None else []
    return select(EMPLOYERS.definition).where(col(EmployerTable.region).between(*bounds(region)), *wanted)


def bases_of(employers: Iterable[str]) -> Select[Any]:
    """Which of these are bases."""
    found: Select[Any] = select(col(EmployerTable.employer))
    return found.where(col(EmployerTable.employer).in_(list(employers)), col(EmployerTable.base))
