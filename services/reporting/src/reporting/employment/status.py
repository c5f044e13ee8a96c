"""GET /v1/employment"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from reporting import targets
from reporting.asked import AskedRegion, AsOf, KnownAt, Rows, asked_for, position
from reporting.asking import moment, report, sql, statement, tables, until_views
from reporting.employment.view import WORK
from reporting.funnel.answer import Stated, TargetOut, stated, target_out
from reporting.regions import breakdown
from reporting.steps.located import TABLES, VIEWS, located, within

routes: Final = router()

_VIEWS: Final = (*VIEWS, WORK)
_STATUS: Final = statement(sql(__file__, "status.sql", located=located(":known"), **TABLES, **tables(work=WORK)))
_MEASURED: Final = "wages_of_persons_earning"
"""What the target of a yearly wage is of (R-PLC-03)."""


class StatusCounts(BaseModel):
    """Living persons by whether they have work, as far as that is known, and by how old the newest word of it is.
    就业状况及其时效。"""

    model_config = ConfigDict(frozen=True)

    persons: int = Field(description="Registered, with their household there on the day. 当日户籍在此的登记人数。")
    employed: int = Field(description="With a job that has not ended. 在岗人数。")
    unemployed: int = Field(description="Without a job: the last ended, or registered so. 无业人数。")
    unknown: int = Field(description="Nothing was ever said of their work. 就业状况未知人数。")
    told_within_a_month: int = Field(description="Newest word at most 31 days old. 31日内有信息。")
    told_within_a_quarter: int = Field(description="Newest word 32 to 92 days old. 32至92日内有信息。")
    told_before: int = Field(description="Newest word older: to be looked after (R-STA-20). 超过92日，需核实。")
    persons_earning: int = Field(description="With a month's wage in the year. 当年有工资记录的人数。")
    persons_above: int = Field(description="Of `persons_earning`: above the target. 其中超过目标的人数。")
    wages: int = Field(description="Of `persons_earning` in the year, in fen. 当年工资合计（分）。")
    average_wage: int | None = Field(description="`wages` a person, in fen, rounded down. 人均年工资（分）。")


class PlaceStatus(StatusCounts):
    region: str
    name: str


class StatusOut(Stated):
    year: int = Field(description="Calendar year of the wages. 工资所属年度。")
    total: StatusCounts
    target: TargetOut | None = Field(description="A year's wage, as the document states it (R-PLC-03). 年均工资目标。")
    met: bool | None = Field(description="Whether the average is above the target. 是否达标。")
    regions: list[PlaceStatus]


@routes.get("/v1/employment", tags=["work"])
async def employment(
    request: ApiRequest,
    region: AskedRegion,
    year: Annotated[
        int | None, Query(ge=2000, le=2100, description="Of the wages; that of the day. 工资年度。")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    per: Rows = "child",
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> StatusOut:
    """Who has work, how old that knowledge is, and what was earned in a year, in two times (R-STA-20, R-PLC-03).

    就业状况：在岗、无业、未知人数，信息时效，以及年度工资；按当日户籍地统计。
    """
    pool = request.web.store.pool
    asked, day = await asked_for(request, region, as_of)
    await until_views(pool, _VIEWS, wait_for, wait_seconds)
    found = await moment(pool, _VIEWS, await position(request, known_at))
    parts = breakdown(asked.code, day, per)
    aim = next((each for each in targets.of_day(day) if each.rate == _MEASURED), None)
    given = {**within(parts, day), "known": found.position, "year": year or day.year}
    records = await report(pool, _STATUS, **given, more_than=(aim and aim.fen) or 0)
    rows = {record["place"]: _counts(record) for record in records}
    total = rows.pop(None)
    return StatusOut(
        **stated(parts, found, day),
        year=year or day.year,
        total=StatusCounts(**total),
        target=target_out(aim) if aim else None,
        met=total["average_wage"] > aim.fen if aim and aim.fen and total["persons_earning"] else None,
        regions=[
            PlaceStatus(region=each.code, name=each.name, **rows.get(each.code, _NOBODY)) for each in parts.shown(rows)
        ],
    )


def _counts(record: Mapping[str, Any]) -> dict[str, Any]:
    earning, wages = record["persons_earning"], record["wages"]
    return {
        **{name: value for name, value in record.items() if name != "place"},
        "unknown": record["persons"] - record["employed"] - record["unemployed"],
        "average_wage": wages // earning if earning else None,
    }


_NOBODY: Final = {name: None if name == "average_wage" else 0 for name in StatusCounts.model_fields}
