"""Read model: what an organisation has sent, newest first. Delete this file and the list is gone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Final, assert_never

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, queries, table_name
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Query
from pydantic import BaseModel
from pydantic import Field as Member
from sqlalchemy import DateTime, Index, Select, select
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


def sent(organisation: str, region: str, before: str, limit: int) -> Select[Any]:
    """Newest first: ids rise with time."""
    return (
        select(SENT.definition)
        .where(
            col(SentTable.organisation) == organisation,
            col(SentTable.region) == region,
            col(SentTable.id) < before,
        )
        .order_by(col(SentTable.id).desc())
        .limit(limit)
    )


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
LAST: Final = "g"
"""After every id."""


@imports_sent.get("/v1/imports", tags=["imports"])
async def list_imports(
    request: ApiRequest,
    cursor: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> SentPage:
    """What the caller's organisation has sent, newest first. 本机构的导入记录，新的在前。"""
    caller = request.caller
    request.require_region(caller.region)
    (before,) = request.after(cursor, tuple[str]) if cursor else (LAST,)
    pool = request.web.store.pool
    await until_view(pool, SENT.reader, wait_for, wait_seconds)
    rows = await queries.Query(sent(caller.organisation, caller.region, before, limit)).fetch(pool)
    following = request.cursor(rows[-1]["id"]) if len(rows) == limit else None
    return SentPage(imports=[SentOut(**{"import": row["id"], **dict(row)}) for row in rows], next=following)
