"""Routes of a class's archive: completed once everything is there, and each document as a file (R-TRN-07)."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Final

from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, CommandRequest, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path
from starlette.responses import Response

from training.archives.documents import DOCUMENTS, Document, workbook
from training.classes.api import ClassAnswer, ClassId, answer
from training.classes.commands import CompleteArchive
from training.classes.events import ArchiveFile
from training.classes.lookup import within_reach
from training.classes.state import Closed
from training.classes.training_class import CLASS
from training.enrolments.reading import roster_of
from training.enrolments.views.roster import ROSTER, RosterRow

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BY_NAME: Final = {each.name: each for each in DOCUMENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the documents are made of."""

    found: Closed
    trainees: list[RosterRow]

    def written(self, document: Document) -> bytes:
        return workbook(document, self.found, self.trainees)


async def _material(
    request: ApiRequest | CommandRequest, key: str, wait_for: str | None, wait_seconds: float
) -> Material:
    """Problem where the class is not closed, or an end is not known yet of somebody who has a result."""
    found, _ = await within_reach(request, key)
    if not isinstance(found, Closed):
        raise Problem("class_not_closed")
    pool = request.web.store.pool
    await until_view(pool, ROSTER.reader, wait_for, wait_seconds)
    rows = await queries.Query(roster_of(key)).fetch(pool)
    trainees = [RosterRow.model_construct(**row) for row in rows]
    ended = {each.worker for each in trainees if each.status in ("COMPLETED", "FAILED", "LEFT")}
    if not ended.issuperset(found.tests):
        raise Problem("archive_incomplete")
    return Material(found=found, trainees=trainees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def complete(
        self, training_class: ClassId, request: CommandRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
    ) -> Response:
        """Completes the archive: the four documents are there, and are kept by their digests (R-TRN-07). 归档。"""
        material = await _material(request, str(training_class), wait_for, wait_seconds)
        command = CompleteArchive(
            files=tuple(_file(each, material.written(each)) for each in DOCUMENTS),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(CLASS, str(training_class), command, reply=answer)

    async def read(
        self,
        training_class: ClassId,
        document: Annotated[
            str, Path(pattern="^(registration|roster|assessment|placement)$", description="Which document. 档案材料。")
        ],
        request: ApiRequest,
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> Response:
        """One of the four documents as a file; its digest is the ETag. 档案材料文件。"""
        material = await _material(request, str(training_class), wait_for, wait_seconds)
        content = material.written(BY_NAME[document])
        headers = {
            "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
            "Content-Disposition": f'attachment; filename="{training_class}-{document}.xlsx"',
        }
        return Response(content, media_type=XLSX, headers=headers)


def _file(document: Document, content: bytes) -> ArchiveFile:
    return ArchiveFile(document=document.name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def routes(handlers: Routes) -> APIRouter:
    """What completes and shows archives, by path."""
    found = router()
    found.add_api_route(
        "/v1/classes/{training_class}/archive",
        handlers.complete,
        methods=["POST"],
        status_code=201,
        tags=["archives"],
        response_model=ClassAnswer,
    )
    found.add_api_route(
        "/v1/classes/{training_class}/archive/{document}",
        handlers.read,
        methods=["GET"],
        tags=["archives"],
        response_class=Response,
        responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    return found
