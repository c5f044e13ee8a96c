"""The checker of one payment each must be able to fail: each kind of damage is found and named."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from tests.chaos.border.check_once import Side, check
from tests.chaos.border.plan import HOME, HOST
from tests.chaos.evidence import Kept
from tests.chaos.made_up import chained
from tests.chaos.subsidies.evidence import Execution, Service

WORKER: Final = "w1"
Damage = Callable[[Mapping[str, Side]], Mapping[str, Side]]


def side(region: str, state: str, *, reasons: tuple[str, ...] = (), paid: bool = False, missing: str = "") -> Side:
    """One claim of the worker in this province."""
    claim = f"c-{region}"
    rows: list[tuple[str, int, str, Mapping[str, Any], str]] = [
        (f"claim-{claim}", 1, "claim-opened", {"claim": claim, "worker": WORKER}, "open"),
        (f"claim-{claim}", 2, "claim-decided", {"claim": claim, "explanation": {"reasons": reasons}}, "decide"),
        (f"payment-{claim}", 1, "payment-due", {"claim": claim, "payment": f"p-{region}"}, "due"),
    ]
    log = Service(
        events=chained(rows), commands={}, guards={}, kept=Kept(views={}, stuck=[], readers={}), received=[],
        postings=[],
    )  # fmt: skip
    bank = [Execution(payment=f"p-{region}", amount=100_000, reference="r1", came_back=False)] if paid else []
    shown = {"claim": claim, "worker": WORKER, "state": state, "missing": [missing] if missing else []}
    return Side(subsidy=log, claims=[shown], bank=bank)


SOUND: Final = {
    HOME: side(HOME, "APPROVED", paid=True),
    HOST: side(HOST, "REFUSED", reasons=("ALREADY_SUBSIDISED",)),
}


def at_host(*arguments: Any, **named: Any) -> Damage:
    return lambda sides: {**sides, HOST: side(HOST, *arguments, **named)}


def nowhere(sides: Mapping[str, Side]) -> Mapping[str, Side]:
    return {**sides, HOME: replace(sides[HOME], bank=[])}


def sent_back(sides: Mapping[str, Side]) -> Mapping[str, Side]:
    return {**sides, HOME: replace(sides[HOME], bank=[replace(sides[HOME].bank[0], came_back=True)])}


def to_a_stranger(sides: Mapping[str, Side]) -> Mapping[str, Side]:
    other = Execution(payment="p-9", amount=100_000, reference="r9", came_back=False)
    return {**sides, HOST: replace(sides[HOST], bank=[other])}


def twice_claimed(sides: Mapping[str, Side]) -> Mapping[str, Side]:
    return {**sides, HOST: replace(sides[HOST], claims=[*sides[HOST].claims] * 2)}


@pytest.mark.parametrize("waits", [SOUND, {**SOUND, HOST: side(HOST, "WAITING", missing="reservation")}])
def test_one_payment_and_one_reason_are_found_sound(waits: Mapping[str, Side]) -> None:
    assert list(check(waits, [WORKER])) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (at_host("APPROVED", paid=True), "w1 is paid 2 times"),
        (at_host("REFUSED", reasons=("ALREADY_SUBSIDISED",), paid=True), "is REFUSED, and the bank paid it"),
        (at_host("APPROVED"), "is approved, and the bank paid nothing"),
        (at_host("REFUSED", reasons=("NOT_INSURED",)), "is refused because of"),
        (at_host("READY"), "nobody says why"),
        (at_host("WAITING"), "nobody says why"),
        (nowhere, "w1 is not paid at all"),
        (sent_back, "w1 is not paid at all"),
        (to_a_stranger, "has money and never claimed"),
        (twice_claimed, "w1 has 2 claims"),
    ],
)
def test_damage_to_one_payment_each_is_named(damage: Damage, says: str) -> None:
    found = "\n".join(check(damage(SOUND), [WORKER]))
    assert says in found, found
