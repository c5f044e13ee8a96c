"""What the shape of a pack does not say: whether its names fit each other, and its numbers say where they are from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.errors import InvalidValue
from contracts.occupation import OccupationKey, occupation
from contracts.region import exists

from subsidy.packs.arithmetic import MONTHS, operands
from subsidy.packs.arithmetic import asked as asked_by_amounts
from subsidy.packs.conditions import asked, asked_by
from subsidy.packs.criteria import All, Any, AnyGroup, AtLeast, AtMost, In, Is, Not, Test
from subsidy.packs.inputs import INPUTS, Kind
from subsidy.packs.pack import PAID, Rules, name_of, paid_inputs
from subsidy.packs.steps import Add, AnyStep, Greatest, Least, Row, Subtract, Table, Tiers

Leaf: TypeAlias = AnyGroup | Is | In | AtLeast | AtMost


@dataclass(frozen=True, slots=True)
class Fault:
    """Where in the pack, and the stable code of what is wrong there."""

    field: str
    code: str


def faults(rules: Rules) -> Iterator[Fault]:
    """Everything that is wrong in a pack whose shape is right."""
    yield from _head(rules)
    for n, condition in enumerate(rules.conditions):
        yield from _test(condition.test, f"conditions.{n}.test")
    if len({each.name for each in rules.conditions}) < len(rules.conditions):
        yield Fault("conditions", "pack_name_repeated")
    yield from _amount(rules)
    yield from _money(rules)


def _head(rules: Rules) -> Iterator[Fault]:
    if rules.name != name_of(rules.region, rules.kind):
        yield Fault("name", "pack_name")
    if not exists(rules.region, rules.valid_from):
        yield Fault("region", "region_not_valid_then")
    if rules.valid_to is not None and rules.valid_to <= rules.valid_from:
        yield Fault("valid_to", "pack_period")
    if not rules.legal_basis and not rules.illustrative:
        yield Fault("legal_basis", "pack_basis_missing")
    if rules.once_per == "YEAR" and rules.caps.per_year is None and not _asks_the_year(rules):
        yield Fault("once_per", "pack_year_without_rule")


def _asks_the_year(rules: Rules) -> bool:
    """Whether a condition asks what was paid this year: nothing else makes `once_per: YEAR` true."""
    return any("paid_this_year" in asked(each.test) for each in rules.conditions)


def _test(test: Test, at: str) -> Iterator[Fault]:
    match test:
        case All(of=inner) | Any(of=inner):
            for n, each in enumerate(inner):
                yield from _test(each, f"{at}.of.{n}")
        case Not(of=one):
            yield from _test(one, f"{at}.of")
        case AnyGroup() | Is() | In() | AtLeast() | AtMost():
            yield from _leaf(test, at)
        case _:
            assert_never(test)


def _leaf(test: Leaf, at: str) -> Iterator[Fault]:
    match test:
        case AnyGroup(groups=codes):
            yield from _codes("groups", codes, f"{at}.groups", Kind.CODES)
        case Is(value=bool()):
            yield from _input(asked_by(test), f"{at}.input", Kind.FLAG)
        case Is(value=str() as code):
            yield from _codes(test.input, (code,), f"{at}.value", Kind.CODE)
        case In(values=codes):
            yield from _codes(test.input, codes, f"{at}.values", Kind.CODE)
        case AtLeast() | AtMost():
            yield from _input(test.input, f"{at}.input", Kind.NUMBER)
        case _:
            raise AssertionError(test)


def _input(name: str, at: str, kind: Kind) -> Iterator[Fault]:
    if name not in INPUTS:
        yield Fault(at, "pack_input_unknown")
    elif INPUTS[name].kind is not kind:
        yield Fault(at, "pack_input_kind")


def _codes(name: str, codes: tuple[str, ...], at: str, kind: Kind) -> Iterator[Fault]:
    wrong = list(_input(name, at, kind))
    yield from wrong
    if wrong:
        return
    for n, code in enumerate(codes):
        try:
            _check_code(name, code)
        except InvalidValue as error:
            yield Fault(f"{at}.{n}", error.code)


def _check_code(name: str, code: str) -> None:
    known = INPUTS[name].codes
    if known is not None:
        known.find(code)
    if name == "occupation":
        key = OccupationKey.parse(code)
        occupation(key.edition, key.code)


def _amount(rules: Rules) -> Iterator[Fault]:
    earlier: set[str] = set() if rules.caps.months is None else {MONTHS}
    used = {rules.amount[-1].name, *(name for step in rules.amount for name in operands(step))}
    for n, step in enumerate(rules.amount):
        at = f"amount.{n}"
        if step.name in earlier or step.name in INPUTS:
            yield Fault(f"{at}.name", "pack_name_repeated")
        if step.name not in used:
            yield Fault(at, "pack_step_unused")
        if _has_numbers(step) and not (step.source or step.illustrative):
            yield Fault(at, "pack_source_missing")
        yield from _operands(step, earlier, at)
        earlier.add(step.name)


def _has_numbers(step: AnyStep) -> bool:
    if isinstance(step, Add | Subtract | Least | Greatest):
        return any(isinstance(each, int) for each in step.of)
    return True


def _operands(step: AnyStep, earlier: set[str], at: str) -> Iterator[Fault]:
    match step:
        case Table():
            yield from _rows(step.rows, at)
        case Tiers(tiers=tiers) if [each.at_least for each in tiers] != sorted({each.at_least for each in tiers}):
            yield Fault(f"{at}.tiers", "pack_tiers_order")
        case _:
            pass
    if not isinstance(step, Table):
        for name in operands(step):
            if name not in earlier:
                yield from _input(name, f"{at}.of", Kind.NUMBER)


def _rows(rows: tuple[Row, ...], at: str) -> Iterator[Fault]:
    for n, row in enumerate(rows):
        for name, codes in row.when.items():
            yield from _codes(name, codes, f"{at}.rows.{n}.when.{name}", Kind.CODE)
        if any(_covers(earlier, row) for earlier in rows[:n]):
            yield Fault(f"{at}.rows.{n}", "pack_row_unreachable")


def _covers(earlier: Row, row: Row) -> bool:
    return all(name in row.when and set(row.when[name]) <= set(codes) for name, codes in earlier.when.items())


def _money(rules: Rules) -> Iterator[Fault]:
    yield from _caps(rules)
    if not (rules.deadlines.source or rules.deadlines.illustrative):
        yield Fault("deadlines", "pack_source_missing")
    for n, source in enumerate(rules.sources):
        if source.when is not None:
            yield from _test(source.when, f"sources.{n}.when")
        if (source.when is None) != (n == len(rules.sources) - 1):
            yield Fault(f"sources.{n}", "pack_sources")


def _caps(rules: Rules) -> Iterator[Fault]:
    for name, cap in rules.caps.all.items():
        if not (cap.source or cap.illustrative):
            yield Fault(f"caps.{name}", "pack_source_missing")
    if rules.caps.months is not None:
        yield from _input(rules.caps.months.of, "caps.months.of", Kind.NUMBER)
        if all(MONTHS not in operands(step) for step in rules.amount):
            yield Fault("caps.months", "pack_step_unused")
    tests = (*(each.test for each in rules.conditions), *(each.when for each in rules.sources if each.when))
    asks = {*asked_by_amounts(rules), *(name for test in tests for name in asked(test))}
    if not {*PAID} & asks <= {*paid_inputs(rules.kind)}:
        yield Fault("caps", "pack_cap_unit")
