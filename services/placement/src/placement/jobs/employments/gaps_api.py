"""Who works without the certificate that the work needs by now (R-CRT-20)."""

from datetime import date
from typing import Annotated

from contracts.credit_code import CreditCodeText
from contracts.region import RegionCode
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel

from placement.jobs.employments.views.employments import EMPLOYMENTS, EmploymentRow, EmploymentTable, working_as
from placement.jobs.qualifications.qualification import QUALIFICATION, Qualifications
from placement.jobs.rules import admission
from placement.offers.employers.api import require_own


class GapOut(BaseModel):
    """A job for which no certificate of the worker holds today; `source`: why one is needed. 无证在岗人员。"""

    employment: str
    worker: str
    employer: str
    region: str
    occupation: str
    started_on: date | None
    source: str
    illustrative: bool


class GapPage(BaseModel):
    """Those of a page of jobs, and the cursor of the next page where there may be one."""

    gaps: list[GapOut]
    next: str | None


gaps = router()


@gaps.get("/v1/certificate-gaps", tags=["employments"])
async def list_certificate_gaps(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="Where the work is. 工作所在行政区划。")],
    employer: Annotated[CreditCodeText | None, Query(description="At this employer. 用人单位。")] = None,
) -> GapPage:
    """Who works in a listed occupation and has no certificate that holds: hired before it was listed, or it expired or
    was revoked since. They are to be trained and certified (R-CRT-20). 已在岗但未取得相应证书的人员名单。"""
    require_own(request, employer or "", region)
    day = legal_day()
    wanted = working_as(admission.listed_then(day), region, employer)
    rows, following = await page.rows(EMPLOYMENTS, wanted, EmploymentTable.region, EmploymentTable.employment)
    known = await request.web.store.states(QUALIFICATION, {row.worker for row in rows})
    found = (_gap(row, known[row.worker][0], day) for row in rows)
    return GapPage(gaps=[each for each in found if each], next=following)


def _gap(row: EmploymentRow, known: Qualifications, day: date) -> GapOut | None:
    listed = admission.listed(row.occupation, row.region, day)
    if listed is None or admission.speaking_for(row.occupation, known.holding_on(day), day):
        return None
    return GapOut(
        **row.model_dump(include={"employment", "worker", "employer", "region", "occupation", "started_on"}),
        source=listed.source,
        illustrative=listed.illustrative,
    )
