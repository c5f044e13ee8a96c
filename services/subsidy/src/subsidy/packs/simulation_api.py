"""`/v1/pack-simulations`: another pack over past decisions. Nothing is stored."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

from eventcore.database import Pool
from eventcore.readers import queries
from eventcore.web import CommandRequest, Problem, example, router
from eventcore.web.waiting import WaitFor, WaitSeconds, until_view
from pydantic import BaseModel, Field

from subsidy.packs.api import EXAMPLE, PackIn, rules_in
from subsidy.packs.criteria import Day
from subsidy.packs.pack import Pack, Rules
from subsidy.packs.simulation import Change, Past, Summary, rerun
from subsidy.packs.views.decisions import DECISIONS, past

MOST: Final = 50_000
"""Claims of one simulation; a longer period is taken in parts."""
_PAGE: Final = 500


class SimulationIn(PackIn):
    """A rule pack as YAML, and the days of the decisions that it is tried over, both counted. 规则模拟。"""

    model_config = example({"text": EXAMPLE, "from": "2026-01-01", "to": "2026-12-31"})

    since: Annotated[Day, Field(alias="from")]
    until: Annotated[Day, Field(alias="to")]
    cursor: Annotated[str, Field(max_length=500)] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class ChangeOut(BaseModel):
    """A claim that would stand at another amount or fund, in fen. Without `after` the pack asks for `missing`.
    金额变化。"""

    claim: str
    before: int
    after: int | None
    difference: int | None
    fund_before: str
    fund_after: str | None
    missing: list[str]
    reasons: list[str]


class FundSum(BaseModel):
    """What a fund pays for the claims that the pack decides, in fen. 各资金来源合计。"""

    fund: str
    before: int
    after: int
    difference: int


class Sums(BaseModel):
    """Over the whole period; claims. 汇总。"""

    gain: int
    lose: int
    same: int
    undecided: int
    funds: list[FundSum]


class SimulationOut(BaseModel):
    """Who gains and who loses. `sums` come with the first page. 模拟结果。"""

    sums: Sums | None
    changes: list[ChangeOut]
    next: str | None


simulations = router()


@simulations.post("/v1/pack-simulations", tags=["rule packs"])
async def simulate(
    body: SimulationIn, request: CommandRequest, wait_for: WaitFor = None, wait_seconds: WaitSeconds = 5
) -> SimulationOut:
    """A pack over past decisions of its kind: who gains, who loses, what each fund pays. 以既往核定模拟新规则。"""
    rules = rules_in(body)
    request.require_region(rules.region)
    if body.until < body.since:
        raise Problem("request_invalid", errors=[{"field": "body.to", "code": "before_from"}])
    after = request.after(body.cursor, tuple[str])[0] if body.cursor else ""
    pool = request.web.store.pool
    await until_view(pool, DECISIONS.reader, wait_for, wait_seconds)
    pack, summary, more = Pack(1, rules), Summary(), False
    changes: list[Change] = []
    async for each in _past(pool, rules, body, after):
        change = rerun(pack, each)
        summary.count(change)
        if change.differs and len(changes) < body.limit:
            changes.append(change)
        elif change.differs:
            more = True
            if after:
                break
    following = request.cursor(changes[-1].claim) if more else None
    return SimulationOut(
        sums=None if after else _sums(summary), changes=[_out(each) for each in changes], next=following
    )


async def _past(pool: Pool, rules: Rules, body: SimulationIn, after: str) -> AsyncIterator[Past]:
    """In pages, so that others are served in between. Problem where there are too many."""
    for _ in range(MOST // _PAGE):
        statement = past(rules.kind, rules.region, body.since, body.until, after, _PAGE)
        rows = await queries.Query(statement).fetch(pool)
        for row in rows:
            inputs = dict(zip(row["names"], row["texts"], strict=True))
            yield Past(claim=row["claim"], fund=row["fund"], amount=row["amount"], inputs=inputs)
        if len(rows) < _PAGE:
            return
        after = rows[-1]["claim"]
    raise Problem("simulation_too_large")


def _out(change: Change) -> ChangeOut:
    return ChangeOut(
        claim=change.claim,
        before=change.before,
        after=change.after,
        difference=None if change.after is None else change.after - change.before,
        fund_before=change.fund,
        fund_after=change.fund_after,
        missing=list(change.missing),
        reasons=list(change.reasons),
    )


def _sums(summary: Summary) -> Sums:
    return Sums(
        gain=summary.gain,
        lose=summary.lose,
        same=summary.same,
        undecided=summary.undecided,
        funds=[
            FundSum(fund=fund, before=of.before, after=of.after, difference=of.after - of.before)
            for fund, of in sorted(summary.funds.items())
        ],
    )
