"""Routes of funds: allocated, frozen, explained, unfrozen, shown with the balances of their accounts."""

from dataclasses import dataclass
from typing import Annotated

from contracts.documents import Reference
from contracts.money import MAX_FEN
from contracts.subsidy_codes import FUNDS, FundCode
from eventcore.clock import Clock, legal_day
from eventcore.web import ApiRequest, Body, CommandRequest, Text, example, posts, router
from eventcore.web.acting import signed
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.responses import Response

from subsidy.money.funds.commands import AllocateMoney, ExplainItem, FreezeFund, UnfreezeFund
from subsidy.money.funds.events import Item
from subsidy.money.funds.fund import FUND, Fund, Funds
from subsidy.money.requests import of_the_province

FundKey = Annotated[FundCode, Path(description="Code of the fund. 资金来源代码。")]
Amount = Annotated[int, Field(strict=True, ge=-MAX_FEN, le=MAX_FEN, description="Fen, not 0; below 0: less. 分")]


class AllocationIn(Body):
    """Money for a fund, in fen; below zero it is reduced. 资金下达或核减。"""

    model_config = example({"amount": 100000000, "document": "黔财社〔2026〕21号"})

    amount: Amount
    document: Reference


class FreezeIn(Body):
    """Why the fund pays nothing until it is explained. 冻结原因。"""

    model_config = example({"reason": "对账差异核查中", "document": "冻结通知〔2026〕4号"})

    reason: Annotated[str, Text(200)]
    document: Reference


class ExplanationIn(Body):
    """What explains an item. 逐项说明。"""

    model_config = example({"item": "冻结通知〔2026〕4号", "document": "差异说明〔2026〕9号"})

    item: Annotated[str, Text(80)]
    document: Reference


class ItemOut(BaseModel):
    """Something that has to be explained. 待说明事项。"""

    key: str
    cause: str
    amount: int
    payment: str


class FundOut(BaseModel):
    """A fund in fen: `used` is at the bank or paid. 资金来源及余额（分）。"""

    fund: str
    zh: str
    en: str
    allocated: int
    used: int
    left: int
    frozen: bool
    open: list[ItemOut]


class FundsOut(BaseModel):
    """All funds. 全部资金来源。"""

    funds: list[FundOut]


class FundAnswer(BaseModel):
    """What a command on a fund answers. 资金来源与版本。"""

    id: str
    version: int


def _out(code: str, fund: Funds) -> FundOut:
    found, named = fund if isinstance(fund, Fund) else Fund(fund=code), FUNDS.find(code)
    return FundOut(
        fund=code,
        zh=named.zh,
        en=named.en,
        allocated=found.allocated,
        used=found.used,
        left=found.allocated - found.used,
        frozen=found.frozen,
        open=[ItemOut(key=each.key, cause=each.cause, amount=each.amount, payment=each.payment) for each in found.open],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    clock: Clock

    async def allocate(self, fund: FundKey, body: AllocationIn, request: CommandRequest) -> Response:
        """Money comes to the fund, or goes (R-SUB-01, R-SUB-13). 下达或核减资金，专款专用。"""
        of_the_province(request)
        today = legal_day(self.clock)
        command = AllocateMoney(fund=fund, amount=body.amount, document=body.document, today=today, **signed(request))
        return await request.handle(FUND, fund, command)

    async def freeze(self, fund: FundKey, body: FreezeIn, request: CommandRequest) -> Response:
        """No batch of the fund is released until it is explained and unfrozen. 冻结资金拨付。"""
        of_the_province(request)
        command = FreezeFund(
            fund=fund,
            cause=body.reason,
            items=(Item(key=body.document, cause="BY_HAND", amount=0),),
            official=request.caller.subject,
            today=legal_day(self.clock),
        )
        return await request.handle(FUND, fund, command)

    async def explain(self, fund: FundKey, body: ExplanationIn, request: CommandRequest) -> Response:
        """What was unexplained is explained by a document. 对未解释事项作出说明。"""
        of_the_province(request)
        command = ExplainItem(key=body.item, document=body.document, **signed(request))
        return await request.handle(FUND, fund, command)

    async def unfreeze(self, fund: FundKey, request: CommandRequest) -> Response:
        """Another person than who froze or explained lets it pay again. 解冻，须由另一人办理。"""
        of_the_province(request)
        return await request.handle(FUND, fund, UnfreezeFund(**signed(request)))

    async def all_funds(self, request: ApiRequest) -> FundsOut:
        """All funds, with what is left of them and what is unexplained. 资金来源一览。"""
        of_the_province(request)
        codes = [each.code for each in FUNDS.codes]
        found = await request.web.store.states(FUND, codes)
        return FundsOut(funds=[_out(code, found[code][0]) for code in codes])


def routes(clock: Clock) -> APIRouter:
    """What changes and shows funds, by path."""
    found, handlers = router(), Routes(clock=clock)
    post = posts(found, "/v1/funds/{fund}/", "funds", FundAnswer)
    post("allocations", handlers.allocate)
    post("freeze", handlers.freeze)
    post("explanations", handlers.explain)
    post("unfreeze", handlers.unfreeze)
    found.add_api_route("/v1/funds", handlers.all_funds, methods=["GET"], tags=["funds"])
    return found
