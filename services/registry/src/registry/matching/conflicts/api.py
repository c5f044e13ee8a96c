"""Routes of conflicts: what is open, by county and with its age; a person decides; the list as a table for offices."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from contracts.region import RegionCode
from eventcore.clock import CLOCK, LEGAL, legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, example, router
from eventcore.web.acting import signed
from fastapi import Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from registry.matching.conflicts.conflict import (
    CONFLICT,
    Conflict,
    DecideConflict,
    Unknown,
    opened,
    standing,
)
from registry.matching.conflicts.lists import DecisionReasonCode, FollowUpCode
from registry.matching.conflicts.query import OLDEST_FIRST, State, counted, listed
from registry.matching.conflicts.view import CONFLICTS
from registry.matching.sides import Side

MOST: Final = 5_000
Region = Annotated[RegionCode, Query(description="A county, prefecture or province. 县、市或省的行政区划代码。")]
ComparisonId = Annotated[str | None, Query(max_length=60, description="Only this comparison. 比对项目。")]
ConflictId = Annotated[UUID, Path(description="Id of the conflict. 差异编号。")]


class DecisionIn(Body):
    """Which system is right (`NONE`: none of them), what follows, and on what grounds. 认定结果、后续处理与依据。"""

    model_config = example({"right": "registered-poverty", "follow_up": "SOURCE_CORRECTS", "reason": "DOCUMENT_SEEN"})

    right: Annotated[str, Field(max_length=60, pattern="^[A-Za-z-]+$")]
    follow_up: FollowUpCode
    reason: DecisionReasonCode


class DecisionAnswer(BaseModel):
    """What a decision answers. 差异编号、状态与版本。"""

    conflict: str
    state: str
    version: int


class ConflictOut(BaseModel):
    """A conflict, what each system says, and its age in days while it is open. 差异、各系统所载与存续天数。"""

    conflict: str
    comparison: str
    rule: str
    county: str
    state: str
    worker: str | None
    sides: list[Side]
    run: str
    opened_at: datetime
    age_days: int | None
    ended_at: datetime | None
    right: str | None
    follow_up: str | None
    reason: str | None
    official: str | None
    organisation: str | None


class ConflictsPage(BaseModel):
    """Conflicts without personal data: a record number leads to the person in its own system. 差异列表。"""

    conflicts: list[ConflictOut]
    next: str | None


class OpenConflicts(BaseModel):
    """Open conflicts of a county and rule. 各县未处理差异。"""

    county: str
    comparison: str
    rule: str
    open: int
    oldest_on: date
    age_days: int


class OpenConflictsOut(BaseModel):
    """Open conflicts by county. 各县未处理差异数。"""

    counties: list[OpenConflicts]


conflict_routes = router()


@conflict_routes.get("/v1/match-conflicts", tags=["matching"])
async def list_conflicts(
    region: Region,
    request: ApiRequest,
    page: Paged,
    state: Annotated[State, Query(description="Open, decided or vanished. 状态。")] = "open",
    comparison: ComparisonId = None,
) -> ConflictsPage:
    """Conflicts in a region and everything in it, the oldest first. 某行政区划内的比对差异，先发现的在前。"""
    request.require_region(region)
    rows, following = await page.rows(CONFLICTS, listed(region, state, comparison), *OLDEST_FIRST)
    return ConflictsPage(conflicts=[_shown(row.__dict__) for row in rows], next=following)


@conflict_routes.get("/v1/match-conflict-counts", tags=["matching"])
async def count_conflicts(region: Region, request: ApiRequest, comparison: ComparisonId = None) -> OpenConflictsOut:
    """Open conflicts by county and rule, with the age of the oldest. 各县未处理差异数及最长存续天数。"""
    request.require_region(region)
    rows = await queries.Query(counted(region, comparison)).fetch(request.web.store.pool)
    return OpenConflictsOut(
        counties=[
            OpenConflicts(
                county=row["county"],
                comparison=row["comparison"],
                rule=row["rule"],
                open=row["open"],
                oldest_on=_day(row["oldest"]),
                age_days=_age(row["oldest"]),
            )
            for row in rows
        ]
    )


@conflict_routes.get(
    "/v1/match-conflict-table",
    tags=["matching"],
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def table_of_conflicts(
    region: Region,
    request: ApiRequest,
    state: Annotated[State, Query(description="Open, decided or vanished. 状态。")] = "open",
    comparison: ComparisonId = None,
) -> Response:
    """Up to 5,000 conflicts as CSV, for the systems' offices; without personal data. 差异清单（CSV，不含个人信息）。"""
    request.require_region(region)
    first = listed(region, state, comparison).order_by(*OLDEST_FIRST).limit(MOST)
    rows = await queries.Query(first).fetch(request.web.store.pool)
    return Response(_csv(_shown(row) for row in rows), media_type="text/csv; charset=utf-8")


@conflict_routes.post(
    "/v1/match-conflicts/{conflict}/decision", tags=["matching"], status_code=201, response_model=DecisionAnswer
)
async def decide_conflict(conflict: ConflictId, body: DecisionIn, request: CommandRequest) -> Response:
    """A person says which system is right and what follows (R-REG-13). 人工认定比对差异。"""
    key = str(conflict)
    state, _ = await request.web.store.state(CONFLICT, key)
    if isinstance(state, Unknown):
        raise request.not_there()
    request.require_region(opened(state).county)
    command = DecideConflict(
        right=body.right,
        follow_up=body.follow_up,
        reason=body.reason,
        **signed(request),
    )
    return await request.handle(CONFLICT, key, command, reply=_answer)


def _answer(conflict: Conflict, version: int) -> Mapping[str, object]:
    return {"conflict": opened(conflict).conflict, "state": standing(conflict), "version": version}


def _shown(row: Mapping[str, Any]) -> ConflictOut:
    age = _age(row["opened_at"]) if row["state"] == "open" else None
    return ConflictOut(**{**row, "sides": msgspec.json.decode(row["sides"], type=list[Side])}, age_days=age)


def _day(moment: datetime) -> date:
    return moment.astimezone(LEGAL).date()


def _age(moment: datetime) -> int:
    return (legal_day(CLOCK) - _day(moment)).days


def _csv(rows: Iterable[ConflictOut]) -> bytes:
    """With one column for the record numbers of each side, as `system: number`; UTF-8 with mark, for spreadsheets."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("差异编号", "县", "比对项目", "规则", "各系统", "发现日期", "天数", "状态", "正确系统", "后续处理"))
    for each in rows:
        sides = "；".join(_side(side) for side in each.sides)
        line = (each.conflict, each.county, each.comparison, each.rule, sides, _day(each.opened_at).isoformat())
        ending = (each.age_days, each.state, each.right, each.follow_up)
        table.writerow([_safe("" if cell is None else str(cell)) for cell in (*line, *ending)])
    return text.getvalue().encode("utf-8-sig")


def _side(side: Side) -> str:
    said = (side.value or "有") if side.present else "无"
    return f"{side.source}={said} {' '.join(side.records)}".strip()


def _safe(text: str) -> str:
    """Nothing that a spreadsheet program would run: record numbers come from others' files."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
