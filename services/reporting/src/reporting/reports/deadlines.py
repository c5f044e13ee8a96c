"""GET /v1/report-deadlines"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final

from contracts.region import RegionCode
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import Query

from reporting.asked import region_of
from reporting.asking import until_views
from reporting.known import today
from reporting.reports import queries
from reporting.reports.bodies import DeadlineOut, Deadlines, Standing
from reporting.reports.calendar import Obligation, obligations, periods, report_id
from reporting.reports.views.reports import REPORTS, ReportRow

routes: Final = router()


@routes.get("/v1/report-deadlines", tags=["reports"])
async def deadlines(
    request: ApiRequest,
    region: Annotated[RegionCode, Query(description="Who sends them. 报送地区。", examples=["520526"])],
    year: Annotated[int, Query(ge=2000, le=2099, description="Of their periods. 年度。", examples=[2026])],
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> Deadlines:
    """Which reports a region sends in a year, by when, and what became of them (R-STA-04, R-STA-08, R-STA-09).
    报送期限与按时记录。"""
    request.require_region(region)
    pool = request.web.store.pool
    await until_views(pool, (REPORTS,), wait_for, wait_seconds)
    now = await today(pool)
    place = region_of("query.region", region, now)
    asked = [(each, period) for each in obligations() if each.asked_of(place) for period in periods(each.kind, year)]
    frozen = await queries.named(pool, [report_id(each.kind, place.code, period) for each, period in asked])
    found = [_deadline(each, place.code, period, frozen, now) for each, period in asked]
    return Deadlines(region=place.code, year=year, deadlines=found)


def _deadline(asked: Obligation, region: str, period: str, frozen: Mapping[str, ReportRow], now: date) -> DeadlineOut:
    key = report_id(asked.kind, region, period)
    row = frozen.get(key)
    return DeadlineOut(
        report=key,
        kind=asked.kind,
        zh=asked.zh,
        en=asked.en,
        period=period,
        as_of=asked.as_of_day(period),
        due_on=asked.due_day(period),
        illustrative=asked.illustrative,
        recipients=list(asked.recipients),
        standing=standing(asked.as_of_day(period), asked.due_day(period), row.frozen_on if row else None, now),
        frozen_on=row.frozen_on if row else None,
    )


def standing(as_of: date, due_on: date, frozen_on: date | None, now: date) -> Standing:
    """What became of a report by the day `now`."""
    if frozen_on is not None:
        return "on_time" if frozen_on <= due_on else "late"
    if now < as_of:
        return "open"
    return "due" if now <= due_on else "overdue"
