"""GET /v1/flows"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeAlias

from contracts import region as regions
from contracts.errors import InvalidRegion
from eventcore.database import Pool
from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from reporting.asked import AskedRegion, AsOf, KnownAt, Rows, asked_for, position
from reporting.asking import moment, report, sql, statement, tables, until_views
from reporting.employment.view import WORK
from reporting.funnel.answer import Stated, stated
from reporting.regions import RegionDivided, breakdown, on_day
from reporting.steps.located import within

routes: Final = router()

Direction: TypeAlias = Literal["out", "in"]
Far: TypeAlias = Literal["province", "county"]
_FLOWS: Final = statement(sql(__file__, "flows.sql", **tables(work=WORK)))
_PLACES: Final = statement(sql(__file__, "places.sql", **tables(work=WORK)))
_TOLD_BY: Final = {"out": "HOME", "in": "HOST"}


class FlowCounts(BaseModel):
    """Jobs outside the county of the household. 户籍县以外的就业。"""

    model_config = ConfigDict(frozen=True)

    jobs: int = Field(description="Started by that day. 截至当日已开始的就业。")
    organised: int = Field(description="Of `jobs`: found by a transfer or an office (R-ADD-09). 其中有组织输出。")
    self_found: int = Field(description="Of `jobs`: found alone. 其中自主就业。")
    current: int = Field(description="Of `jobs`: not ended by that day. 其中截至当日在岗。")


class Flow(FlowCounts):
    home: str = Field(description="Where the household is. 户籍地。", examples=["520500"])
    home_name: str
    host: str = Field(description="Where the work is. 就业地。", examples=["440000"])
    host_name: str


class FlowsOut(Stated):
    direction: Direction
    total: FlowCounts
    organised_per_mille: int | None = Field(
        description="`organised` of `jobs`, with self-found ones in the whole (R-ADD-09). 组织化程度（千分数）。"
    )
    flows: list[Flow]


@routes.get("/v1/flows", tags=["work"])
async def flows(
    request: ApiRequest,
    region: AskedRegion,
    direction: Annotated[
        Direction,
        Query(description="`out`: where its people work; `in`: whose people work there. 输出或输入。"),
    ] = "out",
    far: Annotated[Far, Query(description="Places at the other end. 对方地区按省或按县。")] = "province",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    per: Rows = "child",
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> FlowsOut:
    """Who works where: jobs between the county of the household and that of the work, found with help or alone, in two
    times (R-XRG-07, R-ADD-09).

    劳务流向：按户籍地与就业地统计户籍县以外的就业，区分有组织输出与自主就业。
    """
    pool = request.web.store.pool
    asked, day = await asked_for(request, region, as_of)
    await until_views(pool, (WORK,), wait_for, wait_seconds)
    found = await moment(pool, (WORK,), await position(request, known_at))
    parts = breakdown(asked.code, day, per)
    places = await _places(pool, far, day)
    given = {**within(parts, day), "known": found.position, "told_by": _TOLD_BY[direction]}
    records = await report(pool, _FLOWS, **given, far_codes=list(places), far_places=list(places.values()))
    total = next(_counts(each) for each in records if each["near"] is None)
    return FlowsOut(
        **stated(parts, found, day),
        direction=direction,
        total=FlowCounts(**total),
        organised_per_mille=total["organised"] * 1000 // total["jobs"] if total["jobs"] else None,
        flows=sorted(
            (_flow(each, direction, day) for each in records if each["near"]), key=lambda each: each.home + each.host
        ),
    )


async def _places(pool: Pool, far: Far, day: date) -> Mapping[str, str]:
    """Every code that a job names -> the place that it is shown as."""
    codes = [record["code"] for record in await _PLACES.fetch(pool)]
    return {code: _led(code, day) if far == "county" else regions.province_of(code) for code in codes}


def _led(code: str, day: date) -> str:
    """A code whose area was divided stands for itself."""
    try:
        return on_day(code, day).code
    except RegionDivided:
        return code


def _counts(record: Mapping[str, Any]) -> dict[str, int]:
    counted = {name: record[name] for name in ("jobs", "organised", "current")}
    return counted | {"self_found": record["jobs"] - record["organised"]}


def _flow(record: Mapping[str, Any], direction: Direction, day: date) -> Flow:
    near, far = record["near"], record["far"]
    home, host = (near, far) if direction == "out" else (far, near)
    return Flow(home=home, home_name=_name(home, day), host=host, host_name=_name(host, day), **_counts(record))


def _name(code: str, day: date) -> str:
    try:
        return regions.region(code, day).name
    except InvalidRegion:
        return regions.history(code)[-1].name
