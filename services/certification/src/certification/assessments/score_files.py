"""Results files of exam systems (R-CRT-16): CSV as they write it, a verdict for each line."""

import csv
import io
from collections.abc import Mapping
from typing import Annotated, Any, Final

from contracts.public_event import EntityId
from eventcore.web import BATCH, CommandRequest, Each, Problem, problems
from eventcore.web.routes import Route
from fastapi import APIRouter, Query
from pydantic import BaseModel, ValidationError
from starlette.responses import Response

from certification.assessments.api import AssessmentId, answer, scores_of, within_reach
from certification.assessments.assessment import ASSESSMENT, MOST
from certification.assessments.bodies import ScoreIn

COLUMNS: Final = {
    "worker": ("worker", "人员编号", "考生编号"),
    "theory": ("theory", "理论成绩", "理论知识"),
    "practice": ("practice", "实操成绩", "技能操作"),
    "absent": ("absent", "缺考"),
}
YES: Final = ("yes", "true", "1", "是", "缺考")
NO: Final = ("no", "false", "0", "否", "")
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "CSV, UTF-8 or GB18030: 人员编号, 理论成绩, 实操成绩, 缺考 (worker, theory, practice, absent).",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


class FileRequest(CommandRequest):
    """A POST whose body is a CSV file."""

    async def take_body(self, model: type[BaseModel] | None) -> None:
        """Problem where it is too large, too slow, or said to be something else."""
        if self.headers.get("content-type", "").partition(";")[0].strip().lower() != "text/csv":
            raise Problem("content_type_unsupported")
        self.value = decoded(await self.read_body())


class FileRoute(Route):
    command = FileRequest


def decoded(data: bytes) -> str:
    """UTF-8 with or without mark, else GB18030. Problem where it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem("score_file_unreadable")


def lines(text: str) -> list[Mapping[str, str]]:
    """The lines by our names of the columns. Problem where it is no table, has no workers, or more than a session."""
    try:
        rows = [[field.strip() for field in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error:
        raise Problem("score_file_unreadable") from None
    head, *rest = [row for row in rows if any(row)] or [[]]
    named = {ours: head.index(name) for ours, names in COLUMNS.items() for name in names if name in head}
    if "worker" not in named or not 0 < len(rest) <= MOST:
        raise Problem("score_file_unreadable")
    return [{ours: row[n] if n < len(row) else "" for ours, n in named.items()} for row in rest]


def score(line: Mapping[str, str]) -> ScoreIn | Problem:
    """A line as a score, or the problem that it has."""
    given: dict[str, Any] = {"worker": line["worker"], "absent": _flag(line.get("absent", ""))}
    given |= {part: _points(line[part]) for part in ("theory", "practice") if line.get(part)}
    try:
        return ScoreIn.model_validate(given, strict=False)
    except ValidationError as error:
        return problems.invalid(error)


def _points(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else text


def _flag(text: str) -> bool | str:
    return True if text.lower() in YES else False if text.lower() in NO else text


files = APIRouter(route_class=FileRoute)


@files.post(
    "/v1/assessments/{assessment}/score-files", tags=["assessments"], openapi_extra=BODY, responses={200: BATCH}
)
async def take_score_file(
    assessment: AssessmentId,
    request: FileRequest,
    source: Annotated[EntityId, Query(description="Name or number of the file. 成绩文件名称或编号。")],
) -> Response:
    """Records the scores of an exam system's results file, a verdict a line. 导入考试系统成绩文件，逐行答复。"""
    key = str(assessment)
    await within_reach(request, key)

    def item(line: Mapping[str, str]) -> Each | Problem:
        found = score(line)
        if isinstance(found, Problem):
            return found
        return Each(ASSESSMENT, key, scores_of(found, source, request), reply=answer)

    return await request.handle_each([item(line) for line in lines(str(request.value))])
