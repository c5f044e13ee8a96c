"""What a person can get, from the packs that decide it: which kinds, under which conditions, how much (R-SUB-30)."""

from collections.abc import Mapping
from datetime import date

from contracts.money import format_yuan
from contracts.subsidy_codes import FUNDS
from pydantic import BaseModel

from subsidy.packs.conditions import holds
from subsidy.packs.inputs import Value
from subsidy.packs.pack import Basis, Need, OncePer, Pack, Payee, Rules
from subsidy.packs.ranges import illustrative, span_of


class ConditionOut(BaseModel):
    """A condition in words. `met`: by what was asked for; missing where it depends on more. 办理条件。"""

    reason: str
    zh: str
    en: str
    met: bool | None = None


class AmountOut(BaseModel):
    """From the least to the most, in fen; without `most` the rule sets no limit. 补贴标准（分）。"""

    least: int
    most: int | None = None
    zh: str
    en: str


class FundOut(BaseModel):
    """Money that it is paid from. 资金来源。"""

    fund: str
    zh: str
    en: str


class LimitsOut(BaseModel):
    """Time limits in calendar days, from complete evidence to the decision, and on to the payment. 办理时限（日）。"""

    decide: int
    pay: int
    claim: int | None = None
    zh: str
    en: str


class EntitlementOut(BaseModel):
    """A kind of subsidy by the pack that holds there. `possible`: nothing that was asked for rules it out.
    可享受的补贴。"""

    kind: str
    pack: str
    zh: str
    en: str
    possible: bool
    amount: AmountOut
    payee: Payee
    once_per: OncePer
    conditions: list[ConditionOut]
    needed: list[Need]
    limits: LimitsOut
    sources: list[FundOut]
    legal_basis: list[Basis]
    illustrative: bool
    valid_from: date
    valid_to: date | None = None


def entitlement(pack: Pack, values: Mapping[str, Value]) -> EntitlementOut:
    """What the pack offers to somebody of whom these inputs are known."""
    rules = pack.rules
    conditions = [
        ConditionOut(reason=each.reason, zh=each.zh, en=each.en, met=holds(each.test, values))
        for each in rules.conditions
    ]
    return EntitlementOut(
        kind=rules.kind,
        pack=pack.ref,
        zh=rules.zh,
        en=rules.en,
        possible=all(each.met is not False for each in conditions),
        amount=_amount(rules, values),
        payee=rules.payee,
        once_per=rules.once_per,
        conditions=conditions,
        needed=list(rules.needed),
        limits=_limits(rules),
        sources=[_fund(each.fund) for each in rules.sources],
        legal_basis=list(rules.legal_basis),
        illustrative=illustrative(rules),
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
    )


def _amount(rules: Rules, values: Mapping[str, Value]) -> AmountOut:
    least, most = span_of(rules, values)
    if most is None:
        zh, en = f"{format_yuan(least, 'zh')}起", f"from {format_yuan(least, 'en')}"
    elif least == most:
        zh, en = format_yuan(most, "zh"), format_yuan(most, "en")
    elif least == 0:
        zh, en = f"最高{format_yuan(most, 'zh')}", f"up to {format_yuan(most, 'en')}"
    else:
        zh = f"{format_yuan(least, 'zh')}至{format_yuan(most, 'zh')}"
        en = f"{format_yuan(least, 'en')} to {format_yuan(most, 'en')}"
    return AmountOut(least=least, most=most, zh=zh, en=en)


def _limits(rules: Rules) -> LimitsOut:
    decide, pay, claim = rules.deadlines.decide, rules.deadlines.pay, rules.deadlines.claim
    return LimitsOut(
        decide=decide,
        pay=pay,
        claim=claim,
        zh=f"材料齐全后{decide}日内核定，核定后{pay}日内支付",
        en=f"Decided within {decide} days of complete evidence, paid within {pay} days of the decision",
    )


def _fund(code: str) -> FundOut:
    found = FUNDS.find(code)
    return FundOut(fund=code, zh=found.zh, en=found.en)
