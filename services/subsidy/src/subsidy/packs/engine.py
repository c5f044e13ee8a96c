"""What a claim comes to by a rule pack: a pure function of the pack and of what is known.

Missing evidence is waited for and never a reason to refuse (R-SUB-31). What the answer was made from is in its
explanation, and `assess` over it gives the same explanation again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from contracts.money import checked_fen

from subsidy.packs import arithmetic
from subsidy.packs.conditions import asked, holds, matched_groups, open_in
from subsidy.packs.explanation import Explanation, Input, Step
from subsidy.packs.inputs import INPUTS, Value
from subsidy.packs.pack import PAYEE_INPUTS, Condition, Pack, Payee, Rules

NOTHING_OWED: Final = "NOTHING_OWED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact by the name that packs use (`inputs.INPUTS`)."""

    value: Value
    fact: str
    """Public id, or `stream/version` of an own event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    missing: tuple[str, ...]
    """Names of inputs that are needed and not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    outcome: Literal["APPROVED", "REFUSED"]
    amount: int
    """Fen; 0 where it is refused."""
    fund: str
    payee: Payee
    explanation: Explanation


def assess(pack: Pack, known: Mapping[str, Known]) -> Waiting | Assessed:
    """What is owed, or what it waits for. Refused where a condition is false: at once where it is final, else when
    all conditions are decided."""
    values = {name: each.value for name, each in known.items()}
    verdicts = [(each, holds(each.test, values)) for each in pack.rules.conditions]
    failed = [each for each, verdict in verdicts if verdict is False]
    undecided = [name for each, _ in verdicts for name in open_in(each.test, values)]
    final = [each for each in failed if each.final]
    if final or (failed and not undecided):
        return _refused(pack, known, values, [each.reason for each in final or failed])
    needed = (name for name in _needed(pack.rules, values) if name not in values)
    missing = tuple(dict.fromkeys((*undecided, *needed)))
    return Waiting(missing=missing) if missing else _owed(pack, known, values)


def _needed(rules: Rules, values: Mapping[str, Value]) -> Iterable[str]:
    """Beside the conditions: for the arithmetic, the payee, and the money."""
    yield from arithmetic.asked(rules)
    if rules.payee in PAYEE_INPUTS:
        yield PAYEE_INPUTS[rules.payee]
    for source in rules.sources:
        if source.when is None or holds(source.when, values):
            return
        yield from open_in(source.when, values)


def _owed(pack: Pack, known: Mapping[str, Known], values: Mapping[str, Value]) -> Assessed:
    rules = pack.rules
    steps = arithmetic.compute(rules, values)
    amount = checked_fen(steps[-1].result)
    reasons = _granted(rules.conditions, values) if amount else [NOTHING_OWED]
    used = [*_named(rules.conditions), *arithmetic.asked(rules), *_of_money(rules)]
    return Assessed(
        outcome="APPROVED" if amount else "REFUSED",
        amount=amount,
        fund=_fund(rules, values),
        payee=rules.payee,
        explanation=_explanation(pack, known, used, steps, reasons),
    )


def _refused(pack: Pack, known: Mapping[str, Known], values: Mapping[str, Value], reasons: Iterable[str]) -> Assessed:
    rules = pack.rules
    used = [*_named(rules.conditions), *_of_money(rules)]
    return Assessed(
        outcome="REFUSED",
        amount=0,
        fund=_fund(rules, values),
        payee=rules.payee,
        explanation=_explanation(pack, known, used, (), reasons),
    )


def _fund(rules: Rules, values: Mapping[str, Value]) -> str:
    """The first whose test holds; of a refused claim whose tests are open, the last."""
    return next(each.fund for each in rules.sources if each.when is None or holds(each.when, values))


def _granted(conditions: Iterable[Condition], values: Mapping[str, Value]) -> Iterable[str]:
    """The groups by which the worker is entitled."""
    return (f"GROUP_{group}" for each in conditions for group in matched_groups(each.test, values))


def _named(conditions: Iterable[Condition]) -> Iterable[str]:
    return (name for each in conditions for name in asked(each.test))


def _of_money(rules: Rules) -> Iterable[str]:
    """Inputs by which the payee and the fund were chosen."""
    if rules.payee in PAYEE_INPUTS:
        yield PAYEE_INPUTS[rules.payee]
    for source in rules.sources:
        if source.when is not None:
            yield from asked(source.when)


def _explanation(
    pack: Pack, known: Mapping[str, Known], used: Iterable[str], steps: tuple[Step, ...], reasons: Iterable[str]
) -> Explanation:
    inputs = tuple(
        Input(name=name, value=INPUTS[name].text(known[name].value), fact=known[name].fact)
        for name in dict.fromkeys(used)
        if name in known
    )
    return Explanation(pack=pack.ref, inputs=inputs, steps=steps, reasons=tuple(dict.fromkeys(reasons)))


def stored(inputs: Iterable[Input]) -> Mapping[str, Known]:
    """What a decision was made from, by its explanation: `assess` over it gives the explanation again."""
    return {each.name: Known(value=INPUTS[each.name].value(each.value), fact=each.fact) for each in inputs}
