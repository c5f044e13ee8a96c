"""The key counties of a day and who supports them, as a list."""

from datetime import date
from typing import Annotated, Final

from contracts import region
from contracts.days import Day
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, router
from fastapi import APIRouter, Query
from pydantic import BaseModel

from registry.key_counties import key_counties, pairs


class Supporter(BaseModel):
    """Who supports the county. 帮扶地区。"""

    region: str
    valid_from: date
    valid_to: date | None


class KeyCounty(BaseModel):
    """A key county by its code of the day. 重点县。"""

    region: str
    name: str
    supporters: list[Supporter]


class KeyCounties(BaseModel):
    """All of a day. 重点县名单。"""

    as_of: date
    counties: list[KeyCounty]


key_counties_listed: Final[APIRouter] = router()


@key_counties_listed.get("/v1/key-counties", tags=["workers"])
async def list_key_counties(
    request: ApiRequest,
    on: Annotated[Day | None, Query(description="The legal day that is asked about; today. 截止日期。")] = None,
) -> KeyCounties:
    """Key counties of a day, and their paired regions (R-REG-01, R-REG-12). 重点县及结对关系。"""
    day = on or legal_day()
    return KeyCounties(as_of=day, counties=[_shown(code, day) for code in key_counties(day)])


def _shown(code: str, day: date) -> KeyCounty:
    supporters = [
        Supporter(region=each.helper, valid_from=each.valid_from, valid_to=each.valid_to)
        for each in (pairs(code, day) if region.exists(code, day) else ())
    ]
    return KeyCounty(region=code, name=region.history(code)[-1].name, supporters=supporters)
