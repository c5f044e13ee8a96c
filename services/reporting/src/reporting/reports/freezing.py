"""Commands on reports: what was counted is frozen or restated, and signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts import region as regions
from eventcore.web import CommandRequest, router
from fastapi import APIRouter
from starlette.responses import Response

from reporting.asked import region_of, wrong
from reporting.known import today
from reporting.regions import breakdown
from reporting.reports.bodies import ReportAnswer, ReportId, ReportIn
from reporting.reports.calendar import NoSuchPeriod, obligation, report_id
from reporting.reports.commands import FreezeReport, RestateReport
from reporting.reports.counting import counted, differences
from reporting.reports.report import REPORT, Frozen, Report, known
from reporting.reports.signing import Signer


def answer(report: Report, version: int) -> Mapping[str, object]:
    found = known(report)
    return {
        "report": found.report,
        "restatements": found.restatements,
        "known_at": found.known_at,
        "version": version,
    }


@dataclass(frozen=True, slots=True)
class Freezing:
    """The routes, with what signs."""

    signer: Signer

    async def freeze(self, body: ReportIn, request: CommandRequest) -> Response:
        """Counts a region's numbers by the day of the calendar, as far as everything is known now, and keeps them for
        good, signed (R-STA-04, R-STA-07 to R-STA-09, R-STA-12, R-STA-24). Once a region, kind and period.

        固化报表：按报送日历的统计截止日和当前已知事实统计、签名并永久保存；每一地区、种类、期间一次。
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
        found = await counted(pool, breakdown(place.code, as_of, "child"), as_of)
        command = FreezeReport(
            report=key,
            kind=body.kind,
            region=place.code,
            name=place.name,
            period=body.period,
            as_of=as_of,
            due_on=due_on,
            recipients=asked.recipients,
            counted=found,
            signature=self.signer.sign(key, as_of, found),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=now,
        )
        return await request.handle(REPORT, key, command, reply=answer)

    async def restate(self, report: ReportId, request: CommandRequest) -> Response:
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
            signature=self.signer.sign(report, found.as_of, now),
            differences=await differences(pool, parts, found.as_of, found.known_at, now.known_at),
            by=request.caller.subject,
            organisation=request.caller.organisation,
            today=await today(pool),
        )
        return await request.handle(REPORT, report, command, reply=answer)


async def _found(request: CommandRequest, key: str) -> Frozen:
    found, _ = await request.web.store.state(REPORT, key)
    if not isinstance(found, Frozen):
        raise request.not_there()
    request.require_region(found.region)
    return found


def routes(signer: Signer) -> APIRouter:
    """Both commands."""
    handlers, found = Freezing(signer), router()
    for path, handler in (("/v1/reports", handlers.freeze), ("/v1/reports/{report}/restatements", handlers.restate)):
        found.add_api_route(
            path, handler, methods=["POST"], status_code=201, tags=["reports"], response_model=ReportAnswer
        )
    return found
