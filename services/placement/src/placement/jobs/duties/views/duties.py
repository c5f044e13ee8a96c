"""Read model: for whom a trainer still owes work, and who looks for it (R-PLC-04, R-PLC-05)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, assert_never

from contracts.region import bounds
from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

from placement.jobs.duties.duty import DUTY
from placement.jobs.duties.events import (
    DutyDelegated,
    DutyEvent,
    DutyFulfilled,
    TrainingCorrected,
    TrainingNoted,
    WorkNoted,
)

CODEC: Final = Codec(DUTY.events)


class DutyRow(SQLModel):
    """One for each class of a worker. 培训后安置责任。"""

    id: str = Field(primary_key=True)
    worker: str
    training_class: str
    institution: str
    region: str
    ended_on: date
    owed: bool
    delegate: str | None
    delegate_kind: str | None
    employment: str | None
    fulfilled_on: date | None


NAME: Final = table_name("placement_duties", __file__, CODEC)


class DutyTable(DutyRow, table=True):
    __tablename__ = NAME
    __table_args__ = (
        Index(f"{NAME}_place", "region", "id"),
        Index(f"{NAME}_institution", "institution", "id"),
        {"schema": "views"},
    )


def keys(fact: Fact[DutyEvent]) -> Iterable[str]:
    event = fact.event
    if not isinstance(event, WorkNoted):
        yield f"{event.worker}/{event.training_class}"


def fold(row: DutyRow | None, fact: Fact[DutyEvent]) -> DutyRow | None:
    match fact.event:
        case TrainingNoted() as noted:
            return row or _noted(noted)
        case TrainingCorrected(completed=completed):
            return row and row.model_copy(update={"owed": completed})
        case DutyDelegated(delegate=delegate, kind=kind):
            return row and row.model_copy(update={"delegate": delegate, "delegate_kind": kind})
        case DutyFulfilled(employment=employment, fulfilled_on=day):
            return row and row.model_copy(update={"employment": employment, "fulfilled_on": day})
        case WorkNoted():
            return row
        case _:
            assert_never(fact.event)


def _noted(event: TrainingNoted) -> DutyRow:
    return DutyRow(
        id=f"{event.worker}/{event.training_class}",
        worker=event.worker,
        training_class=event.training_class,
        institution=event.institution,
        region=event.region,
        ended_on=event.ended_on,
        owed=event.completed,
        delegate=None,
        delegate_kind=None,
        employment=None,
        fulfilled_on=None,
    )


DUTIES: Final = View(row=DutyRow, table=DutyTable, keys=keys, fold=fold, own=(CODEC,))


def owed_in(region: str, institution: str | None) -> Select[Any]:
    """Duties that are not fulfilled."""
    asked = [col(DutyTable.institution) == institution] if institution else []
    place = col(DutyTable.region).between(*bounds(region))
    return select(DUTIES.definition).where(place, col(DutyTable.owed), col(DutyTable.fulfilled_on).is_(None), *asked)
