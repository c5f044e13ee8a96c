"""Routes that begin an import and say how far it is."""

import asyncio
from collections import Counter as Tally
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias
from uuid import UUID

import msgspec
from contracts.days import Day
from contracts.survey import CaptureMethodCode, ChannelCode
from eventcore.clock import legal_day
from eventcore.database import Pool
from eventcore.exchange.stewards import AS_STEWARD
from eventcore.ids import new_id
from eventcore.readers.queries import reading
from eventcore.web import ApiRequest, Problem, router
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from pydantic import Field as Member
from starlette.responses import Response

from registry.imports.commands import StartImport
from registry.imports.events import ImportStarted
from registry.imports.importing import Importing
from registry.imports.lookup import own_import
from registry.imports.roster_import import (
    IMPORT,
    Complete,
    Gone,
    Import,
    KnownImport,
    Running,
    Standing,
    Unread,
    known,
    standing,
)
from registry.imports.shelf import Counts
from registry.imports.upload import BODY, UploadRequest, upload_router
from registry.imports.work import READER
from registry.rosters import Defaults, Kind, Unreadable, inspect

ImportId = Annotated[UUID, Path(description="Id of the import. 导入编号。")]
Word: TypeAlias = Literal["waiting", "running", "stopped", "complete", "failed", "expired"]
_PARKED: Final = "select exists (select 1 from log.parked where reader = $1 and stream_id = $2)"


class ImportAnswer(BaseModel):
    """What a command on an import answers. 导入编号、状态与版本。"""

    import_: Annotated[str, Member(alias="import")]
    state: Standing
    version: int


class VerdictCounts(BaseModel):
    """Rows by their verdict, the refused ones by code. 各类结果的行数。"""

    recorded: int
    again: int
    unchanged: int
    refused: dict[str, int]


class ImportOut(BaseModel):
    """An import as it is now. 导入进度。"""

    import_: Annotated[str, Member(alias="import")]
    state: Annotated[
        Word,
        Member(description="stopped: an operator has to look. 已停止：须由运维人员处理。"),
    ]
    kind: str
    bytes: int
    by: str
    region: str
    ends_at: Annotated[datetime, Member(description="File and verdicts are destroyed then. 到期销毁。")]
    rows: int | None
    judged: int
    verdicts: VerdictCounts
    sheets: list[str]
    ignored_columns: list[str]
    failure: Annotated[str | None, Member(description="Why the file could not be read. 文件无法读取的原因。")] = None


def answer(state: Import, version: int) -> Mapping[str, object]:
    """What a command on an import answers."""
    return {"import": known(state).started.key, "state": standing(known(state)), "version": version}


class Routes:
    """The routes, with what they go by."""

    def __init__(self, importing: Importing) -> None:
        self._importing = importing

    async def start_import(
        self,
        request: UploadRequest,
        surveyed_on: Annotated[
            Day | None, Query(description="Day of the survey where the file has no such column. 摸查日期。")
        ] = None,
        channel: Annotated[
            ChannelCode | None, Query(description="Channel where the file has no such column. 采集渠道。")
        ] = None,
        capture_method: Annotated[
            CaptureMethodCode | None, Query(description="Capture method where the file has none. 采集方式。")
        ] = None,
    ) -> Response:
        """Takes a roster (XLSX, XLS or CSV as the body); its rows are judged one by one afterwards. The same file again
        adds nobody. 导入名册：受理后逐行登记，重复报送不会重复登记。"""
        request.require_region(request.caller.region)
        day = legal_day(self._importing.clock)
        kind = await self._inspected(request.data, self._importing.defaults(day, surveyed_on, channel, capture_method))
        fingerprint = self._importing.fingerprint(request.data)
        request.value = {"file": fingerprint}
        key = new_id()
        started = ImportStarted(
            key=key,
            fingerprint=fingerprint,
            size=len(request.data),
            kind=kind,
            pieces=await self._importing.shelf.put_file(key, request.data),
            today=day,
            surveyed_on=surveyed_on,
            channel=channel,
            capture_method=capture_method,
            by=request.caller.subject,
            client=request.caller.client,
            organisation=request.caller.organisation,
            region=request.caller.region,
            ends_at=self._importing.clock.now() + self._importing.term,
        )
        response = await request.handle(IMPORT, key, StartImport(started), reply=answer)
        begun: str = msgspec.json.decode(bytes(response.body))["import"]
        if begun != key:  # the request came again: the file lies there already
            await self._importing.shelf.clear(key)
        response.headers["Location"] = f"/v1/imports/{begun}"
        return response

    async def _inspected(self, data: bytes, defaults: Defaults) -> Kind:
        try:
            return await asyncio.to_thread(inspect, data, self._importing.limits, defaults)
        except Unreadable as unreadable:
            raise unreadable_problem(unreadable) from None

    async def read_import(self, id: ImportId, request: ApiRequest) -> Response:
        """How far an import is, and what became of its rows so far. 导入进度及各类结果的行数。"""
        state = await own_import(request, str(id))
        found = await self._found(state, request.web.store.pool)
        return Response(found.model_dump_json(by_alias=True), media_type="application/json")

    async def _found(self, state: KnownImport, pool: Pool) -> ImportOut:
        started, shelf = state.started, self._importing.shelf
        contents = None if isinstance(state, Gone) else await shelf.contents(started.key)
        counts = await shelf.counts(started.key)
        word: Word = standing(state)
        if isinstance(state, Running):
            word = await _running(pool, started.key, begun=contents is not None)
        if isinstance(state, Complete | Gone) and state.result:
            result = state.result
            counts = Counts(
                recorded=result.recorded, again=result.again, unchanged=result.unchanged, refused=Tally(result.refused)
            )
        return ImportOut(
            **{"import": started.key},
            state=word,
            kind=started.kind,
            bytes=started.size,
            by=started.by,
            region=started.region,
            ends_at=started.ends_at,
            rows=contents[0] if contents else counts.judged or None,
            judged=counts.judged,
            verdicts=VerdictCounts(
                recorded=counts.recorded, again=counts.again, unchanged=counts.unchanged, refused=dict(counts.refused)
            ),
            sheets=list(contents[1].sheets) if contents else [],
            ignored_columns=list(contents[1].ignored_columns) if contents else [],
            failure=state.code if isinstance(state, Unread) else None,
        )


async def _running(pool: Pool, key: str, *, begun: bool) -> Word:
    with reading():
        parked = await pool.fetchval(_PARKED, READER, IMPORT.stream(key))
    return "stopped" if parked else "running" if begun else "waiting"


def unreadable_problem(unreadable: Unreadable) -> Problem:
    """A refused file as an answer; details name columns, sheets and limits only."""
    errors = [
        {"field": name, "code": value if isinstance(value, str) else msgspec.json.encode(value).decode()}
        for name, value in unreadable.details.items()
    ]
    return Problem(unreadable.code, errors=errors)


def routes(importing: Importing) -> tuple[APIRouter, APIRouter]:
    """Where files come in, and the rest."""
    handlers = Routes(importing)
    uploads, others = upload_router(importing.limits.bytes), router()
    uploads.add_api_route(
        "/v1/imports",
        handlers.start_import,
        methods=["POST"],
        status_code=202,
        tags=["imports"],
        response_model=ImportAnswer,
        dependencies=AS_STEWARD,
        openapi_extra=BODY,
    )
    others.add_api_route("/v1/imports/{id}", handlers.read_import, tags=["imports"], response_model=ImportOut)
    return uploads, others
