"""Routes of the list of risks: raised, worked off, shown with their age."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.claim_codes import RiskKindCode
from contracts.documents import Reference
from contracts.public_event import EntityId
from contracts.region import RegionCode
from eventcore.clock import Clock, legal_day
from eventcore.ids import new_id
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, example, posts, router
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from subsidy.claims.risks.listing import RISKS, RiskRow, RiskTable, listed
from subsidy.claims.risks.risk import RISK, Raised, RaiseRisk, Risk, WorkOffRisk, known

RiskId = Annotated[UUID, Path(description="Id of the item. 风险隐患编号。")]


class RiskIn(Body):
    """What is watched, and by when it is worked off. `about`: a claim, a batch, an account. 风险隐患。"""

    model_config = example(
        {
            "region": "520526",
            "kind": "FALSE_REPORT",
            "about": "0190a1b2-0000-5000-8000-0000000000e1",
            "due_on": "2026-12-31",
        }
    )

    region: RegionCode
    kind: RiskKindCode
    about: EntityId
    due_on: date


class OutcomeIn(Body):
    """What was done about it. 处理结果。"""

    model_config = example({"document": "处理决定〔2026〕6号"})

    document: Reference


class RiskAnswer(BaseModel):
    """What a command on an item answers. 风险隐患编号与版本。"""

    risk: str
    worked_off: bool
    version: int


class RiskOut(BaseModel):
    """An item with its age in days. 风险隐患。"""

    risk: str
    region: str
    kind: str
    about: str
    raised_on: date
    due_on: date
    worked_off_on: date | None
    document: str | None
    age_days: int
    late: bool


class RiskPage(BaseModel):
    """Items, and the cursor of the next page where there may be one."""

    risks: list[RiskOut]
    next: str | None


def answer(risk: Risk, version: int) -> Mapping[str, object]:
    found = known(risk)
    return {"risk": found.risk, "worked_off": found.document is not None, "version": version}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock
    mint: Callable[[], str] = new_id

    async def put(self, body: RiskIn, request: CommandRequest) -> Response:
        """Puts an item on the list of risks (R-SUB-25). 列入风险隐患清单。"""
        request.require_region(body.region)
        key, by = self.mint(), request.caller
        command = RaiseRisk(
            risk=key,
            region=body.region,
            kind=body.kind,
            about=body.about,
            due_on=body.due_on,
            by=by.subject,
            organisation=by.organisation,
            today=legal_day(self.clock),
        )
        return await request.handle(RISK, key, command, reply=answer)

    async def work_off(self, risk: RiskId, body: OutcomeIn, request: CommandRequest) -> Response:
        """An item was worked off (R-SUB-25, R-INS-21). 处理风险隐患。"""
        key, by = str(risk), request.caller
        found, _ = await request.web.store.state(RISK, key)
        if not isinstance(found, Raised):
            raise request.not_there()
        request.require_region(found.region)
        command = WorkOffRisk(
            document=body.document, by=by.subject, organisation=by.organisation, today=legal_day(self.clock)
        )
        return await request.handle(RISK, key, command, reply=answer)

    async def show(
        self,
        request: ApiRequest,
        page: Paged,
        region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
        only_open: Annotated[bool, Query(description="Those not worked off. 仅未处理。")] = False,
    ) -> RiskPage:
        """The list of risks of a region, with ages and what is late (R-INS-21). 风险隐患清单。"""
        request.require_region(region)
        day = legal_day(self.clock)
        rows, following = await page.rows(RISKS, listed(region, only_open), RiskTable.region, RiskTable.risk)
        return RiskPage(risks=[_shown(row, day) for row in rows], next=following)


def _shown(row: RiskRow, day: date) -> RiskOut:
    end = row.worked_off_on or day
    ages = {"age_days": (end - row.raised_on).days, "late": end > row.due_on}
    return RiskOut.model_validate(row.__dict__ | ages)


def routes(handlers: Routes) -> APIRouter:
    """What raises, works off and shows, by path."""
    found = router()
    post = posts(found, "/v1/risks", "risks", RiskAnswer)
    post("", handlers.put)
    post("/{risk}/outcome", handlers.work_off)
    found.add_api_route("/v1/risks", handlers.show, methods=["GET"], tags=["risks"])
    return found
