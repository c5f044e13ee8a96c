"""Read model of bases: from when an institution was accredited, and from when its completions fell, one row a fact."""

from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.training import BaseAccreditedV1, BaseRevokedV1
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from reporting.facts import keys

BaseEvent: TypeAlias = BaseAccreditedV1 | BaseRevokedV1


class BaseRow(SQLModel):
    event: str = Field(primary_key=True)
    institution: str = Field(index=True)
    day: date
    """Accredited or revoked from this day."""
    accredited: bool
    void_from: date | None = None
    """Completions from this day until the next accreditation count no more."""
    position: int = Field(sa_type=BigInteger)


class BaseTable(BaseRow, table=True):
    __tablename__ = table_name("bases", __file__)
    __table_args__ = {"schema": "views"}


def fold(row: BaseRow | None, fact: Fact[BaseEvent]) -> BaseRow:
    day, void_from = _days(fact.event)
    return BaseRow.model_construct(
        event=fact.id,
        institution=fact.event.institution,
        day=day,
        accredited=isinstance(fact.event, BaseAccreditedV1),
        void_from=void_from,
        position=fact.position,
    )


def _days(event: BaseEvent) -> tuple[date, date | None]:
    match event:
        case BaseAccreditedV1(accredited_on=accredited_on):
            return accredited_on, None
        case BaseRevokedV1(revoked_on=revoked_on, void_from=void_from):
            return revoked_on, void_from
        case _:
            assert_never(event)


BASES: Final = View(
    row=BaseRow, table=BaseTable, keys=keys, fold=fold, foreign=(BaseAccreditedV1.type, BaseRevokedV1.type)
)
