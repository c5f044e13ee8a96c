"""Routes of reconciliation: on request, and what came out day by day."""

from datetime import date
from typing import Annotated

from contracts.days import Day
from eventcore.clock import Clock, legal_day
from eventcore.store import Store
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, Problem, example, router
from eventcore.web.problems import RETRY
from fastapi import APIRouter, Path
from pydantic import BaseModel
from sqlalchemy import select
from starlette.responses import Response

from subsidy.money.reconciliation.bank_day import BANK_DAY, ReconcileDay
from subsidy.money.reconciliation.events import DayReconciled, Finding, FundSum
from subsidy.money.reconciliation.reconciling import NotCounted, Reconciling, key_of
from subsidy.money.reconciliation.views.days import DAYS, DayRow, DayTable
from subsidy.money.requests import of_the_province


class ReconciliationIn(Body):
    """Up to which bank day. 对账日。"""

    model_config = example({"day": "2026-11-10"})

    day: date


class ReconciliationAnswer(BaseModel):
    """How many movements only one side knows. 对账结果。"""

    day: str
    findings: int
    awaited: int
    version: int


class ReconciliationOut(BaseModel):
    """What the bank states of a day beside what we know. 对账明细（分）。"""

    day: date
    funds: list[FundSum]
    findings: list[Finding]
    awaited: int


class DaysOut(BaseModel):
    """The newest days first, and the cursor of the next page where there may be one. 对账日一览。"""

    days: list[DayRow]
    next: str | None


def routes(clock: Clock, store: Store) -> APIRouter:
    """What reconciles and shows it, by path."""
    found, reconciling = router(), Reconciling(store, clock)

    @found.post("/v1/reconciliations", status_code=201, tags=["bank"], response_model=ReconciliationAnswer)
    async def reconcile(body: ReconciliationIn, request: CommandRequest) -> Response:
        """Lays statements and known movements side by side. What is unexplained freezes its fund. 对账。"""
        of_the_province(request)
        if body.day > legal_day(clock):
            raise Problem("day_in_future")
        try:
            result = await reconciling.result(body.day, request.caller.subject)
        except NotCounted:
            raise Problem("not_yet_visible", headers=RETRY) from None
        return await request.handle(BANK_DAY, key_of(body.day), ReconcileDay(result=result), reply=_answer)

    @found.get("/v1/reconciliations", tags=["bank"])
    async def days(request: ApiRequest, page: Paged) -> DaysOut:
        """Bank days, the newest first, with their statements and what was unexplained. 对账日一览。"""
        of_the_province(request)
        rows, following = await page.rows(DAYS, select(DAYS.definition), DayTable.day, newest=True)
        return DaysOut(days=rows, next=following)

    @found.get("/v1/reconciliations/{day}", tags=["bank"])
    async def day(
        day: Annotated[Day, Path(description="The bank's day. 银行营业日。")], request: ApiRequest
    ) -> ReconciliationOut:
        """One day, by fund, with each movement that only one side knows. 某日对账明细。"""
        of_the_province(request)
        result, _ = await store.state(BANK_DAY, key_of(day))
        if result is None:
            raise Problem("not_found")
        return ReconciliationOut(
            day=day, funds=list(result.funds), findings=list(result.findings), awaited=result.awaited
        )

    return found


def _answer(day: DayReconciled | None, version: int) -> dict[str, object]:
    if day is None:
        raise TypeError("a reconciled day has a result")
    return {"day": key_of(day.day), "findings": len(day.findings), "awaited": day.awaited, "version": version}
