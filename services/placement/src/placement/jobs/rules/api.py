"""What placement's tables say to everybody who hires: who needs a certificate, and whether a worker has it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.days import Day
from contracts.occupation import OccupationText
from contracts.region import RegionCode
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, router
from fastapi import Query
from pydantic import BaseModel

from placement.jobs.qualifications.qualification import QUALIFICATION
from placement.jobs.rules import admission


class AdmissionOut(BaseModel):
    """Whether the worker may be hired for the occupation on that day, and by which certificates. 就业准入核验。"""

    occupation: str
    region: str
    on: date
    needed: bool
    admitted: bool
    certificates: list[str]
    source: str | None
    illustrative: bool | None


checks = router()


@checks.get("/v1/admission-checks", tags=["employments"])
async def check_admission(
    request: ApiRequest,
    worker: Annotated[UUID, Query(description="Id of the worker. 劳动者编号。")],
    occupation: Annotated[OccupationText, Query(description="Edition and code. 职业。")],
    region: Annotated[RegionCode, Query(description="County of the work. 工作地点。")],
    on: Annotated[Day | None, Query(description="The day of the hiring; today. 录用日期，默认今天。")] = None,
) -> AdmissionOut:
    """Before a hiring: does the occupation need a certificate, and does one of the worker's hold on that day (R-PLC-16,
    R-CRT-19)? The same rule as when the job starts. 录用前核验职业资格证书。"""
    day = on or legal_day()
    listed = admission.listed(occupation, region, day)
    known, _ = await request.web.store.state(QUALIFICATION, str(worker))
    held = admission.speaking_for(occupation, known.holding_on(day), day)
    return AdmissionOut(
        occupation=occupation,
        region=region,
        on=day,
        needed=listed is not None,
        admitted=listed is None or bool(held),
        certificates=[each.certificate for each in held],
        source=listed.source if listed else None,
        illustrative=listed.illustrative if listed else None,
    )
