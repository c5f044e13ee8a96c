"""GET /v1/money"""

from typing import Final

from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from pydantic import BaseModel, ConfigDict, Field

from reporting.asked import AskedRegion, AsOf, KnownAt, Rows, asked_for, position
from reporting.asking import Moment, moment, until_views
from reporting.funnel.answer import Stated, stated
from reporting.money.query import NONE, Money, Sums, add_up
from reporting.money.view import MONEY
from reporting.regions import Breakdown, breakdown

routes: Final = router()


class SumsOut(BaseModel):
    """Sums in fen. 金额合计（分）。"""

    model_config = ConfigDict(frozen=True)

    committed: int = Field(description="Decided, with all adjustments. 核定金额（含调整）。")
    ordered: int = Field(description="Ordered from the bank. 提交银行金额。")
    paid: int = Field(description="Executed by the bank. 银行已支付金额。")
    failed: int = Field(description="Not executed, for good. 支付失败金额。")
    returned: int = Field(description="Paid and came back. 退回金额。")
    under_way: int = Field(description="Ordered, and neither paid nor failed. 在途金额。")
    net: int = Field(description="Paid and not returned. 实际支出金额。")


class FundSums(SumsOut):
    fund: str


class KindSums(SumsOut):
    kind: str


class PlaceSums(SumsOut):
    region: str
    name: str


class CellSums(SumsOut):
    fund: str
    kind: str
    region: str


class MoneyOut(Stated):
    total: SumsOut
    funds: list[FundSums] = Field(description="They add up to the total. 按资金来源，可相加。")
    kinds: list[KindSums] = Field(description="They add up to the total. 按补贴种类，可相加。")
    regions: list[PlaceSums] = Field(description="They add up to the total. 按行政区划，可相加。")
    cells: list[CellSums] = Field(description="By fund, kind and region, where there is money. 按资金、种类、区划。")


@routes.get("/v1/money", tags=["money"])
async def money(
    request: ApiRequest,
    region: AskedRegion,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    per: Rows = "county",
    wait_for: WaitFor = None,
    wait_seconds: WaitSeconds = 5,
) -> MoneyOut:
    """What was committed, ordered, paid, refused by the bank and returned: by fund, kind and county, in two times
    (R-STA-12, R-STA-24). Each sum is that of the public facts of claims and payments, each on its own day.

    资金：按资金来源、补贴种类和县统计核定、提交、支付、失败与退回金额；等于补贴公共事件之和，各按发生日计入。
    """
    pool = request.web.store.pool
    asked, day = await asked_for(request, region, as_of)
    await until_views(pool, (MONEY,), wait_for, wait_seconds)
    found = await moment(pool, (MONEY,), await position(request, known_at))
    parts = breakdown(asked.code, day, per)
    sums = await add_up(pool, parts, day, found.position)
    return _answer(sums, parts, found, Stated(**stated(parts, found, day)))


def _answer(money: Money, breakdown: Breakdown, moment: Moment, head: Stated) -> MoneyOut:
    return MoneyOut(
        **head.model_dump(),
        total=SumsOut(**amounts(money.total)),
        funds=[FundSums(fund=fund, **amounts(sums)) for fund, sums in sorted(money.funds.items())],
        kinds=[KindSums(kind=kind, **amounts(sums)) for kind, sums in sorted(money.kinds.items())],
        regions=[
            PlaceSums(region=each.code, name=each.name, **amounts(money.regions.get(each.code, NONE)))
            for each in breakdown.shown(money.regions)
        ],
        cells=[
            CellSums(fund=fund, kind=kind, region=region, **amounts(sums))
            for (fund, kind, region), sums in sorted(money.cells.items())
        ],
    )


def amounts(sums: Sums) -> dict[str, int]:
    """All sums of a row, by name."""
    return {
        "committed": sums.committed,
        "ordered": sums.ordered,
        "paid": sums.paid,
        "failed": sums.failed,
        "returned": sums.returned,
        "under_way": sums.ordered - sums.paid - sums.failed,
        "net": sums.paid - sums.returned,
    }
