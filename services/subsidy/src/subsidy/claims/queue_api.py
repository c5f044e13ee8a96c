"""Lists of claims: the handlers' queue, and what a worker has."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from contracts.region import RegionCode
from contracts.subsidy_codes import ClaimKindCode
from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.web import ApiRequest, Paged, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from sqlalchemy import Select

from subsidy.claims.lookup import is_own
from subsidy.claims.standing import Standing
from subsidy.claims.views.claims import CLAIMS, CLOSED, ClaimRow, ClaimTable, of_worker, queued

MOST_OF_A_WORKER: Final = 200
WorkerId = Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")]


class ClaimOut(BaseModel):
    """A claim, how it stands and since when; amounts in fen. 补贴事项（金额单位：分）。"""

    claim: str
    kind: str
    worker: str
    region: str
    about: str
    state: Standing
    missing: list[str]
    opened_on: date
    since: date
    due_on: date | None
    overdue_days: int
    amount: int
    fund: str | None
    pack: str | None
    decided_on: date | None
    handler: str | None
    adjusted: int
    appeal: Literal["OPEN", "UPHELD", "REJECTED"] | None


class ClaimPage(BaseModel):
    """Claims, and the cursor of the next page where there may be one."""

    claims: list[ClaimOut]
    next: str | None


class ClaimsOfWorker(BaseModel):
    """All that a worker has claims to. 本人补贴事项。"""

    claims: list[ClaimOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    clock: Clock

    async def queue(
        self,
        request: ApiRequest,
        page: Paged,
        region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
        kind: Annotated[ClaimKindCode | None, Query(description="Only of this kind. 补贴项目。")] = None,
        state: Annotated[Standing | None, Query(description="Only those that stand so. 状态。")] = None,
        overdue: Annotated[bool, Query(description="Only what should be decided by now. 仅超期。")] = False,
    ) -> ClaimPage:
        """Claims of a region, with what is missing, since when, and what is overdue (R-SUB-29, R-ADD-13).
        补贴事项办理清单。"""
        request.require_region(region)
        day = legal_day(self.clock)
        statement = queued(region, kind, state, day if overdue else None)
        rows, following = await page.rows(CLAIMS, statement, ClaimTable.region, ClaimTable.claim)
        return ClaimPage(claims=[shown(row, day) for row in rows], next=following)

    async def of_worker(
        self, worker: WorkerId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
    ) -> ClaimsOfWorker:
        """What a worker has claims to: for the worker, and for the offices of the region (R-SUB-29). 本人补贴事项。"""
        key = str(worker)
        if request.caller.office == "worker" and not is_own(request, key):
            raise request.not_there()
        request.leave_region_to_rules()
        rows = await self._rows(request, of_worker(key, MOST_OF_A_WORKER), wait_for, wait_seconds)
        day, own = legal_day(self.clock), is_own(request, key)
        return ClaimsOfWorker(claims=[shown(row, day) for row in rows if own or request.may_touch(row.region)])

    async def _rows(
        self, request: ApiRequest, statement: Select[tuple[ClaimRow]], wait_for: str | None, wait_seconds: float
    ) -> list[ClaimRow]:
        pool = request.web.store.pool
        await until_view(pool, CLAIMS.reader, wait_for, wait_seconds)
        return [ClaimRow.model_construct(**row) for row in await queries.Query(statement).fetch(pool)]


def shown(row: ClaimRow, day: date) -> ClaimOut:
    late = row.state not in CLOSED and row.due_on is not None
    overdue = max(0, (day - row.due_on).days) if late and row.due_on else 0
    return ClaimOut.model_validate({**row.__dict__, "overdue_days": overdue})


def routes(handlers: Routes) -> APIRouter:
    """What lists claims, by path."""
    found = router()
    found.add_api_route("/v1/claims", handlers.queue, methods=["GET"], tags=["claims"])
    found.add_api_route("/v1/workers/{worker}/claims", handlers.of_worker, methods=["GET"], tags=["claims"])
    return found
