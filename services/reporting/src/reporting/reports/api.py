"""Routes of reports: frozen, restated, shown, printed."""

from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from contracts import region as regions
from contracts.region import RegionCode
from eventcore.store import Order, Task
from eventcore.web import ApiRequest, CommandRequest, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import Path, Query
from starlette.responses import Response

from reporting.asked import region_of, wrong
from reporting.asking import until_views
from reporting.known import today
from reporting.regions import breakdown
from reporting.reports import queries
from reporting.reports.bodies import (
    DifferenceOut,
    ReportAnswer,
    ReportId,
    ReportIn,
    ReportOut,
    ReportPage,
    RestatementOut,
    head,
    whole,
)
from reporting.reports.calendar import Kind, NoSuchPeriod, obligation, obligations, report_id
from reporting.reports.commands import FreezeReport, RestateReport
from reporting.reports.counting import counted, differences
from reporting.reports.report import REPORT, Frozen, Report, known
from reporting.reports.views.differences import DIFFERENCES
from reporting.reports.views.reports import REPORTS, ReportRow
from reporting.reports.workbook import workbook

routes: Final = router()

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(report: Report, version: int) -> Mapping[str, object]:
    found = known(report)
    return {
        "report": found.report,
        "restatements": found.restatements,
        "known_at": found.known_at,
        "version": version,
    }


@routes.post("/v1/reports", status_code=201, tags=["reports"], response_model=ReportAnswer)
async def freeze(body: ReportIn, request: CommandRequest) -> Response:
    """Counts a region's numbers by the day of the calendar, as far as everything is known now, and keeps them for good
    (R-STA-04, R-STA-07 to R-STA-09, R-STA-12, R-STA-24). Once a region, kind and period.

    固化报表：按报送日历的统计截止日和当前已知事实统计并永久保存；每一地区、种类、期间一次。
    """
    asked = obligation(body.kind)
    try:
        as_of, due_on = asked.as_of_day(body.period), asked.due_day(body.period)
    except NoSuchPeriod:
        request.leave_region_to_rules()
        raise wrong("body.period", "period_unknown") from None
    pool = request.web.store.pool
    now = await today(pool)
    place = region_of("body.region", body.region, as_of)
    for each in regions.current(place.code, now, as_of) or (place,):
        request.require_region(each.code)
    if not asked.asked_of(place):
        raise wrong("body.region", "region_sends_no_such_report")
    key = report_id(body.kind, place.code, body.period)
    command = FreezeReport(
        report=key,
        kind=body.kind,
        region=place.code,
        name=place.name,
        period=body.period,
        as_of=as_of,
        due_on=due_on,
        recipients=asked.recipients,
        counted=await counted(pool, breakdown(place.code, as_of, "child"), as_of),
        by=request.caller.subject,
        organisation=request.caller.organisation,
        today=now,
    )
    return await request.handle(REPORT, key, command, reply=answer)


@routes.post("/v1/reports/{report}/restatements", status_code=201, tags=["reports"], response_model=ReportAnswer)
async def restate(report: ReportId, request: CommandRequest) -> Response:
    """Counts a frozen report anew and says for every person and claim what changed, and because of which facts
    (R-STA-12, R-STA-24). What was frozen stays. 200 where nothing changed.

    重述报表：按当前已知事实重新统计，逐人逐事项列出差异及原因；原报表保持不变；无差异时返回 200。
    """
    found = await _found(request, report)
    pool = request.web.store.pool
    parts = breakdown(found.region, found.as_of, "child")
    now = await counted(pool, parts, found.as_of)
    command = RestateReport(
        since=found.known_at,
        counted=now,
        differences=await differences(pool, parts, found.as_of, found.known_at, now.known_at),
        by=request.caller.subject,
        organisation=request.caller.organisation,
        today=await today(pool),
    )
    return await request.handle(REPORT, report, command, reply=answer)


async def _found(request: CommandRequest, key: str) -> Frozen:
    task = Task(REPORT, key, None, Order(id=""))
    found = (await request.web.store.desk([task], fresh=True)).states[task.stream].state
    if not isinstance(found, Frozen):
        request.leave_region_to_rules()
        raise Problem("not_found")
    request.require_region(found.region)
    return found


@routes.get("/v1/reports", tags=["reports"])
async def reports(
    request: ApiRequest,
    region: Annotated[RegionCode, Query(description="It and everything in it. 本级及下级。", examples=["520000"])],
    kind: Annotated[Kind | None, Query(description="Of this kind only. 仅该种类。")] = None,
    cursor: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> ReportPage:
    """Frozen reports of a region and everything in it, with whether they were on time (R-STA-08). 已固化的报表。"""
    request.require_region(region)
    after = request.after(cursor, tuple[str])[0] if cursor else ""
    pool = request.web.store.pool
    await until_views(pool, (REPORTS,), wait_for, wait_seconds)
    rows = await queries.of_region(pool, region, kind, after, limit)
    following = request.cursor(rows[-1].report) if len(rows) == limit else None
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
    cursor: Annotated[str, Query(max_length=500)] = "",
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
        request.leave_region_to_rules()
        raise Problem("not_found")
    request.require_region(found.region)
    return found
