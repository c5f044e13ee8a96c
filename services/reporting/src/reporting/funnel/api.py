"""GET /v1/funnel"""

from typing import Annotated, Final

from contracts.groups import GroupCode
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import Query

from reporting.asked import AskedRegion, AsOf, KnownAt, Rows, asked_for, position
from reporting.asking import moment, until_views
from reporting.funnel.answer import FunnelOut, answer
from reporting.funnel.query import Only, Slice, count
from reporting.regions import breakdown
from reporting.steps.located import VIEWS

routes: Final = router()


@routes.get("/v1/funnel", tags=["funnel"])
async def funnel(
    request: ApiRequest,
    region: AskedRegion,
    group: Annotated[
        GroupCode | None,
        Query(description="Count this group only. 仅统计该群体。", examples=["MONITORED"]),
    ] = None,
    cohort: Annotated[
        int | None,
        Query(ge=2000, le=2100, description="Only who was designated first in that year. 仅统计该年度培训对象。"),
    ] = None,
    institution: Annotated[
        str | None,
        Query(pattern=r"^[0-9A-Z]{18}$", description="Only steps at this institution. 仅统计该培训机构。"),
    ] = None,
    occupation: Annotated[
        str | None,
        Query(
            pattern=r"^[0-9]{4}/[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}$",
            description="Only steps in this occupation, in any edition. 仅统计该职业（含各版对应职业）。",
            examples=["2022/6-18-01-01"],
        ),
    ] = None,
    by: Annotated[
        Slice | None, Query(description="Divide further. 另按年度、机构或职业分项。", examples=["cohort"])
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    per: Rows = "child",
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> FunnelOut:
    """How many were surveyed, approved, designated, enrolled, trained and certified: by region, group, year of
    designation, institution and occupation, in two times (R-STA-01 to R-STA-03, R-STA-12, R-STA-24).

    A survey counts on the day it was made, a review on the day it happened, every other step on its own day and in the
    county where the household was on that day. Persons count once. What was invalidated, corrected or revoked counts
    on no day, as soon as that is known.

    从摸查、审核、确定培训对象、录取、培训合格到取得证书的漏斗：按行政区划、群体、年度、机构和职业统计；
    同一人只计一次，各步按发生日及当日户籍地计入，作废、更正、撤销后自始不再计入。
    """
    pool = request.web.store.pool
    asked, day = await asked_for(request, region, as_of)
    await until_views(pool, VIEWS, wait_for, wait_seconds)
    found = await moment(pool, VIEWS, await position(request, known_at))
    only = Only(group=group, cohort=cohort, institution=institution, occupation=occupation)
    parts = breakdown(asked.code, day, per)
    counted = await count(pool, parts, day, found.position, only, by)
    return answer(counted, parts, found, as_of=day, only=only, by=by)
