"""What every question for numbers names: region, day, and what was known when."""

from datetime import date
from typing import Annotated, TypeAlias

from contracts import region as regions
from contracts.days import Day
from contracts.errors import InvalidRegion
from contracts.region import Region, RegionCode
from eventcore.web import ApiRequest, Problem
from fastapi import Query

from reporting.known import InFuture, Known, position_of, today
from reporting.regions import Per, RegionDivided, on_day

AskedRegion: TypeAlias = Annotated[
    RegionCode,
    Query(description="Old codes lead to those of the day. 旧代码对应到当日的区划。", examples=["520000"]),
]
AsOf: TypeAlias = Annotated[
    Day | None,
    Query(
        description="Legal day in Asia/Shanghai up to which facts count, today where none is given. "
        "统计截止日（北京时间），默认当日。",
        examples=["2026-11-24"],
    ),
]
KnownAt: TypeAlias = Annotated[
    Known | None,
    Query(
        description="What was known then: a position that an earlier answer gave, or a time; now where none is "
        "given. 按当时已知的情况：以前答复中的位置，或时间；默认现在。",
    ),
]
Rows: TypeAlias = Annotated[
    Per, Query(description="Rows: regions right below, or all counties. 按下级区划或按县列示。")
]


async def asked_for(request: ApiRequest, code: str, as_of: date | None) -> tuple[Region, date]:
    """The region of that day, if the caller may see all of it. Problem 403, or 422 where the day has no such region."""
    pool = request.web.store.pool
    now = await today(pool)
    day = as_of or now
    asked = region_of("query.region", code, day)
    for each in regions.current(asked.code, now, day) or (asked,):
        request.require_region(each.code)
    return asked, day


def region_of(field: str, code: str, day: date) -> Region:
    """What the code leads to on that day. Problem 422 that names the field."""
    try:
        return on_day(code, day)
    except InvalidRegion as error:
        raise wrong(field, error.code) from None
    except RegionDivided:
        raise wrong(field, "region_divided") from None


async def position(request: ApiRequest, known_at: Known | None) -> int | None:
    """The position that was meant; None: as far as it goes. Problem 422 for one that has not come yet."""
    if known_at is None:
        return None
    try:
        return await position_of(request.web.store.pool, known_at)
    except InFuture:
        raise wrong("query.known_at", "known_at_in_future") from None


def wrong(field: str, code: str) -> Problem:
    return Problem("request_invalid", errors=[{"field": field, "code": code}])
