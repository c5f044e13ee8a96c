"""Every amount, cap and term is in the pack: whichever is changed, decisions change; and what was decided stays as it
can be computed again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_packs import SHIPPED, changed, everything, facts, shipped
from subsidy.packs import arithmetic
from subsidy.packs.conditions import asked
from subsidy.packs.engine import Assessed, assess, stored
from subsidy.packs.events import PackPublished
from subsidy.packs.inputs import INPUTS, Kind, Value
from subsidy.packs.pack import PAYEE_INPUTS, Pack, Rules, digest
from subsidy.packs.rule_pack import RulePack, pack_on
from subsidy.packs.steps import Tiers
from subsidy.packs.terms import claim_by, decide_by, pay_by

Path: TypeAlias = tuple[str | int, ...]
PACKS = {name: shipped(name) for name in SHIPPED} | {"everything": everything()}
DAY = date(2026, 3, 2)
TERMS = ("valid_from", "valid_to")


@dataclass(frozen=True)
class Place:
    """A number or a day of a pack."""

    pack: str
    path: Path
    value: int | date

    @property
    def other(self) -> int | date:
        return self.value + timedelta(days=7) if isinstance(self.value, date) else self.value + 7


def numbers(value: Any, path: Path = ()) -> Iterator[tuple[Path, int]]:
    match value:
        case bool():
            return
        case int():
            yield path, value
        case dict():
            for name, each in value.items():
                yield from numbers(each, (*path, name))
        case list():
            for n, each in enumerate(value):
                yield from numbers(each, (*path, n))


def places() -> Iterator[Place]:
    for name, pack in PACKS.items():
        plain = json.loads(pack.rules.canonical())
        yield from (Place(name, path, value) for path, value in numbers(plain))
        yield from (Place(name, (term,), date.fromisoformat(plain[term])) for term in TERMS if term in plain)


PLACES = tuple(places())


def candidates(rules: Rules, name: str, place: Place) -> list[Value]:
    """Values of an input that tell rules apart: codes that the pack names, numbers around the one that changed."""
    match INPUTS[name].kind:
        case Kind.FLAG:
            return [True, False]
        case Kind.CODES:
            return [(), tuple(sorted(mentioned(rules, "groups")))]
        case Kind.CODE:
            return [*sorted(mentioned(rules, name)), "OTHER"]
        case Kind.NUMBER if isinstance(place.value, int) and isinstance(place.other, int):
            return list(
                dict.fromkeys([0, 60, place.value, place.other, 1_000_000, 20 * place.value, *thresholds(rules, name)])
            )
        case _:
            return [60]


def thresholds(rules: Rules, name: str) -> list[int]:
    return [
        tier.at_least for step in rules.amount if isinstance(step, Tiers) and step.of == name for tier in step.tiers
    ]


def mentioned(rules: Rules, name: str) -> set[str]:
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("op") == "any_group" and name == "groups":
                found.update(value["groups"])
            if value.get("input") == name:
                found.update([value["value"]] if isinstance(value.get("value"), str) else value.get("values", []))
            if isinstance(value.get(name), list):
                found.update(value[name])
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(json.loads(rules.canonical()))
    return found


def asked_by(rules: Rules) -> list[str]:
    conditions = [name for each in rules.conditions for name in asked(each.test)]
    funds = [name for each in rules.sources if each.when for name in asked(each.when)]
    return list(dict.fromkeys([*conditions, *arithmetic.asked(rules), *funds, *PAYEE_INPUTS.values()]))


def situations(rules: Rules, place: Place) -> Iterator[Mapping[str, Value]]:
    names = asked_by(rules)
    choices = [candidates(rules, name, place) for name in names]
    wide = [each[:1] if INPUTS[name].kind is Kind.FLAG else each for name, each in zip(names, choices, strict=True)]
    if "deceased" in names:
        wide[names.index("deceased")] = [False]
    if "groups" in names:
        wide[names.index("groups")] = choices[names.index("groups")][-1:]
    yield from (dict(zip(names, values, strict=True)) for values in product(*wide))


def observed(rules: Rules, situation: Mapping[str, Value], place: Place) -> object:
    """A decision with its terms, and on which days the pack decides at all."""
    found = assess(Pack(1, rules), facts(**situation))
    assert isinstance(found, Assessed)
    held = [pack_on(RulePack(versions=(published(rules),)), day) is not None for day in days_around(place)]
    terms = decide_by(rules, DAY), pay_by(rules, DAY), claim_by(rules, DAY)
    return found.outcome, found.amount, found.fund, found.explanation.reasons, terms, held


def days_around(place: Place) -> list[date]:
    return [place.value + timedelta(days=n) for n in range(-1, 9)] if isinstance(place.value, date) else []


def published(rules: Rules) -> PackPublished:
    text = rules.canonical()
    return PackPublished(
        name=rules.name,
        version=1,
        text=text,
        digest=digest(text),
        region=rules.region,
        kind=rules.kind,
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
        published_on=DAY,
        officer="yang",
        organisation="hr-520000",
    )


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda each: f"{each.pack}:{'.'.join(map(str, each.path))}")
def test_every_amount_cap_and_term_of_a_pack_changes_decisions(place: Place) -> None:
    rules = PACKS[place.pack].rules
    other = changed(rules, place.path, place.other.isoformat() if isinstance(place.other, date) else place.other)
    assert any(
        observed(rules, situation, place) != observed(other, situation, place) for situation in situations(rules, place)
    )


PLAIN = [each for each in PLACES if each.path[0] == "amount" and each.path[-1] in ("amount", "otherwise")]
"""Amounts that are paid as they are: of the last step, without caps."""


@pytest.mark.parametrize(
    "place",
    [each for each in PLAIN if len(PACKS[each.pack].rules.amount) == 1],
    ids=lambda each: f"{each.pack}:{'.'.join(map(str, each.path))}",
)
def test_what_a_pack_says_is_what_is_paid(place: Place) -> None:
    rules = PACKS[place.pack].rules
    other = changed(rules, place.path, place.other)
    known = [facts(**situation) for situation in situations(rules, place)]
    paid = [(assess(Pack(1, rules), each), assess(Pack(1, other), each)) for each in known]
    moved = {
        (before.amount, after.amount)
        for before, after in paid
        if isinstance(before, Assessed) and isinstance(after, Assessed) and before != after
    }
    assert moved == {(place.value, place.other)}


def test_the_numbers_that_are_walked_are_all_that_the_packs_have() -> None:
    assert len(PLACES) > 80
    assert {place.pack for place in PLACES} == PACKS.keys()


VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.FLAG: st.booleans(),
    Kind.NUMBER: st.one_of(st.integers(0, 100), st.integers(0, 10_000_000)),
    Kind.DAY: st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    Kind.CODES: st.lists(
        st.sampled_from(["MONITORED", "RURAL_LEAVER", "LAND_LOST", "HARD_TO_EMPLOY"]), unique=True
    ).map(tuple),
    Kind.CODE: st.sampled_from(
        ["5", "4", "0", "FLEXIBLE", "2022/6-29-01-04", "OUTSIDE_CITY", "SPECIAL", "12520000MA6DT1234P"]
    ),
}


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(sorted(PACKS)), data=st.data())
def test_a_decision_is_computed_again_from_its_explanation(name: str, data: st.DataObject) -> None:
    asked_for = asked_by(PACKS[name].rules)
    known = {each: data.draw(VALUES[INPUTS[each].kind], each) for each in asked_for if data.draw(st.integers(0, 9))}
    found = assess(PACKS[name], facts(**known))
    if isinstance(found, Assessed):
        assert assess(PACKS[name], stored(found.explanation.inputs)) == found
        assert found.amount >= 0
        assert (found.amount > 0) == (found.outcome == "APPROVED")
    else:
        assert not set(found.missing) & known.keys()
