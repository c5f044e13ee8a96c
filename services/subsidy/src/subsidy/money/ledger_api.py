"""The ledger's balances, now or as of a day: sums over the postings, which nobody can change."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Final

from contracts.days import Day
from contracts.subsidy_codes import FundCode
from eventcore.clock import LEGAL
from eventcore.readers.queries import reading
from eventcore.web import ApiRequest, router
from fastapi import Query
from pydantic import BaseModel

from subsidy.money.requests import of_the_province

_BALANCES: Final = """
select p.account, sum(p.amount)::bigint as amount
from log.postings p
where starts_with(p.account, $1)
  and ($2::timestamptz is null or exists (
      select from log.events e
      where e.stream_id = left(p.event, -length(split_part(p.event, '/', -1)) - 1)
        and e.version = split_part(p.event, '/', -1)::int and e.recorded_at < $2))
group by p.account order by p.account
"""


class Balance(BaseModel):
    """An account in fen. 科目余额（分）。"""

    fund: str
    stage: str
    county: str
    amount: int


class Balances(BaseModel):
    """All accounts of a fund, or of all; they sum to zero. 科目余额，合计为零。"""

    balances: list[Balance]
    sum: int


ledger_balances = router()


@ledger_balances.get("/v1/ledger", tags=["funds"])
async def balances(
    request: ApiRequest,
    fund: Annotated[FundCode | None, Query(description="One fund. 资金来源。")] = None,
    as_of: Annotated[Day | None, Query(description="At the end of that day. 截至该日终。")] = None,
) -> Balances:
    """Double entry: every fen is somewhere (R-SUB-01, R-SUB-28). 复式记账余额。"""
    of_the_province(request)
    pool = request.web.store.pool
    with reading():
        rows = await pool.fetch(_BALANCES, f"{fund}/" if fund else "", _end_of(as_of) if as_of else None)
    found = [_balance(row["account"], row["amount"]) for row in rows]
    return Balances(balances=found, sum=sum(each.amount for each in found))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LEGAL)


def _balance(account: str, amount: int) -> Balance:
    fund, stage, *county = account.split("/")
    return Balance(fund=fund, stage=stage, county=county[0] if county else "", amount=amount)
