"""Routes that list assessments, and say how many pass."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.days import Day
from contracts.region import RegionCode
from eventcore.readers import queries
from eventcore.web import ApiRequest, Paged, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import Query
from pydantic import BaseModel, Field

from certification.assessments.views.assessments import (
    ASSESSMENTS,
    AssessmentRow,
    AssessmentTable,
    Wanted,
    assessments,
    pass_rates,
)
from certification.bodies.state import BODY_OFFICE

Region = Annotated[RegionCode, Query(description="Where it was assessed. 评价所在行政区划。")]
BodyOf = Annotated[CreditCodeText | None, Query(description="Of this assessment body. 评价机构。")]
Since = Annotated[Day | None, Query(description="Held on this day or later. 评价日期起。")]
Until = Annotated[Day | None, Query(description="Held on this day or earlier. 评价日期止。")]


class AssessmentPage(BaseModel):
    """Assessments, and the cursor of the next page where there may be one."""

    assessments: list[AssessmentRow]
    next: str | None


class PassRate(BaseModel):
    """Of a body, occupation and level: `assessed` have passed or failed; who was absent is none of them. 合格率。"""

    body: str
    occupation: str
    level: str
    assessments: int
    passed: int
    assessed: Annotated[int, Field(description="The denominator: passed and failed. 分母：参加评价人数")]
    absent: int
    percent: Annotated[float | None, Field(description="Passed of assessed, one decimal. 合格率（%）")]


class PassRates(BaseModel):
    """Confirmed assessments of the region, held in the period. 各评价机构合格率。"""

    region: str
    since: date | None
    until: date | None
    rates: list[PassRate]


listed = router()


@listed.get("/v1/assessments", tags=["assessments"])
async def list_assessments(
    request: ApiRequest,
    page: Paged,
    region: Region,
    body: BodyOf = None,
    training_class: Annotated[UUID | None, Query(description="For this class. 培训班级。")] = None,
    since: Since = None,
    until: Until = None,
) -> AssessmentPage:
    """Assessments of a region, with the numbers of their candidates; a body sees its own. 评价计划及结果统计。"""
    if request.caller.office == BODY_OFFICE:
        request.leave_region_to_rules()
        body = request.caller.organisation
    else:
        request.require_region(region)
    trained = str(training_class) if training_class else None
    wanted = Wanted(region=region, body=body, training_class=trained, since=since, until=until)
    by = AssessmentTable.region, AssessmentTable.assessment
    rows, following = await page.rows(ASSESSMENTS, assessments(wanted), *by)
    return AssessmentPage(assessments=rows, next=following)


@listed.get("/v1/assessment-pass-rates", tags=["assessments"])
async def list_pass_rates(
    request: ApiRequest,
    region: Region,
    body: BodyOf = None,
    since: Since = None,
    until: Until = None,
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> PassRates:
    """How many pass at each body, by occupation and level (R-CRT-14). 各评价机构合格率，按职业和等级。"""
    request.require_region(region)
    pool = request.web.store.pool
    await until_view(pool, ASSESSMENTS.reader, wait_for, wait_seconds)
    found = await queries.Query(pass_rates(Wanted(region=region, body=body, since=since, until=until))).fetch(pool)
    return PassRates(region=region, since=since, until=until, rates=[rate(**row) for row in found])


def rate(
    *, body: str, occupation: str, level: str, assessments: int, passed: int, failed: int, absent: int
) -> PassRate:
    assessed = passed + failed
    return PassRate(
        body=body,
        occupation=occupation,
        level=level,
        assessments=assessments,
        passed=passed,
        assessed=assessed,
        absent=absent,
        percent=round(100 * passed / assessed, 1) if assessed else None,
    )
