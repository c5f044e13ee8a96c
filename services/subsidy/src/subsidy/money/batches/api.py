"""Routes of payment batches: proposed, edited, approved by another person over the hash, cancelled, shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from contracts.subsidy_codes import FundCode
from eventcore.clock import Clock, legal_day
from eventcore.ids import new_id
from eventcore.readers import queries
from eventcore.web import ApiRequest, Body, CommandRequest, Paged, Problem, Text, example, posts, router
from eventcore.web.acting import signed
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from sqlmodel import col
from starlette.responses import Response

from subsidy.money.batches.batch import MOST, PAYMENT_BATCH, Batch, Proposed
from subsidy.money.batches.commands import ApproveBatch, BatchCommand, CancelBatch, ProposeBatch, RemoveLines
from subsidy.money.batches.events import Line
from subsidy.money.batches.views.batches import BATCHES, BatchRow, BatchTable, of_fund
from subsidy.money.payments.payee import Payee
from subsidy.money.payments.views.orders import ORDERS, OrderTable, due
from subsidy.money.requests import of_the_province

BatchId = Annotated[UUID, Path(description="Id of the batch. 支付批次编号。")]


class BatchIn(Body):
    """Orders that are due, of one fund: the oldest, or those that are named. 支付批次。"""

    model_config = example({"fund": "EMPLOYMENT_SUBSIDY", "most": 200})

    fund: FundCode
    most: Annotated[int, Field(ge=1, le=MOST, description="At most so many orders. 最多笔数。")] = MOST
    payments: Annotated[tuple[UUID, ...], Field(max_length=MOST)] = ()


class RemovalIn(Body):
    """Orders that are taken out, and why. Approvals are void. 移出的支付，复核作废。"""

    model_config = example({"payments": ["0190a1b2-0000-5000-8000-0000000000f1"], "reason": "账户待核实"})

    payments: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST)]
    reason: Annotated[str, Text(200)]


class ApprovalIn(Body):
    """What is approved, by its hash. 按哈希值复核。"""

    model_config = example({"hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})

    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class CancellationIn(Body):
    """Why the batch is not paid. 撤销原因。"""

    model_config = example({"reason": "资金来源有误"})

    reason: Annotated[str, Text(200)]


class BatchAnswer(BaseModel):
    """What a command on a batch answers. 批次、哈希值、笔数与金额（分）。"""

    batch: str
    hash: str
    lines: int
    amount: int
    version: int


class LineOut(BaseModel):
    """An order of a batch, without personal data. 批次明细（不含个人信息）。"""

    payment: str
    claim: str
    kind: str
    region: str
    amount: int
    payee_kind: str
    payee: str


class BatchWhole(BaseModel):
    """A batch with its lines, as its hash covers them. 支付批次全文。"""

    batch: str
    fund: str
    hash: str
    amount: int
    approved_by: str
    lines: list[LineOut]


class BatchPage(BaseModel):
    """Batches, and the cursor of the next page where there may be one."""

    batches: list[BatchRow]
    next: str | None


def answer(batch: Batch, version: int) -> Mapping[str, object]:
    found = batch if isinstance(batch, Proposed) else None
    return {
        "batch": found.batch if found else "",
        "hash": found.hash if found else "",
        "lines": len(found.lines) if found else 0,
        "amount": found.amount if found else 0,
        "version": version,
    }


def _line(row: Mapping[str, Any]) -> Line:
    return Line(
        payment=row["payment"],
        claim=row["claim"],
        kind=row["kind"],
        region=row["region"],
        amount=row["amount"],
        payee=Payee(kind=row["payee_kind"], id=row["payee"]),
        handlers=tuple(row["handlers"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    clock: Clock

    async def propose(
        self, body: BatchIn, request: CommandRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
    ) -> Response:
        """A batch of what is due and in no other batch. 由待支付款项组成批次。"""
        of_the_province(request)
        pool = request.web.store.pool
        await until_view(pool, ORDERS.reader, wait_for, wait_seconds)
        statement = due(body.fund, body.most)
        if body.payments:
            statement = statement.where(col(OrderTable.payment).in_([str(each) for each in body.payments]))
        rows = await queries.Query(statement).fetch(pool)
        key = new_id()
        command = ProposeBatch(
            batch=key,
            fund=body.fund,
            lines=tuple(_line(row) for row in rows),
            today=legal_day(self.clock),
            **signed(request),
        )
        return await request.handle(PAYMENT_BATCH, key, command, reply=answer)

    async def remove(self, batch: BatchId, body: RemovalIn, request: CommandRequest) -> Response:
        """Takes orders out; an approval that was given is void. 移出支付，已作复核即作废。"""
        payments = frozenset(str(each) for each in body.payments)
        command = RemoveLines(batch=str(batch), payments=payments, reason=body.reason, **signed(request))
        return await self._on_batch(request, str(batch), command)

    async def approve(self, batch: BatchId, body: ApprovalIn, request: CommandRequest) -> Response:
        """Another person than who proposed or changed it, or decided any of its claims, approves exactly these lines
        (R-SUB-24). 由他人按哈希值复核放行。"""
        of_the_province(request)
        found, _ = await request.web.store.state(PAYMENT_BATCH, str(batch))
        command = ApproveBatch(
            batch=str(batch),
            fund=found.fund if isinstance(found, Proposed) else "",
            hash=body.hash,
            today=legal_day(self.clock),
            **signed(request),
        )
        return await self._on_batch(request, str(batch), command)

    async def cancel(self, batch: BatchId, body: CancellationIn, request: CommandRequest) -> Response:
        """The batch is not paid; its orders are free for another one. 撤销批次。"""
        command = CancelBatch(batch=str(batch), reason=body.reason, **signed(request))
        return await self._on_batch(request, str(batch), command)

    async def _on_batch(self, request: CommandRequest, key: str, command: BatchCommand) -> Response:
        of_the_province(request)
        return await request.handle(PAYMENT_BATCH, key, command, reply=answer)

    async def read(self, batch: BatchId, request: ApiRequest) -> Response:
        """A batch with its lines. 一个批次。"""
        of_the_province(request)
        found, _ = await request.web.store.state(PAYMENT_BATCH, str(batch))
        if not isinstance(found, Proposed):
            raise Problem("not_found")
        return Response(_whole(found).model_dump_json(), media_type="application/json")

    async def batches(
        self,
        request: ApiRequest,
        page: Paged,
        fund: Annotated[FundCode, Query(description="Code of the fund. 资金来源代码。")],
    ) -> BatchPage:
        """Batches of a fund, with what each waits for. 某资金来源的支付批次。"""
        of_the_province(request)
        rows, following = await page.rows(BATCHES, of_fund(fund), BatchTable.batch)
        return BatchPage(batches=rows, next=following)


def _whole(batch: Proposed) -> BatchWhole:
    lines = [
        LineOut(
            payment=line.payment,
            claim=line.claim,
            kind=line.kind,
            region=line.region,
            amount=line.amount,
            payee_kind=line.payee.kind,
            payee=line.payee.id,
        )
        for line in batch.lines
    ]
    return BatchWhole(
        batch=batch.batch,
        fund=batch.fund,
        hash=batch.hash,
        amount=batch.amount,
        approved_by=batch.approved_by,
        lines=lines,
    )


def routes(clock: Clock) -> APIRouter:
    """What changes and shows batches, by path."""
    found, handlers = router(), Routes(clock=clock)
    post = posts(found, "/v1/payment-batches", "payments", BatchAnswer)
    post("", handlers.propose)
    post("/{batch}/removals", handlers.remove)
    post("/{batch}/approvals", handlers.approve)
    post("/{batch}/cancellation", handlers.cancel)
    found.add_api_route("/v1/payment-batches", handlers.batches, methods=["GET"], tags=["payments"])
    found.add_api_route(
        "/v1/payment-batches/{batch}", handlers.read, methods=["GET"], tags=["payments"], response_model=BatchWhole
    )
    return found
