"""Which occupations are urgently short, as a region publishes it (R-TRN-25)."""

from datetime import date
from typing import Annotated

from contracts.days import Day
from contracts.region import RegionCode
from contracts.shortage import shortages
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, router
from fastapi import Query
from pydantic import BaseModel


class ShortageOut(BaseModel):
    """An occupation that is short, from a day to a last day, by the list of `region`. 急需紧缺职业（工种）。"""

    occupation: str
    region: str
    valid_from: date
    valid_to: date | None
    source: str
    illustrative: bool


class ShortagesOut(BaseModel):
    """The list of a day. 急需紧缺职业目录。"""

    on: date
    occupations: list[ShortageOut]


shortages_listed = router()


@shortages_listed.get("/v1/shortage-occupations", tags=["programmes"], response_model=ShortagesOut)
async def list_shortages(
    request: ApiRequest,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
    on: Annotated[Day | None, Query(description="As of this day; today. 截至日期，默认今天。")] = None,
) -> ShortagesOut:
    """Occupations that are urgently short there, for everybody (R-TRN-25). 急需紧缺职业目录，向社会公布。"""
    day = on or legal_day()
    found = [
        ShortageOut(
            occupation=str(each.occupation),
            region=each.region,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            source=each.source,
            illustrative=each.illustrative,
        )
        for each in shortages(region, day)
    ]
    return ShortagesOut(on=day, occupations=found)
