"""What an assessment asks for and costs, for everybody: the tables by which it is decided."""

from eventcore.web import ApiRequest, router
from pydantic import BaseModel

from certification.rules.fees import reductions
from certification.rules.routes import routes


class RouteOut(BaseModel):
    """What a route asks for and leads to; `illustrative`: some value has no source yet. 评价方式及要求。"""

    route: str
    kinds: list[str]
    levels: list[str]
    assessors: int
    supervised: bool
    parts: list[str]
    pass_mark: int
    valid_years: int | None
    source: str
    illustrative: bool


class ReductionOut(BaseModel):
    """Which part of the standard fee is paid, of a kind, by a group; no group: by everybody. 收费减免。"""

    kind: str
    group: str | None
    percent: int
    source: str
    illustrative: bool


class RulesOut(BaseModel):
    """Routes and reductions. 评价规则。"""

    routes: list[RouteOut]
    reductions: list[ReductionOut]


rules = router()


@rules.get("/v1/assessment-rules", tags=["assessments"])
async def read_rules(request: ApiRequest) -> RulesOut:
    """What each route asks for, and who pays less. 各评价方式的要求与收费减免。"""
    return RulesOut(
        routes=[
            RouteOut(
                route=each.route,
                kinds=list(each.kinds),
                levels=sorted(each.levels),
                assessors=each.assessors,
                supervised=each.supervised,
                parts=list(each.parts),
                pass_mark=each.pass_mark,
                valid_years=each.valid_years,
                source=each.source,
                illustrative=each.illustrative,
            )
            for each in routes()
        ],
        reductions=[
            ReductionOut(
                kind=each.kind,
                group=each.group,
                percent=each.percent,
                source=each.source,
                illustrative=each.illustrative,
            )
            for each in reductions()
        ],
    )
