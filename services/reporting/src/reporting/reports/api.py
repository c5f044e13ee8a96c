"""Routes of reports: shown, printed."""

from typing import Annotated, Final

import msgspec
from contracts.region import RegionCode
from eventcore.web import ApiRequest, Paged, Problem, router
from eventcore.web.waiting import Cursor, WaitFor, WaitSeconds
from fastapi import Path, Query
from starlette.responses import Response

from reporting.asking import until_views
from reporting.reports import queries
from reporting.reports.bodies import (
    DifferenceOut,
    ReportId,
    ReportOut,
    ReportPage,
    RestatementOut,
    head,
    whole,
)
from reporting.reports.calendar import Kind, obligations
from reporting.reports.views.differences import DIFFERENCES
from reporting.reports.views.reports import REPORTS, ReportRow, ReportTable
from reporting.reports.workbook import workbook

routes: Final = router()

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@routes.get("/v1/reports", tags=["reports"])
async def reports(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="It and everything in it. 本级及下级。", examples=["520000"])],
    kind: Annotated[Kind | None, Query(description="Of this kind only. 仅该种类。")] = None,
) -> ReportPage:
    """Frozen reports of a region and everything in it, with whether they were on time (R-STA-08). 已固化的报表。"""
    request.require_region(region)
    rows, following = await page.rows(REPORTS, queries.of_region(region, kind), ReportTable.report)
    return ReportPage(reports=[head(row) for row in rows], next=following)


@routes.get("/v1/reports/{report}", tags=["reports"])
async def read(
    report: ReportId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
) -> ReportOut:
    """A report as it was frozen, and every restatement. 报表及历次重述。"""
    return whole(await _row(request, report, wait_for, wait_seconds))


@routes.get("/v1/reports/{report}/workbook", tags=["reports"], response_class=Response)
async def printed(
    report: ReportId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
) -> Response:
    """The report as a form to print (R-STA-07, R-STA-22). 可打印的报表（XLSX）。"""
    row = await _row(request, report, wait_for, wait_seconds)
    kind = next(each for each in obligations() if each.kind == row.kind)
    name = {"Content-Disposition": f'attachment; filename="{report}.xlsx"'}
    return Response(workbook(row, kind), media_type=_XLSX, headers=name)


@routes.get("/v1/reports/{report}/restatements/{restatement}", tags=["reports"])
async def restatement(
    report: ReportId,
    restatement: Annotated[int, Path(ge=1, le=100_000, description="Number of the restatement. 重述序号。")],
    request: ApiRequest,
    cursor: Cursor = "",
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> RestatementOut:
    """What a restatement changed, person by person and claim by claim, and because of which facts (R-STA-12,
    R-STA-24). 重述差异：逐人逐事项，附原因事件。"""
    await _row(request, report, wait_for, wait_seconds)
    pool = request.web.store.pool
    await until_views(pool, (DIFFERENCES,), wait_for, wait_seconds)
    number = request.after(cursor, tuple[int])[0] if cursor else 1
    found = await queries.part(pool, report, restatement, number)
    if not found:
        raise Problem("not_found")
    return RestatementOut(
        report=report,
        restatement=restatement,
        differences=[DifferenceOut.model_validate(each) for each in msgspec.json.decode(found[0].differences)],
        next=request.cursor(found[1].number) if len(found) > 1 else None,
    )


async def _row(request: ApiRequest, report: str, wait_for: str | None, seconds: float) -> ReportRow:
    pool = request.web.store.pool
    await until_views(pool, (REPORTS,), wait_for, seconds)
    found = (await queries.named(pool, [report])).get(report)
    if found is None:
        raise request.not_there()
    request.require_region(found.region)
    return found
