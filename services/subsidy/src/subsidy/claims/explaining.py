"""Why a claim stands as it stands, in sentences, Chinese and English: the rule, what it was applied to, the arithmetic,
and the time limits (R-SUB-30, R-ADD-13)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from contracts.groups import GROUPS
from contracts.money import format_yuan
from contracts.subsidy_codes import CLAIM_KINDS, FUNDS, REFUSAL_REASONS

from subsidy.claims.endings import CLAIM_BY, DEATH, OPENED_BY, OPENED_ON, PERSON
from subsidy.claims.endings import RESERVATION as RESERVATION_INPUT
from subsidy.claims.events import ClaimAdjusted, ClaimReady, ClaimWaits
from subsidy.claims.state import Decision, Opened
from subsidy.claims.wording import Sentence, named, worded
from subsidy.packs.arithmetic import MONTHS
from subsidy.packs.explanation import GRANTED, Explanation, Input
from subsidy.packs.inputs import INPUTS
from subsidy.packs.pack import Pack
from subsidy.provinces import province

BESIDE_INPUTS: Final = {
    "rule_pack": Sentence(zh="当日有效的补贴规则", en="a rule pack that holds on the day"),
    "paid_this_year": Sentence(
        zh="同类补贴其他事项本年度已占用（分）", en="what other claims of the kind take this year, fen"
    ),
    "paid_in_all": Sentence(zh="同类补贴其他事项累计已占用（分）", en="what other claims of the kind take in all, fen"),
    "paid_months": Sentence(
        zh="同类补贴其他事项累计已占用（月）", en="what other claims of the kind take in all, months"
    ),
    PERSON: Sentence(zh="同一人，以该编号的事项为准", en="the same person, whose own claim counts"),
    OPENED_BY: Sentence(zh="生成本事项的事实不属于本人", en="what opened it was another person's"),
    "reservation": Sentence(
        zh="同一职业同一等级未重复享受的确认", en="that nobody was subsidised for this occupation and level"
    ),
    "use_of_data": Sentence(zh="个人信息可以使用", en="that the personal data may be used"),
    "payee": Sentence(zh="收款方", en="who is to be paid"),
    OPENED_ON: Sentence(zh="事项生成日期", en="the claim opened on"),
    CLAIM_BY: Sentence(zh="规则的申领截止日期", en="the last day to claim by the rules"),
}
_PAYEES: Final = {"WORKER": Sentence(zh="本人", en="the worker"), "ORGANISATION": Sentence(zh="单位", en="")}


def explained(claim: Opened, pack: Pack | None, day: date, pay_by: date | None = None) -> Iterable[Sentence]:
    """From its opening to what it stands at. `pack`: by which it was decided, or would be today."""
    opened = claim.opened
    kind = named(CLAIM_KINDS, opened.kind)
    yield Sentence(
        zh=f"{kind.zh}：{opened.opened_on} 由事实 {opened.because} 自动生成，无需申请材料。",
        en=f"{kind.en}: opened by itself on {opened.opened_on}, by the fact {opened.because}; no papers are needed.",
    )
    if claim.held and not claim.decision:
        yield Sentence(
            zh=f"{claim.held.held_on} 起暂缓办理，原因：{claim.held.reason}。",
            en=f"Held since {claim.held.held_on}: {claim.held.reason}.",
        )
    if claim.decision:
        yield from _decision(claim.decision, pack)
        if pay_by:
            yield Sentence(zh=f"须于 {pay_by} 前支付。", en=f"To be paid by {pay_by}.")
    elif isinstance(claim.standing, ClaimReady):
        yield from _ready(claim.standing, day)
    elif isinstance(claim.standing, ClaimWaits):
        yield _waits(claim.standing, day)
        yield from _asked_at_home(claim, claim.standing, day)
    if claim.appeal:
        yield Sentence(
            zh=f"{claim.appeal.filed_on} 提出申诉，须于 {claim.appeal.due_on} 前处理。",
            en=f"An appeal was filed on {claim.appeal.filed_on}; it is to be decided by {claim.appeal.due_on}.",
        )


def _waits(standing: ClaimWaits, day: date) -> Sentence:
    missing = [_asked(name) for name in standing.missing]
    days = (day - standing.since).days
    return Sentence(
        zh=f"自 {standing.since} 起等待（{days} 天），缺：{'、'.join(each.zh for each in missing)}。"
        "不因缺材料而不予补贴。",
        en=f"Waiting since {standing.since} ({days} days) for: {', '.join(each.en for each in missing)}. "
        "It is not refused for what is missing.",
    )


def _asked_at_home(claim: Opened, standing: ClaimWaits, day: date) -> Iterable[Sentence]:
    """Where another province decides, and has not answered yet."""
    asked = claim.reserving
    if asked is None or asked.answer is not None or RESERVATION_INPUT not in standing.missing:
        return
    if asked.home == province(claim.region) or asked.asked_on is None:
        return
    days = (day - asked.asked_on).days
    yield Sentence(
        zh=f"{asked.asked_on} 已向户籍省（{asked.home}）申请唯一性占用，{days} 天未答复；未经其同意不予支付。",
        en=f"The home province ({asked.home}) was asked on {asked.asked_on} and has not answered for {days} days; "
        "without its grant nothing is paid.",
    )


def _ready(standing: ClaimReady, day: date) -> Iterable[Sentence]:
    yield Sentence(
        zh=f"{standing.since} 起材料齐全，适用规则 {standing.pack}，须于 {standing.due_on} 前核定。",
        en=f"Complete since {standing.since}, by the rules {standing.pack}; to be decided by {standing.due_on}.",
    )
    if day > standing.due_on:
        days = (day - standing.due_on).days
        yield Sentence(zh=f"已超期 {days} 天。", en=f"Overdue by {days} days.")


def _decision(decision: Decision, pack: Pack | None) -> Iterable[Sentence]:
    made, explanation = decision.made, decision.made.explanation
    rules = f"“{pack.rules.zh}”（{explanation.pack}）" if pack else explanation.pack
    rules_en = f"“{pack.rules.en}” ({explanation.pack})" if pack else explanation.pack
    if made.outcome == "REFUSED":
        yield Sentence(
            zh=f"{made.decided_on} 依据规则{rules}核定：不予补贴。",
            en=f"Refused on {made.decided_on}, by the rules {rules_en}.",
        )
    else:
        fund, payee = named(FUNDS, made.fund), _PAYEES[made.payee.kind]
        yield Sentence(
            zh=f"{made.decided_on} 依据规则{rules}核定：补贴 {format_yuan(made.amount, 'zh')}，"
            f"由{fund.zh}支付给{payee.zh}{'' if made.payee.kind == 'WORKER' else made.payee.id}。",
            en=f"Approved on {made.decided_on}, by the rules {rules_en}: {format_yuan(made.amount, 'en')}, "
            f"from the {fund.en}, to {payee.en or made.payee.id}.",
        )
    if isinstance(made, ClaimAdjusted):
        yield _correction(made)
    yield from _reasons(explanation, pack)
    yield from (_input(each) for each in explanation.inputs)
    for step in explanation.steps:
        if step.rule == MONTHS:
            yield Sentence(
                zh=f"计算（月）：{step.expression} = {step.result}。",
                en=f"Arithmetic (months): {step.expression} = {step.result}.",
            )
            continue
        result = Sentence(zh=format_yuan(step.result, "zh"), en=format_yuan(step.result, "en"))
        yield Sentence(
            zh=f"计算（分）{step.rule}：{step.expression} = {step.result}（{result.zh}）。",
            en=f"Arithmetic (fen) {step.rule}: {step.expression} = {step.result} ({result.en}).",
        )


def _correction(made: ClaimAdjusted) -> Sentence:
    zh, en = ("补发", "to be paid further") if made.difference > 0 else ("应退", "owed back, as far as it was paid")
    amount = abs(made.difference)
    return Sentence(
        zh=f"因事实 {made.cause} 变化，更正原核定 {made.corrects}：{zh} {format_yuan(amount, 'zh')}。",
        en=f"Takes the place of {made.corrects}, because of {made.cause}: {format_yuan(amount, 'en')} {en}.",
    )


def _reasons(explanation: Explanation, pack: Pack | None) -> Iterable[Sentence]:
    """In the words of the rule where it has some."""
    for reason in explanation.reasons:
        text = next((each for each in pack.rules.conditions if each.reason == reason), None) if pack else None
        said = Sentence(zh=text.zh, en=text.en) if text else _reason(reason)
        yield Sentence(zh=f"理由：{said.zh}（{reason}）。", en=f"Because: {said.en} ({reason}).")


def _reason(reason: str) -> Sentence:
    group = reason.removeprefix("GROUP_")
    return named(GROUPS, group) if group != reason else named(REFUSAL_REASONS, reason)


def _input(given: Input) -> Sentence:
    if given.name == RESERVATION_INPUT:
        held = (
            Sentence(zh="本事项", en="this claim")
            if given.value == GRANTED
            else Sentence(zh=given.value, en=given.value)
        )
        return Sentence(
            zh=f"同一人、同一职业同一等级仅一次：由{held.zh}占用；依据 {given.fact}。",
            en=f"Once for this person, occupation and level: held by {held.en}; says {given.fact}.",
        )
    if given.name == DEATH:
        return Sentence(
            zh=f"本人已于 {given.value} 死亡；依据 {given.fact}。", en=f"Died on {given.value}; says {given.fact}."
        )
    asked, value = _asked(given.name), worded(given.name, given.value)
    return Sentence(zh=f"{asked.zh}：{value.zh}；依据 {given.fact}。", en=f"{asked.en}: {value.en}; says {given.fact}.")


def _asked(name: str) -> Sentence:
    if name in BESIDE_INPUTS:
        return BESIDE_INPUTS[name]
    asked = INPUTS.get(name)
    return Sentence(zh=asked.zh, en=asked.en) if asked else Sentence(zh=name, en=name)
