"""Routes that show what became of the rows: by line without anybody's data, and as the office's own rows with the
reasons, which is a disclosure."""

import asyncio
from typing import Annotated, Final, Literal
from uuid import uuid4

from eventcore import tracing
from eventcore.call import Outcome
from eventcore.facts import Meta
from eventcore.store import Order, handle
from eventcore.web import ApiRequest, Problem, router
from eventcore.web.problems import language_of
from eventcore.web.waiting import Cursor, Limit
from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from registry.imports.api import ImportId
from registry.imports.commands import DiscloseImport
from registry.imports.events import ImportDisclosed
from registry.imports.importing import Importing
from registry.imports.lookup import complete, own_import
from registry.imports.purposes import ImportPurposeCode
from registry.imports.roster_import import IMPORT, Complete
from registry.rosters import Verdict, reason, title, workbook
from registry.rosters.roster import VerdictWord
from registry.vault import KeyGone

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class VerdictOut(BaseModel):
    """What became of a row, without anybody's data; `reason` and `columns` say `code` and `fields` in the language that
    was asked for. 一行的结果，不含个人信息；原因与有误栏目以所请求的语言说明。"""

    sheet: str
    line: int
    verdict: VerdictWord
    code: str | None
    reason: str | None
    fields: list[str]
    columns: list[str]
    survey: str | None
    worker: str | None


class VerdictPage(BaseModel):
    """Verdicts in the order of the file, and the cursor of the next page where there may be one."""

    verdicts: list[VerdictOut]
    next: str | None


class Routes:
    """The routes, with what they go by."""

    def __init__(self, importing: Importing) -> None:
        self._importing = importing

    async def list_verdicts(
        self,
        id: ImportId,
        request: ApiRequest,
        verdict: Annotated[VerdictWord | None, Query(description="Only these. 仅此类结果。")] = None,
        cursor: Cursor = "",
        limit: Limit = 200,
    ) -> VerdictPage:
        """What became of each row, by sheet and line; nobody's data are in it. 逐行结果，不含个人信息。"""
        state = complete(await own_import(request, str(id)))
        first, skip = request.after(cursor, tuple[int, int]) if cursor else (0, 0)
        found: list[tuple[int, int, Verdict]] = []
        try:
            while len(found) < limit:
                pieces = await self._importing.shelf.verdicts(state.started.key, first, verdict, most=1)
                if not pieces:
                    break
                n, each = pieces[0]
                chosen = ((n, at, one) for at, one in enumerate(each) if verdict in (None, one.verdict))
                found += [one for one in chosen if n > first or one[1] >= skip]
                first, skip = n + 1, 0
        except KeyGone:
            raise Problem("import_expired") from None
        page = found[:limit]
        following = request.cursor(page[-1][0], page[-1][1] + 1) if len(page) == limit else None
        language = language_of(request.scope)
        return VerdictPage(verdicts=[_shown(one, language) for _, _, one in page], next=following)

    async def read_workbook(
        self,
        id: ImportId,
        request: ApiRequest,
        purpose: Annotated[ImportPurposeCode, Query(description="What the rows are needed for. 查阅目的。")],
    ) -> Response:
        """The office's own rows with a reason each, as XLSX; corrected, it can be sent again. The disclosure is
        recorded first. 下载带有结果说明的名册，更正后可再次报送；先留痕，后下载。"""
        state = complete(await own_import(request, str(id)))
        version = await _disclosed(request, state, purpose)
        try:
            content = await self._workbook(state, language_of(request.scope))
        except KeyGone:
            raise Problem("import_expired") from None
        name = f"verdicts-{state.started.key}.xlsx"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Disclosure": f"{IMPORT.stream(state.started.key)}/{version}",
        }
        return Response(content, media_type=XLSX, headers=headers)

    async def _workbook(self, state: Complete, language: Literal["zh", "en"]) -> bytes:
        started, shelf = state.started, self._importing.shelf
        data = await shelf.file(started.key, started.pieces)
        pieces = await shelf.verdicts(started.key)
        verdicts = {(one.sheet, one.line): one for _, each in pieces for one in each}

        def made() -> bytes:
            return workbook(self._importing.read(started, data), verdicts, language)

        return await asyncio.to_thread(made)


async def _disclosed(request: ApiRequest, state: Complete, purpose: str) -> int:
    """The version of the recorded disclosure. Problem where the import ended meanwhile."""
    by, store, key = request.caller, request.web.store, state.started.key
    disclosed = ImportDisclosed(purpose=purpose, reader=by.subject, organisation=by.organisation)
    id = f"http/{by.client}/{request.template}/{uuid4()}"
    meta = Meta(actor=by.subject, organisation=by.organisation, correlation=id, trace=tracing.traceparent())
    answer = await handle(store, IMPORT, key, DiscloseImport(disclosed), Order(id=id, meta=meta))
    if answer.outcome is not Outcome.ACCEPTED:
        complete((await store.state(IMPORT, key))[0])
        raise Problem("contended")
    return answer.version


def _shown(verdict: Verdict, language: Literal["zh", "en"]) -> VerdictOut:
    return VerdictOut(
        sheet=verdict.sheet,
        line=verdict.line,
        verdict=verdict.verdict,
        code=verdict.code,
        reason=reason(verdict.code, language) if verdict.code else None,
        fields=[*verdict.fields],
        columns=[title(each, language) for each in verdict.fields],
        survey=verdict.survey,
        worker=verdict.worker,
    )


def routes(importing: Importing) -> APIRouter:
    """By path."""
    found, handlers = router(), Routes(importing)
    found.add_api_route(
        "/v1/imports/{id}/verdicts", handlers.list_verdicts, tags=["imports"], response_model=VerdictPage
    )
    found.add_api_route(
        "/v1/imports/{id}/workbook",
        handlers.read_workbook,
        tags=["imports"],
        response_class=Response,
        responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    return found
