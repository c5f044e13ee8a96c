"""Tests over what is known: true, false, or not known yet."""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TypeAlias, assert_never

from subsidy.packs.criteria import All, Any, AnyGroup, AtLeast, AtMost, In, Is, Not, Test
from subsidy.packs.inputs import SoFar, Value

Verdict: TypeAlias = bool | None
"""None: it depends on what is not known yet."""


def holds(test: Test, values: Mapping[str, Value]) -> Verdict:
    """Kleene's logic: what is not known decides nothing as long as the rest decides."""
    match test:
        case All(of=inner):
            return reduce(_and, (holds(each, values) for each in inner))
        case Any(of=inner):
            return _not(reduce(_and, (_not(holds(each, values)) for each in inner)))
        case Not(of=one):
            return _not(holds(one, values))
        case AnyGroup() | Is() | In() | AtLeast() | AtMost():
            value = values.get(asked_by(test))
            return None if value is None else _fits(test, value)
        case _:
            assert_never(test)


def _and(one: Verdict, other: Verdict) -> Verdict:
    if one is False or other is False:
        return False
    return True if one and other else None


def _not(one: Verdict) -> Verdict:
    return None if one is None else not one


def _fits(test: AnyGroup | Is | In | AtLeast | AtMost, value: Value) -> Verdict:
    match test:
        case AnyGroup():
            return isinstance(value, tuple) and any(each in value for each in test.groups)
        case Is():
            return value == test.value
        case In():
            return value in test.values
        case AtLeast():
            return isinstance(value, int) and _reaches(value, test.number)
        case AtMost():
            return isinstance(value, int) and _not(_reaches(value, test.number + 1))
        case _:
            assert_never(test)


def _reaches(value: int, number: int) -> Verdict:
    if value >= number:
        return True
    return None if isinstance(value, SoFar) else False


def asked_by(test: AnyGroup | Is | In | AtLeast | AtMost) -> str:
    """The input that a test without inner tests looks at."""
    return "groups" if isinstance(test, AnyGroup) else test.input


def asked(test: Test) -> Iterator[str]:
    """Every input that the test looks at, in the order in which it is written."""
    match test:
        case All(of=inner) | Any(of=inner):
            for each in inner:
                yield from asked(each)
        case Not(of=one):
            yield from asked(one)
        case _:
            yield asked_by(test)


def open_in(test: Test, values: Mapping[str, Value]) -> Iterator[str]:
    """The inputs that it waits for: none where what is known decides."""
    if holds(test, values) is None:
        yield from (name for name in asked(test) if isinstance(values.get(name), SoFar | None))


def matched_groups(test: Test, values: Mapping[str, Value]) -> Iterator[str]:
    """The groups of the worker that the test asks for."""
    match test:
        case AnyGroup():
            groups = values.get("groups")
            yield from (each for each in test.groups if isinstance(groups, tuple) and each in groups)
        case All(of=inner) | Any(of=inner):
            for each in inner:
                yield from matched_groups(each, values)
        case _:
            pass
