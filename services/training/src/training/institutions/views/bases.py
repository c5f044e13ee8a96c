"""Read model: the catalogue of institutions, one row an accreditation with its days; public, as of a day (R-TRN-24)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final, assert_never

from contracts.days import Day
from contracts.occupation import OccupationText
from contracts.region import RegionCode, bounds
from eventcore import Fact
from eventcore.clock import legal_day
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from eventcore.web import Paged, router
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ARRAY, Select, String, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY as PostgresArray
from sqlmodel import Field, SQLModel, col

from training.institutions.events import (
    BaseAccredited,
    BaseReviewed,
    BaseRevoked,
    InstitutionEvent,
    InstitutionRegistered,
    MobileDeliveryFiled,
)
from training.institutions.institution import INSTITUTION

CODEC: Final = Codec(INSTITUTION.events)


class BaseRow(SQLModel):
    """`id` is institution/accreditation. `ended_on`: the first day without it; `ground`: why it was revoked.
    `void_from`: completions from this day on count no more."""

    id: str = Field(primary_key=True)
    institution: str = Field(index=True)
    accreditation: int
    title: str
    region: str
    grade: str
    occupations: list[str] = Field(sa_type=ARRAY(String))
    accredited_on: date
    ended_on: date | None = None
    ground: str | None = None
    void_from: date | None = None


class BaseTable(BaseRow, table=True):
    __tablename__ = table_name("bases", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[InstitutionEvent]) -> Iterable[str]:
    match fact.event:
        case BaseAccredited(institution=institution, accreditation=n):
            yield f"{institution}/{n}"
            if n > 1:
                yield f"{institution}/{n - 1}"
        case BaseRevoked(institution=institution, accreditation=n):
            yield f"{institution}/{n}"
        case InstitutionRegistered() | BaseReviewed() | MobileDeliveryFiled():
            return
        case _:
            assert_never(fact.event)


def start(key: str) -> BaseRow:
    """A row that says only which accreditation it will be."""
    institution, _, accreditation = key.rpartition("/")
    return BaseRow.model_construct(id=key, institution=institution, accreditation=int(accreditation))


def fold(row: BaseRow | None, fact: Fact[InstitutionEvent]) -> BaseRow | None:
    event = fact.event
    match event:
        case BaseAccredited():
            if row is None or row.accreditation == event.accreditation:
                return row and _begun(row, event)
            ended_on = event.accredited_on if row.ended_on is None else row.ended_on
            return row.model_copy(update={"ended_on": ended_on})
        case BaseRevoked():
            ended = {"ended_on": event.revoked_on, "ground": event.ground, "void_from": event.void_from}
            return row and row.model_copy(update=ended)
        case InstitutionRegistered() | BaseReviewed() | MobileDeliveryFiled():
            return row
        case _:
            assert_never(event)


def _begun(row: BaseRow, event: BaseAccredited) -> BaseRow:
    return BaseRow(
        id=row.id,
        institution=row.institution,
        accreditation=row.accreditation,
        title=event.title,
        region=event.region,
        grade=event.grade,
        occupations=list(event.occupations),
        accredited_on=event.accredited_on,
    )


BASES: Final = View(row=BaseRow, table=BaseTable, keys=keys, fold=fold, start=start, own=(CODEC,))


def accredited(on: date, region: str | None, occupation: str | None) -> Select[Any]:
    """Those of that day."""
    ends = col(BaseTable.ended_on)
    wanted = [col(BaseTable.accredited_on) <= on, or_(ends.is_(None), ends > on)]
    if region is not None:
        wanted.append(col(BaseTable.region).between(*bounds(region)))
    if occupation is not None:
        wanted.append(type_coerce(col(BaseTable.occupations), PostgresArray(String)).contains([occupation]))
    return select(BASES.definition).where(*wanted)


class BasesOut(BaseModel):
    """The institutions of a day, and the cursor of the next page where there may be one. 培训机构目录。"""

    on: date
    institutions: list[BaseRow]
    next: str | None


bases_listed = router()


@bases_listed.get("/v1/institutions", tags=["institutions"], response_model=BasesOut)
async def list_institutions(
    page: Paged,
    on: Annotated[Day | None, Query(description="As of this day; today. 截至日期，默认今天。")] = None,
    region: Annotated[RegionCode | None, Query(description="County, prefecture or province. 行政区划代码。")] = None,
    occupation: Annotated[OccupationText | None, Query(description="Edition and code. 职业（版本/代码）。")] = None,
) -> BasesOut:
    """The public catalogue of accredited institutions as of a day (R-TRN-24, R-INS-03). 培训机构目录。"""
    day = on or legal_day()
    rows, following = await page.rows(BASES, accredited(day, region, occupation), BaseTable.institution)
    return BasesOut(on=day, institutions=rows, next=following)
