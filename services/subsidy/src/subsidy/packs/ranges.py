"""Between which amounts a rule can lead, where only some of its inputs are known: the same steps over intervals."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, assert_never

from subsidy.packs.arithmetic import CAPS, MONTHS, share
from subsidy.packs.inputs import Value
from subsidy.packs.pack import PAID_MONTHS, Cap, Rules
from subsidy.packs.steps import Add, AnyStep, Fixed, Greatest, Least, Multiply, Row, Share, Subtract, Table, Tiers

Span: TypeAlias = tuple[int, int | None]
"""Lowest and highest, in fen; None: the rule sets no highest."""
ANY: Final[Span] = (0, None)


def span_of(rules: Rules, values: Mapping[str, Value]) -> Span:
    """From the least to the most that the rule can come to."""
    spans: dict[str, Span] = {name: (value, value) for name, value in values.items() if isinstance(value, int)}
    months = rules.caps.months
    if months is not None:
        left = _less((months.months, months.months), [spans.get(PAID_MONTHS, ANY)])
        spans[MONTHS] = _least([spans.get(months.of, ANY), left])
    for step in rules.amount:
        spans[step.name] = _step(step, spans, values)
    low, high = spans[rules.amount[-1].name]
    for name, used in CAPS:
        cap: Cap | None = getattr(rules.caps, name)
        if cap is not None:
            rest = _less((cap.amount, cap.amount), [spans.get(used, ANY)])
            low, high = _least([(low, high), rest])
    return low, high


def _step(step: AnyStep, spans: Mapping[str, Span], values: Mapping[str, Value]) -> Span:
    match step:
        case Fixed():
            return step.amount, step.amount
        case Table():
            amounts = list(_rows(step, values))
            return min(amounts), max(amounts)
        case Tiers():
            return _tiers(step, spans.get(step.of, ANY))
        case Multiply():
            low, high = spans.get(step.of, ANY)
            return low * step.rate, None if high is None else high * step.rate
        case Share():
            low, high = spans.get(step.of, ANY)
            return share(step, low), None if high is None else share(step, high)
        case Add() | Subtract() | Least() | Greatest():
            return _combined(step, [_operand(each, spans) for each in step.of])
        case _:
            assert_never(step)


def _operand(each: str | int, spans: Mapping[str, Span]) -> Span:
    return (each, each) if isinstance(each, int) else spans.get(each, ANY)


def _combined(step: Add | Subtract | Least | Greatest, parts: list[Span]) -> Span:
    highs = [high for _, high in parts if high is not None]
    match step:
        case Add():
            return sum(low for low, _ in parts), sum(highs) if len(highs) == len(parts) else None
        case Subtract():
            return _less(parts[0], parts[1:])
        case Least():
            return _least(parts)
        case Greatest():
            return max(low for low, _ in parts), max(highs) if len(highs) == len(parts) else None
        case _:
            assert_never(step)


def _least(parts: list[Span]) -> Span:
    return min(low for low, _ in parts), min((high for _, high in parts if high is not None), default=None)


def _less(first: Span, others: list[Span]) -> Span:
    low, high = first
    least = sum(each for each, _ in others)
    most = [each for _, each in others]
    lowest = 0 if None in most else max(low - sum(each for each in most if each is not None), 0)
    return lowest, None if high is None else max(high - least, 0)


def _rows(step: Table, values: Mapping[str, Value]) -> Iterator[int]:
    """Amounts of the rows that may be the first to fit."""
    for row in step.rows:
        fits = _fits(row, values)
        if fits is not False:
            yield row.amount
        if fits:
            return
    yield step.otherwise or 0


def _fits(row: Row, values: Mapping[str, Value]) -> bool | None:
    if any(name in values and values[name] not in wanted for name, wanted in row.when.items()):
        return False
    return True if all(name in values for name in row.when) else None


def _tiers(step: Tiers, span: Span) -> Span:
    low, high = span
    reached = [each.amount for each in step.tiers if each.at_least <= low]
    further = [each.amount for each in step.tiers if low < each.at_least and (high is None or each.at_least <= high)]
    amounts = [reached[-1] if reached else 0, *further]
    return min(amounts), max(amounts)


def illustrative(rules: Rules) -> bool:
    """Whether a number or the pack itself is made up."""
    return any(each.illustrative for each in (rules, rules.deadlines, *rules.amount, *rules.caps.all.values()))
