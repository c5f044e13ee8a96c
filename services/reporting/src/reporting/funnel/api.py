"""GET /v1/funnel"""

from datetime import date
from typing import Annotated, Final

from contracts import region as regions
from contracts.errors import InvalidRegion
from contracts.groups import GROUPS, GroupCode
from contracts.region import Region, RegionCode
from eventcore.web import ApiRequest, Problem, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Query

from reporting.asking import incarnation
from reporting.funnel.answer import FunnelOut, answer
from reporting.funnel.known import InFuture, Known, position_of, today
from reporting.funnel.query import count
from reporting.funnel.view import SURVEYS
from reporting.regions import Per, RegionDivided, breakdown, on_day

routes: Final = router()


@routes.get("/v1/funnel", tags=["funnel"])
async def funnel(
    request: ApiRequest,
    region: Annotated[
        RegionCode,
        Query(description="Old codes lead to those of the day. 旧代码对应到当日的区划。", examples=["520000"]),
    ],
    group: Annotated[
        GroupCode | None,
        Query(description="Count this group only. 仅统计该群体。", examples=["MONITORED"]),
    ] = None,
    as_of: Annotated[
        date | None,
        Query(
            description="Legal day in Asia/Shanghai up to which facts count, today where none is given. "
            "统计截止日（北京时间），默认当日。",
            examples=["2026-11-24"],
        ),
    ] = None,
    known_at: Annotated[
        Known | None,
        Query(
            description="What was known then: a position that an earlier answer gave, or a time; now where none is "
            "given. 按当时已知的情况：以前答复中的位置，或时间；默认现在。",
        ),
    ] = None,
    per: Annotated[
        Per, Query(description="Rows: regions right below, or all counties. 按下级区划或按县列示。")
    ] = "child",
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> FunnelOut:
    """How many were surveyed and approved, by region and group, in two times (R-STA-02, R-STA-03, R-STA-12, R-STA-24).

    A survey counts on the day it was made, an approval or rejection on the day it happened; what was invalidated
    counts on no day, as soon as that is known.

    摸查与审核漏斗：按行政区划和群体统计；摸查按摸查日、审核按审核日计入，作废后自始不再计入。
    """
    pool = request.web.store.pool
    day = as_of or await today(pool)
    asked = _region(region, day)
    for each in regions.current(asked.code, await today(pool), day) or (asked,):
        request.require_region(each.code)
    await until_view(pool, SURVEYS.reader, wait_for, wait_seconds)
    position = await _position(request, known_at)
    only = None if group is None else GROUPS.current(group, day).code
    parts = breakdown(asked.code, day, per)
    found = await count(pool, parts, day, position, only)
    if found.position > found.standing:
        raise Problem("not_yet_visible", headers={"Retry-After": "1"})
    return answer(found, parts, as_of=day, group=only, incarnation=await incarnation(pool))


def _region(code: str, day: date) -> Region:
    try:
        return on_day(code, day)
    except InvalidRegion as error:
        raise _wrong("region", error.code) from None
    except RegionDivided:
        raise _wrong("region", "region_divided") from None


async def _position(request: ApiRequest, known_at: Known | None) -> int | None:
    if known_at is None:
        return None
    try:
        return await position_of(request.web.store.pool, known_at)
    except InFuture:
        raise _wrong("known_at", "known_at_in_future") from None


def _wrong(parameter: str, code: str) -> Problem:
    return Problem("request_invalid", errors=[{"field": f"query.{parameter}", "code": code}])
