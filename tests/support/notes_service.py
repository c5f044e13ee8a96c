"""A small service for tests of `eventcore.web`: notes of a region are written, closed, and followed."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, assert_never
from uuid import UUID

import msgspec
from eventcore import Decider, Fact, Rejected, Seen
from eventcore.codec import Codec
from eventcore.readers import View
from eventcore.readers.facts import Pages
from eventcore.serving import web
from eventcore.settings import DEV_ISSUER, Settings
from eventcore.store import Store
from eventcore.web import (
    BATCH,
    ApiRequest,
    Body,
    CommandRequest,
    Each,
    Health,
    Paged,
    Problem,
    Text,
    operations,
    router,
)
from eventcore.web.app import create_app
from eventcore.web.operations import Feed
from eventcore.web.problems import Kind, kinds
from fastapi import FastAPI, Query
from joserfc import jwt
from joserfc.jwk import OKPKey
from pydantic import AwareDatetime, Field, SecretStr
from sqlalchemy import DateTime, select
from sqlmodel import Field as Column
from sqlmodel import SQLModel, col
from starlette.responses import Response

ROWS = """service,method,route,scope,office,region
notes,GET,/livez,-,-,-
notes,GET,/readyz,-,-,-
notes,GET,/metrics,-,-,-
notes,GET,/v1/operations,notes.operate,operator,-
notes,GET,/v1/events,notes.follow,-,any
notes,POST,/v1/notes,notes.write,surveyor reviewer,own
notes,POST,/v1/notes/batches,notes.write,surveyor,own
notes,POST,/v1/notes/{note}/close,notes.write,-,own
notes,GET,/v1/notes,notes.read,-,province
notes,GET,/v1/careless,notes.read,-,own
notes,GET,/v1/broken,notes.read,-,-
other,GET,/v1/elsewhere,x,-,-
"""
AUDIENCE = "labourbridge-520000"
SECRET_TEXT = "110101199003070000"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    text: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseNote:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    type: ClassVar[str] = "note-written"
    text: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClosed:
    type: ClassVar[str] = "note-closed"


Command: TypeAlias = WriteNote | CloseNote
Event: TypeAlias = NoteWritten | NoteClosed


class NoteUnknown(Rejected):
    """There is no such note."""

    code = "note_unknown"


kinds["note_unknown"] = Kind("note_unknown", 409, "没有这条笔记。", "There is no such note.")


def decide(command: Command, state: str, seen: Seen) -> Sequence[Event]:
    match command:
        case WriteNote(text=text, region=region):
            return [] if state else [NoteWritten(text=text, region=region)]
        case CloseNote():
            if not state:
                raise NoteUnknown
            return [NoteClosed()] if state == "open" else []
        case _:
            assert_never(command)


NOTE: Decider[Command, Event, str] = Decider(
    category="note",
    initial="",
    decide=decide,
    evolve=lambda _, event: "open" if isinstance(event, NoteWritten) else "closed",
    events=Event,
)

Region = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class NoteIn(Body):
    note: UUID
    text: Annotated[str, Text(200)]
    region: Region
    priority: Annotated[int, Field(ge=0, le=9)] = 0
    weight: Annotated[float, Field(ge=0, le=100)] = 1.0
    kind: Literal["plain", "urgent"] = "plain"
    written_at: AwareDatetime | None = None
    tags: Annotated[tuple[Annotated[str, Text(20)], ...], Field(max_length=10)] = ()


class BatchIn(Body):
    notes: Annotated[list[NoteIn], Field(min_length=1, max_length=500)]


notes = router()


@notes.post("/v1/notes", status_code=201)
async def write_note(body: NoteIn, request: CommandRequest) -> Response:
    """Writes a note. 写一条笔记。"""
    request.require_region(body.region)
    command = WriteNote(text=body.text, region=body.region)
    return await request.handle(NOTE, str(body.note), command, occurred_at=body.written_at)


@notes.post("/v1/notes/batches", responses={200: BATCH})
async def write_notes(body: BatchIn, request: CommandRequest) -> Response:
    """Writes up to 500 notes. 写最多 500 条笔记。"""
    return await request.handle_each(
        [
            Each(NOTE, str(note.note), WriteNote(text=note.text, region=note.region))
            if request.may_touch(note.region)
            else Problem("region_not_yours")
            for note in body.notes
        ]
    )


@notes.post("/v1/notes/{note}/close", status_code=201)
async def close_note(note: UUID, request: CommandRequest) -> Response:
    """Closes a note. 关闭一条笔记。"""
    request.leave_region_to_rules()
    return await request.handle(
        NOTE,
        str(note),
        CloseNote(),
        reply=lambda state, version: {"note": str(note), "state": state, "version": version},
    )


class Line(SQLModel):
    position: int = Column(primary_key=True)
    stream_id: str
    type: str
    recorded_at: datetime = Column(sa_type=DateTime(timezone=True))


class LogTable(Line, table=True):
    """What is listed is the log itself."""

    __tablename__ = "events"
    __table_args__ = {"schema": "log"}


LINES: Final = View(row=Line, table=LogTable, keys=lambda _: (), fold=lambda row, _: row)


@notes.get("/v1/notes")
async def list_notes(
    request: ApiRequest, page: Paged, region: Annotated[str, Query(pattern=r"^[0-9]{6}$")] = "520000"
) -> dict[str, Any]:
    """Notes in the order in which they were written. 按写入顺序列出笔记。"""
    request.require_region(region)
    # nobody reads for this view: it stands at the end
    await request.web.store.pool.execute(
        "insert into log.checkpoints (reader, position) select $1, coalesce(max(position), 0) from log.events "
        "on conflict (reader) do update set position = excluded.position",
        LINES.reader,
    )
    written = select(LINES.definition).where(col(LogTable.type) == "note-written")
    rows, following = await page.rows(LINES, written, LogTable.recorded_at, LogTable.position)
    return {"notes": [row.stream_id for row in rows], "next": following}


@notes.get("/v1/careless")
async def careless(request: ApiRequest) -> dict[str, str]:
    """Forgets to ask for the region. 忘记检查区划。"""
    return {"secret": SECRET_TEXT}


@notes.get("/v1/broken")
async def broken(request: ApiRequest) -> dict[str, str]:
    """Fails. 出错。"""
    raise RuntimeError(SECRET_TEXT)


def publish(fact: Fact[Any]) -> bytes | None:
    """Written notes are public, closing is not."""
    if not isinstance(fact.event, NoteWritten):
        return None
    return msgspec.json.encode(
        {"specversion": "1.0", "id": f"{fact.id}/note-written", "data": {"region": fact.event.region}}
    )


def within(code: str, ancestor: str, _: date) -> bool:
    return code.startswith(ancestor.rstrip("0"))


KEY = OKPKey.generate_key("Ed25519", {"kid": "dev-1"})


def token(*, key: Any = KEY, alg: str = "Ed25519", header: Mapping[str, Any] | None = None, **claims: Any) -> str:
    """A bearer token as an identity provider would give it; None leaves a claim out."""
    now = int(time.time())
    given = {
        "iss": DEV_ISSUER,
        "aud": AUDIENCE,
        "sub": "zhang",
        "client_id": "county-office",
        "org": "520526-hrss",
        "office": "surveyor",
        "region": "520500",
        "scope": "notes.write notes.read notes.follow",
        "exp": now + 600,
        "nbf": now,
    } | claims
    given = {name: value for name, value in given.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": key.kid} | dict(header or {}), given, key, algorithms=[alg])


def settings(folder: Path, **changes: Any) -> Settings:
    """Settings with the files that they name."""
    (folder / "fingerprint_key").write_text("ab" * 32)
    (folder / "jwks.json").write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    (folder / "access.csv").write_text(ROWS, encoding="utf-8")
    given: dict[str, Any] = {
        "env": "test",
        "region": "520000",
        "database_url": SecretStr("postgresql://unused"),
        "jwks": str(folder / "jwks.json"),
        "token_issuer": DEV_ISSUER,
        "token_audience": AUDIENCE,
        "secrets_dir": folder,
        "access_table": folder / "access.csv",
    }
    return Settings(**(given | changes))


def notes_app(store: Store, settings: Settings) -> FastAPI:
    """The service, as a service's `app.py` would put it together."""
    feed = Feed(Pages(store.pool, [Codec(Event)]), publish)
    return create_app(
        web(settings, "notes", store, within),
        service="notes",
        description="Notes of a region. 区划的笔记。",
        version="1",
        routers=[notes, operations.routes(feed)],
        health=Health(ready={"database": lambda: store.pool.fetchval("select true")}),
        documents=not settings.production,
    )
