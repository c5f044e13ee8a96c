"""Read model: what an organisation has sent, newest first. Delete this file and the list is gone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from eventcore.web import ApiRequest, Paged, router
from pydantic import BaseModel
from pydantic import Field as Member
from sqlalchemy import DateTime, Index, select
from sqlmodel import Field, SQLModel, col

from registry.imports.events import (
    ImportCompleted,
    ImportDisclosed,
    ImportEvent,
    ImportExpired,
    ImportFailed,
    ImportStarted,
)
from registry.imports.roster_import import IMPORT

CODEC: Final = Codec(IMPORT.events)


class SentImport(SQLModel):
    id: str = Field(primary_key=True)
    state: str
    by: str
    organisation: str
    region: str
    kind: str
    bytes: int
    fingerprint: str
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    ends_at: datetime = Field(sa_type=DateTime(timezone=True))
    rows: int | None = None
    recorded: int | None = None
    again: int | None = None
    unchanged: int | None = None
    refused: int | None = None


NAME: Final = table_name("imports", __file__, CODEC)


class SentTable(SentImport, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_sender", "organisation", "region", "id"), {"schema": "views"})


def keys(fact: Fact[ImportEvent]) -> Iterable[str]:
    yield fact.stream.removeprefix(IMPORT.stream(""))


def fold(row: SentImport | None, fact: Fact[ImportEvent]) -> SentImport | None:
    match fact.event:
        case ImportStarted() as started:
            return _begun(started, fact)
        case ImportCompleted() as result:
            return row and row.model_copy(
                update={
                    "state": "complete",
                    "rows": result.rows,
                    "recorded": result.recorded,
                    "again": result.again,
                    "unchanged": result.unchanged,
                    "refused": sum(result.refused.values()),
                }
            )
        case ImportFailed():
            return row and row.model_copy(update={"state": "failed"})
        case ImportExpired():
            return row and row.model_copy(update={"state": "expired"})
        case ImportDisclosed():
            return row
        case _:
            assert_never(fact.event)


def _begun(started: ImportStarted, fact: Fact[ImportEvent]) -> SentImport:
    return SentImport(
        id=started.key,
        state="running",
        by=started.by,
        organisation=started.organisation,
        region=started.region,
        kind=started.kind,
        bytes=started.size,
        fingerprint=started.fingerprint,
        started_at=fact.occurred_at,
        ends_at=started.ends_at,
    )


SENT: Final = View(row=SentImport, table=SentTable, keys=keys, fold=fold, own=(CODEC,))


class SentOut(BaseModel):
    """An import of the list. 一次导入。"""

    import_: Annotated[str, Member(alias="import")]
    state: str
    by: str
    kind: str
    bytes: int
    fingerprint: Annotated[str, Member(description="The same for the same file. 同一文件相同。")]
    started_at: datetime
    ends_at: datetime
    rows: int | None
    recorded: int | None
    again: int | None
    unchanged: int | None
    refused: int | None


class SentPage(BaseModel):
    """Imports, newest first, and the cursor of the next page where there may be one."""

    imports: list[SentOut]
    next: str | None


imports_sent = router()


@imports_sent.get("/v1/imports", tags=["imports"])
async def list_imports(request: ApiRequest, page: Paged) -> SentPage:
    """What the caller's organisation has sent, newest first. 本机构的导入记录，新的在前。"""
    caller = request.caller
    request.require_region(caller.region)
    own = col(SentTable.organisation) == caller.organisation, col(SentTable.region) == caller.region
    rows, following = await page.rows(SENT, select(SENT.definition).where(*own), SentTable.id, newest=True)
    return SentPage(imports=[SentOut(**{"import": row.id, **row.model_dump()}) for row in rows], next=following)
