"""The steps of an amount, in fen: each with the numbers that it was computed with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from subsidy.packs.explanation import Step as Line
from subsidy.packs.inputs import INPUTS, Value
from subsidy.packs.pack import PAID_MONTHS, Cap, Rules, is_monthly
from subsidy.packs.steps import (
    Add,
    AnyStep,
    Fixed,
    Greatest,
    Least,
    Multiply,
    Operand,
    Row,
    Share,
    Subtract,
    Table,
    Tiers,
)

CAPS = (("per_year", "paid_this_year"), ("in_all", "paid_in_all"))
"""Caps of a person in fen, and the input that says how much of each is used."""
MONTHS = "months"
"""The line of the months that the cap leaves, which the steps count with."""


def compute(rules: Rules, values: Mapping[str, Value]) -> tuple[Line, ...]:
    """All lines; the last one is what is owed. KeyError where an input is missing: `asked` names them."""
    numbers: dict[str, Value] = dict(values)
    lines, months = list[Line](), rules.caps.months
    if months is not None:
        lines.append(_capped(MONTHS, months.months, _number(numbers, PAID_MONTHS), _number(numbers, months.of)))
        numbers[MONTHS] = lines[-1].result
    for step in rules.amount:
        lines.append(_line(step, numbers))
        numbers[step.name] = lines[-1].result
    for name, used in CAPS:
        cap: Cap | None = getattr(rules.caps, name)
        if cap is not None:
            lines.append(_capped(name, cap.amount, _number(numbers, used), lines[-1].result))
    return tuple(lines)


def _capped(name: str, cap: int, used: int, amount: int) -> Line:
    return Line(rule=name, expression=f"min({amount}, {cap} - {used})", result=min(amount, max(cap - used, 0)))


def asked(rules: Rules) -> Iterator[str]:
    """Every input that the arithmetic needs, in the order in which it is written."""
    if rules.caps.months is not None:
        yield from (rules.caps.months.of, PAID_MONTHS)
    for step in rules.amount:
        yield from (name for name in operands(step) if name in INPUTS)
    yield from (used for name, used in CAPS if getattr(rules.caps, name) is not None)


def taken(kind: str, amount: int, lines: Sequence[Line]) -> int:
    """What an outcome takes of the person's allowance: fen, or months of a kind that is counted in them."""
    if not is_monthly(kind):
        return amount
    return next((each.result for each in lines if each.rule == MONTHS), 0) if amount else 0


def operands(step: AnyStep) -> Iterator[str]:
    """The names that a step looks at: inputs and earlier steps."""
    match step:
        case Fixed():
            pass
        case Table():
            yield from dict.fromkeys(name for row in step.rows for name in row.when)
        case Tiers() | Multiply() | Share():
            yield step.of
        case Add() | Subtract() | Least() | Greatest():
            yield from (each for each in step.of if isinstance(each, str))
        case _:
            assert_never(step)


def _line(step: AnyStep, numbers: Mapping[str, Value]) -> Line:
    expression, result = _computed(step, numbers)
    return Line(rule=step.name, expression=expression, result=result)


def _computed(step: AnyStep, numbers: Mapping[str, Value]) -> tuple[str, int]:
    match step:
        case Fixed():
            return str(step.amount), step.amount
        case Table():
            amount = next((row.amount for row in step.rows if _fits(row, numbers)), step.otherwise or 0)
            return f"[{', '.join(str(numbers[name]) for name in operands(step))}] -> {amount}", amount
        case Tiers():
            value = _number(numbers, step.of)
            amount = max(
                ((tier.at_least, tier.amount) for tier in step.tiers if tier.at_least <= value), default=(0, 0)
            )[1]
            return f"[{value}] -> {amount}", amount
        case Multiply():
            value = _number(numbers, step.of)
            return f"{value} * {step.rate}", value * step.rate
        case Share():
            value = _number(numbers, step.of)
            return f"{value} * {step.basis_points} / 10000", share(step, value)
        case Add() | Subtract() | Least() | Greatest():
            return _combined(step, [_operand(numbers, each) for each in step.of])
        case _:
            assert_never(step)


def _combined(step: Add | Subtract | Least | Greatest, values: list[int]) -> tuple[str, int]:
    match step:
        case Add():
            return " + ".join(map(str, values)), sum(values)
        case Subtract():
            return " - ".join(map(str, values)), max(values[0] - sum(values[1:]), 0)
        case Least():
            return f"min({', '.join(map(str, values))})", min(values)
        case Greatest():
            return f"max({', '.join(map(str, values))})", max(values)
        case _:
            assert_never(step)


def share(step: Share, value: int) -> int:
    """The share of the value in whole multiples of `to` fen; integers only, so that it is exact."""
    above, below = value * step.basis_points, 10_000 * step.to
    match step.rounding:
        case "DOWN":
            units = above // below
        case "UP":
            units = -(-above // below)
        case "HALF_UP":
            units = (2 * above + below) // (2 * below)
        case _:
            assert_never(step.rounding)
    return units * step.to


def _fits(row: Row, values: Mapping[str, Value]) -> bool:
    return all(values[name] in wanted for name, wanted in row.when.items())


def _operand(numbers: Mapping[str, Value], each: Operand) -> int:
    return each if isinstance(each, int) else _number(numbers, each)


def _number(numbers: Mapping[str, Value], name: str) -> int:
    value = numbers[name]
    if not isinstance(value, int):
        raise TypeError(f"{name} is no number")
    return int(value)
