"""Routes of payments: what was paid for a claim, orders by what became of them, renewed, recovered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from contracts.documents import Reference
from contracts.money import PositiveFen
from contracts.region import RegionCode, bounds
from contracts.subsidy_codes import FundCode
from eventcore.clock import Clock, legal_day
from eventcore.readers import queries
from eventcore.web import BATCH, ApiRequest, Body, CommandRequest, Each, Paged, Problem, Text, example, posts, router
from eventcore.web.acting import signed
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from subsidy.money.looking import payments_of
from subsidy.money.payments.commands import PaymentCommand, RecordRecovery, RenewPayment
from subsidy.money.payments.payment import PAYMENT
from subsidy.money.payments.state import Account, Payments
from subsidy.money.payments.views.orders import ORDERS, OrderRow, OrderTable, of_claim

ClaimId = Annotated[UUID, Path(description="Id of the claim. 补贴事项编号。")]
Status = Literal["due", "withdrawn", "ordered", "left_out", "unknown", "executed", "failed", "returned"]


class RenewalIn(Body):
    """Why there may be another order: the account was corrected, say. 重新支付的理由。"""

    model_config = example({"ground": "账户已更正"})

    ground: Annotated[str, Text(200)]


class RenewalsIn(Body):
    """Claims whose payments failed, and why they may be ordered again. 批量重新支付。"""

    model_config = example(
        {
            "claims": ["0190a1b2-0000-5000-8000-0000000000e1", "0190a1b2-0000-5000-8000-0000000000e2"],
            "ground": "账户已更正",
        }
    )

    claims: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=500)]
    ground: Annotated[str, Text(200)]


class RecoveryIn(Body):
    """Money that came back from who owed it, in fen. 追回款项（分）。"""

    model_config = example({"amount": 45000, "document": "退款凭证〔2026〕3号", "received_on": "2026-11-10"})

    amount: PositiveFen
    document: Reference
    received_on: date


class PaymentAnswer(BaseModel):
    """What a command on payments answers. 应付、已付、应追回（分）与版本。"""

    claim: str
    owed: int
    paid: int
    owed_back: int
    version: int


class PaymentsOut(BaseModel):
    """All that was ordered for a claim; without accounts and names. 补贴事项的支付情况。"""

    claim: str
    kind: str
    fund: str
    payee_kind: str
    payee: str
    owed: int
    paid: int
    owed_back: int
    halted: bool
    orders: list[OrderRow]


class OrderPage(BaseModel):
    """Orders, and the cursor of the next page where there may be one."""

    orders: list[OrderRow]
    next: str | None


def answer(payments: Payments, version: int) -> Mapping[str, object]:
    account = payments if isinstance(payments, Account) else None
    return {
        "claim": account.claim if account else "",
        "owed": account.owed if account else 0,
        "paid": account.paid if account else 0,
        "owed_back": account.owed_back if account else 0,
        "version": version,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    clock: Clock

    async def renew(self, claim: ClaimId, body: RenewalIn, request: CommandRequest) -> Response:
        """What did not reach the payee is ordered again, under another id. 支付失败后重新支付。"""
        command = RenewPayment(ground=body.ground, today=legal_day(self.clock), **signed(request))
        return await self._on_claim(request, str(claim), command)

    async def renew_all(self, body: RenewalsIn, request: CommandRequest) -> Response:
        """The same for up to 500 claims, each for itself. 批量重新支付，逐条答复。"""
        request.leave_region_to_rules()  # each claim has its own
        command = RenewPayment(ground=body.ground, today=legal_day(self.clock), **signed(request))
        claims = [str(each) for each in body.claims]
        found = await payments_of(request.web.store, claims)
        return await request.handle_each([_each(request, key, found[key], command) for key in claims])

    async def recover(self, claim: ClaimId, body: RecoveryIn, request: CommandRequest) -> Response:
        """Who owed it paid it back (R-SUB-27). 追回多付款项。"""
        command = RecordRecovery(
            amount=body.amount,
            document=body.document,
            received_on=body.received_on,
            official=request.caller.subject,
            today=legal_day(self.clock),
        )
        return await self._on_claim(request, str(claim), command)

    async def _on_claim(self, request: CommandRequest, claim: str, command: PaymentCommand) -> Response:
        _require_account(request, (await payments_of(request.web.store, [claim]))[claim])
        return await request.handle(PAYMENT, claim, command, reply=answer)

    async def of_claim(
        self, claim: ClaimId, request: ApiRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
    ) -> PaymentsOut:
        """What is owed for a claim, and each order with what became of it (R-SUB-29). 补贴事项的支付情况。"""
        key, pool = str(claim), request.web.store.pool
        account = _require_account(request, (await payments_of(request.web.store, [key]))[key])
        await until_view(pool, ORDERS.reader, wait_for, wait_seconds)
        rows = await queries.Query(of_claim(key)).fetch(pool)
        return PaymentsOut(
            claim=key,
            kind=account.kind,
            fund=account.fund,
            payee_kind=account.payee.kind,
            payee=account.payee.id,
            owed=account.owed,
            paid=account.paid,
            owed_back=account.owed_back,
            halted=account.halted,
            orders=[OrderRow(**row) for row in rows],
        )

    async def orders(
        self,
        request: ApiRequest,
        page: Paged,
        status: Annotated[Status, Query(description="What became of them. 支付状态。")],
        region: Annotated[RegionCode, Query(description="A county, prefecture or province. 行政区划代码。")],
        fund: Annotated[FundCode | None, Query(description="Of one fund. 资金来源。")] = None,
    ) -> OrderPage:
        """Orders by what became of them. 按状态查询支付。"""
        request.require_region(region)
        wanted = [col(OrderTable.status) == status, col(OrderTable.region).between(*bounds(region))]
        if fund:
            wanted.append(col(OrderTable.fund) == fund)
        rows, following = await page.rows(ORDERS, select(ORDERS.definition).where(*wanted), OrderTable.payment)
        return OrderPage(orders=rows, next=following)


def _require_account(request: ApiRequest, payments: Payments) -> Account:
    if not isinstance(payments, Account):
        raise request.not_there()
    request.require_region(payments.region)
    return payments


def _each(request: CommandRequest, key: str, payments: Payments, command: PaymentCommand) -> Each | Problem:
    if not isinstance(payments, Account):
        return Problem("not_found")
    if not request.may_touch(payments.region):
        return Problem("region_not_yours")
    return Each(PAYMENT, key, command, reply=answer)


def routes(clock: Clock) -> APIRouter:
    """What changes and shows payments, by path."""
    found, handlers = router(), Routes(clock=clock)
    post = posts(found, "/v1/claims/{claim}/", "payments", PaymentAnswer)
    post("payment-renewal", handlers.renew)
    post("recoveries", handlers.recover)
    found.add_api_route(
        "/v1/payment-renewal-batches", handlers.renew_all, methods=["POST"], tags=["payments"], responses={200: BATCH}
    )
    found.add_api_route("/v1/claims/{claim}/payments", handlers.of_claim, methods=["GET"], tags=["payments"])
    found.add_api_route("/v1/payment-orders", handlers.orders, methods=["GET"], tags=["payments"])
    return found
