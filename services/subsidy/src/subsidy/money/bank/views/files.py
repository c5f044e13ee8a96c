"""Read model: files to and from the bank, with what became of each."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Final, Literal

from eventcore import Fact
from eventcore.codec import Codec
from eventcore.readers import View, table_name
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ARRAY, BigInteger, DateTime, Index, String, select
from sqlmodel import Field, SQLModel, col

from subsidy.money.bank.bank_file import BANK_FILE
from subsidy.money.bank.events import FileEvent, FileLines, FileQuarantined, FileSent, FileTaken
from subsidy.money.bank.records import kind_of
from subsidy.money.requests import of_the_province

CODEC: Final = Codec(BANK_FILE.events)
Status = Literal["sent", "taken", "quarantined"]


class FileRow(SQLModel):
    file: str = Field(primary_key=True)
    kind: str
    status: str
    answers: str = ""
    day: date | None = None
    count: int = 0
    sum: int = Field(default=0, sa_type=BigInteger)
    digest: str = ""
    refused: list[str] = Field(sa_type=ARRAY(String))
    """Why what came under this id was put aside, each time."""
    at: datetime = Field(sa_type=DateTime(timezone=True))


NAME: Final = table_name("bank_files", __file__, CODEC)


class FileTable(FileRow, table=True):
    __tablename__ = NAME
    __table_args__ = (Index(f"{NAME}_status", "status", "file"), {"schema": "views"})


def keys(fact: Fact[FileEvent]) -> Iterable[str]:
    return () if isinstance(fact.event, FileLines) else (fact.event.file,)


def fold(row: FileRow | None, fact: Fact[FileEvent]) -> FileRow | None:
    event = fact.event
    kind = kind_of(event.file)
    row = row or FileRow(file=event.file, kind=kind, status="", refused=[], at=fact.recorded_at)
    match event:
        case FileSent():
            return _whole(row, event, "sent", "")
        case FileTaken():
            return _whole(row, event, "taken", event.answers)
        case FileQuarantined():
            status = row.status or "quarantined"
            return row.model_copy(update={"status": status, "refused": [*row.refused, event.reason]})
        case _:
            return row


def _whole(row: FileRow, event: FileSent | FileTaken, status: Status, answers: str) -> FileRow:
    return row.model_copy(
        update={
            "status": status,
            "answers": answers,
            "day": event.day,
            "count": event.count,
            "sum": event.sum,
            "digest": event.digest,
        }
    )


FILES: Final = View(row=FileRow, table=FileTable, keys=keys, fold=fold, own=(CODEC,))


class FilePage(BaseModel):
    """Files, and the cursor of the next page where there may be one."""

    files: list[FileRow]
    next: str | None


bank_files = router()


@bank_files.get("/v1/bank-files", tags=["bank"])
async def list_files(
    request: ApiRequest,
    page: Paged,
    status: Annotated[Status, Query(description="What became of them. 文件状态。")],
) -> FilePage:
    """Files to and from the bank, never their accounts or names. 与银行往来的文件。"""
    of_the_province(request)
    wanted = select(FILES.definition).where(col(FileTable.status) == status)
    rows, following = await page.rows(FILES, wanted, FileTable.file)
    return FilePage(files=rows, next=following)
