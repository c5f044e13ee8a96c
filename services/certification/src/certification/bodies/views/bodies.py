"""Read model: which assessment bodies there are, by place (R-CRT-11, R-TRN-24)."""

from collections.abc import Iterable
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from certification.bodies.body import BODY
from certification.bodies.events import (
    BodyEvent,
    BodyRegistered,
    BodyResumed,
    BodyScopeChanged,
    BodyStaffRegistered,
    BodySuspended,
    MobileAssessmentFiled,
)

CODEC: Final = Codec(BODY.events)


class BodyRow(SQLModel):
    """Where the body is. What it may do on a day its stream says."""

    body: str = Field(primary_key=True)
    region: str


NAME: Final = table_name("assessment_bodies", __file__, CODEC)


class BodyTable(BodyRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "body"), {"schema": "views"})


def keys(fact: Fact[BodyEvent]) -> Iterable[str]:
    yield fact.event.body


def fold(row: BodyRow | None, fact: Fact[BodyEvent]) -> BodyRow | None:
    match fact.event:
        case BodyRegistered(body=body, region=region):
            return BodyRow(body=body, region=region)
        case BodyScopeChanged() | BodyStaffRegistered() | MobileAssessmentFiled() | BodySuspended() | BodyResumed():
            return row
        case _:
            assert_never(fact.event)


BODIES: Final = View(row=BodyRow, table=BodyTable, keys=keys, fold=fold, own=(CODEC,))


def bodies_in(region: str) -> Select[Any]:
    """Those that were registered there."""
    return select(BODIES.definition).where(col(BodyTable.region).between(*bounds(region)))
