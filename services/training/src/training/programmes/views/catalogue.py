"""Read model: the catalogue of programmes, one row a version with its days; public, as of a day (R-TRN-24)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final, assert_never

from contracts.days import Day
from contracts.occupation import OccupationText
from contracts.public_event import EntityId
from eventcore import Fact
from eventcore.clock import legal_day
from eventcore.codec import Codec
from eventcore.readers import View, queries, table_name
from eventcore.web import ApiRequest, Paged, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Path, Query
from pydantic import BaseModel
from sqlalchemy import Select, or_, select
from sqlmodel import Field, SQLModel, col

from training.programmes.events import ProgrammeChanged, ProgrammeEvent, ProgrammeListed, ProgrammeWithdrawn
from training.programmes.programme import PROGRAMME

CODEC: Final = Codec(PROGRAMME.events)


class VersionRow(SQLModel):
    """`id` is programme/version. `valid_to`: the first day on which it holds no more."""

    id: str = Field(primary_key=True)
    programme: str = Field(index=True)
    version: int
    title: str
    occupation: str = Field(index=True)
    level: str
    category: str
    standard_kind: str
    standard: str
    minimum_minutes: int
    minimum_days: int
    valid_from: date
    valid_to: date | None = None


class VersionTable(VersionRow, table=True):
    __tablename__ = table_name("programmes", __file__, CODEC)
    __table_args__ = {"schema": "views"}


def keys(fact: Fact[ProgrammeEvent]) -> Iterable[str]:
    match fact.event:
        case ProgrammeListed(programme=programme):
            yield f"{programme}/1"
        case ProgrammeChanged(programme=programme, version=version):
            yield f"{programme}/{version - 1}"
            yield f"{programme}/{version}"
        case ProgrammeWithdrawn(programme=programme, version=version):
            yield f"{programme}/{version}"
        case _:
            assert_never(fact.event)


def start(key: str) -> VersionRow:
    """A row that says only which version it will be."""
    programme, _, version = key.rpartition("/")
    return VersionRow.model_construct(id=key, programme=programme, version=int(version))


def fold(row: VersionRow | None, fact: Fact[ProgrammeEvent]) -> VersionRow | None:
    event = fact.event
    match event:
        case ProgrammeListed():
            return row and _begun(row, event)
        case ProgrammeChanged():
            if row is None or row.version == event.version:
                return row and _begun(row, event)
            return row.model_copy(update={"valid_to": event.valid_from})
        case ProgrammeWithdrawn():
            return row and row.model_copy(update={"valid_to": event.withdrawn_on})
        case _:
            assert_never(event)


def _begun(row: VersionRow, event: ProgrammeListed | ProgrammeChanged) -> VersionRow:
    content = event.content
    return VersionRow(
        id=row.id,
        programme=row.programme,
        version=row.version,
        title=content.title,
        occupation=content.occupation,
        level=content.level,
        category=content.category,
        standard_kind=content.standard.kind,
        standard=content.standard.reference,
        minimum_minutes=content.minimum_minutes,
        minimum_days=content.minimum_days,
        valid_from=event.valid_from,
    )


CATALOGUE: Final = View(row=VersionRow, table=VersionTable, keys=keys, fold=fold, start=start, own=(CODEC,))


def listed(on: date, occupation: str | None) -> Select[Any]:
    """The versions of that day."""
    ends = col(VersionTable.valid_to)
    wanted = [col(VersionTable.valid_from) <= on, or_(ends.is_(None), ends > on)]
    if occupation is not None:
        wanted.append(col(VersionTable.occupation) == occupation)
    return select(CATALOGUE.definition).where(*wanted)


def versions_of(programme: str) -> Select[Any]:
    found: Select[Any] = select(CATALOGUE.definition).where(col(VersionTable.programme) == programme)
    return found.order_by(col(VersionTable.version)).limit(1_000)


class CatalogueOut(BaseModel):
    """The catalogue of a day, and the cursor of the next page where there may be one. 培训项目目录。"""

    on: date
    programmes: list[VersionRow]
    next: str | None


class VersionsOut(BaseModel):
    """All versions of a programme. 培训项目各版本。"""

    programme: str
    versions: list[VersionRow]


catalogue_listed = router()


@catalogue_listed.get("/v1/programmes", tags=["programmes"], response_model=CatalogueOut)
async def list_programmes(
    page: Paged,
    on: Annotated[Day | None, Query(description="As of this day; today. 截至日期，默认今天。")] = None,
    occupation: Annotated[OccupationText | None, Query(description="Edition and code. 职业（版本/代码）。")] = None,
) -> CatalogueOut:
    """The public catalogue of programmes as of a day (R-TRN-24). 职业技能培训项目目录。"""
    day = on or legal_day()
    rows, following = await page.rows(CATALOGUE, listed(day, occupation), VersionTable.programme)
    return CatalogueOut(on=day, programmes=rows, next=following)


@catalogue_listed.get("/v1/programmes/{programme}", tags=["programmes"], response_model=VersionsOut)
async def read_programme(
    programme: Annotated[EntityId, Path(description="Id of the programme. 项目编号。")],
    request: ApiRequest,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> VersionsOut:
    """All versions of a programme with their days. 培训项目各版本及有效期。"""
    pool = request.web.store.pool
    await until_view(pool, CATALOGUE.reader, wait_for, wait_seconds)
    rows = await queries.Query(versions_of(programme)).fetch(pool)
    if not rows:
        raise Problem("not_found")
    return VersionsOut(programme=programme, versions=[VersionRow.model_construct(**row) for row in rows])
