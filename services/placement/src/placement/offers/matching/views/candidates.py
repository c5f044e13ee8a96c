"""Read model: which workers wish a job, by the county of their household (R-REG-18, R-XRG-11)."""

from collections.abc import Iterable
from typing import Any, Final

from contracts.region import bounds
from contracts.registry import WishesRecordedV1, WorkerMovedV1, WorkerRegisteredV1
from eventcore import Fact
from eventcore.readers import View, table_name
from sqlalchemy import Index, Select, select
from sqlmodel import Field, SQLModel, col

JOB: Final = "JOB"


class CandidateRow(SQLModel):
    """What else is known of a worker, the worker's streams say."""

    worker: str = Field(primary_key=True)
    region: str
    wishes_job: bool


NAME: Final = table_name("candidates", __file__)


class CandidateTable(CandidateRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_place", "region", "worker"), {"schema": "views"})


def keys(fact: Fact[WorkerRegisteredV1 | WorkerMovedV1 | WishesRecordedV1]) -> Iterable[str]:
    yield fact.event.worker


def fold(row: CandidateRow | None, fact: Fact[Any]) -> CandidateRow | None:
    """All facts of a worker come from one stream, the registration first."""
    match fact.event:
        case WorkerRegisteredV1(worker=worker, household_region=region):
            return CandidateRow(worker=worker, region=region, wishes_job=False)
        case WorkerMovedV1(household_region=region):
            return row and row.model_copy(update={"region": region})
        case WishesRecordedV1(wishes=wishes):
            return row and row.model_copy(update={"wishes_job": JOB in wishes})
        case _:
            return row


CANDIDATES: Final = View(
    row=CandidateRow,
    table=CandidateTable,
    keys=keys,
    fold=fold,
    foreign=(WorkerRegisteredV1.type, WorkerMovedV1.type, WishesRecordedV1.type),
)


def who_wish_a_job(region: str, but: Select[Any], limit: int) -> Select[Any]:
    """By county, and there by id, without those whom `but` names."""
    found: Select[Any] = select(col(CandidateTable.worker)).where(
        col(CandidateTable.region).between(*bounds(region)),
        col(CandidateTable.wishes_job),
        col(CandidateTable.worker).not_in(but),
    )
    return found.order_by(col(CandidateTable.region), col(CandidateTable.worker)).limit(limit)
