"""The public catalogue of assessment bodies, as of a day."""

from datetime import date
from typing import Annotated

from contracts.days import Day
from contracts.region import RegionCode
from eventcore.clock import legal_day
from eventcore.web import ApiRequest, Paged, router
from fastapi import Query
from pydantic import BaseModel

from certification.bodies.body import BODY
from certification.bodies.state import Registered, holds
from certification.bodies.views.bodies import BODIES, BodyTable, bodies_in


class LineListed(BaseModel):
    """What may be assessed on the day, and what it costs, in fen. 评价范围。"""

    route: str
    occupation: str
    level: str
    valid_from: date
    valid_to: date | None
    standard_fee: int


class BodyListed(BaseModel):
    """A body with its scope of the day; none while it is suspended. 评价机构目录。"""

    body: str
    title: str
    region: str
    kind: str
    suspended: bool
    scope: list[LineListed]


class BodyPage(BaseModel):
    """Bodies as of a day, and the cursor of the next page where there may be one."""

    on: date
    bodies: list[BodyListed]
    next: str | None


catalogue = router()


@catalogue.get("/v1/assessment-bodies", tags=["assessment-bodies"])
async def list_bodies(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
    on: Annotated[Day | None, Query(description="As of this day; today. 截至日期，默认今天。")] = None,
) -> BodyPage:
    """Who may assess what in a region, for everybody (R-CRT-11). 评价机构目录，向社会公布。"""
    store, day = request.web.store, on or legal_day()
    rows, following = await page.rows(BODIES, bodies_in(region), BodyTable.region, BodyTable.body)
    found = await store.states(BODY, [row.body for row in rows])
    shown = [_listed(body, day) for body, _ in found.values() if isinstance(body, Registered)]
    return BodyPage(on=day, bodies=shown, next=following)


def _listed(body: Registered, day: date) -> BodyListed:
    suspended = body.is_suspended(day)
    lines = () if suspended else (line for line in body.scope if holds(line, day))
    return BodyListed(
        body=body.body,
        title=body.title,
        region=body.region,
        kind=body.kind,
        suspended=suspended,
        scope=[
            LineListed(
                route=line.route,
                occupation=line.occupation,
                level=line.level,
                valid_from=line.valid_from,
                valid_to=line.valid_to,
                standard_fee=line.standard_fee,
            )
            for line in lines
        ],
    )
