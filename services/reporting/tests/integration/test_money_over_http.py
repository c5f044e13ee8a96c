"""Money by fund, kind and county: equal to the sums of the public facts, to the fen."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import httpx
import pytest
from public_claims import Claim
from published import Published, Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
START = date(2026, 3, 2)
MEASURES = ("committed", "ordered", "paid", "failed", "returned")
COUNTIES = ("520525", "520526", "520102", "429004")


async def money(ask: Ask, **parameters: Any) -> dict[str, Any]:
    answer = await ask("/v1/money", **({"region": "520000", "as_of": "2026-12-31"} | parameters))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def way(random: Random, n: int) -> Iterable[Published]:
    claim = Claim(
        key=f"c{n}",
        region=random.choice(COUNTIES),
        kind=random.choice(("TRAINING_SUBSIDY", "LIVING_ALLOWANCE")),
        fund=random.choice(("EMPLOYMENT", "POVERTY")),
    )
    day, amount = START + timedelta(days=random.randrange(30)), random.randrange(1, 300_000)
    decided = claim.decided(random.choice((0, amount)), day)
    yield decided
    if random.random() < 0.3:
        yield claim.adjusted(decided, amount // 2, amount // 2 - amount, day + timedelta(days=9))
    yield claim.ordered(amount, day + timedelta(days=1))
    if random.random() < 0.2:
        yield claim.not_executed(amount, day + timedelta(days=2))
        yield claim.ordered(amount, day + timedelta(days=3), 2)
    yield claim.executed(amount, day + timedelta(days=4), 2)
    if random.random() < 0.3:
        yield claim.returned(amount // 3 + 1, day + timedelta(days=20), 2)


def history(random: Random) -> list[Published]:
    streams: dict[str, list[Published]] = {}
    for n in range(40):
        for each in way(random, n):
            streams.setdefault(each.stream, []).append(each)
    mixed = []
    waiting = list(streams.values())
    while waiting:
        mixed.append(random.choice(waiting).pop(0))
        waiting = [each for each in waiting if each]
    return mixed


def is_of(row: Mapping[str, Any], event: Any) -> bool:
    """Whether the amount is counted in this cell."""
    return bool((event.fund, event.kind, event.region) == (row["fund"], row["kind"], row["region"]))


def recount(known: Sequence[Published], as_of: date, where: Callable[[Any], bool]) -> dict[str, int]:
    """Members of the public facts, added up by the words of their types."""
    sums = dict.fromkeys(MEASURES, 0)
    for each in known:
        said = each.event.model_dump()
        kind = each.event.type.split(".")[-2]
        if not where(each.event) or each.at.date() > as_of:
            continue
        match kind:
            case "claim-decided":
                sums["committed"] += said["amount"]
            case "claim-adjusted":
                sums["committed"] += said["difference"]
            case "payment-ordered":
                sums["ordered"] += said["amount"]
            case "payment-executed":
                sums["paid"] += said["amount"]
            case "payment-failed":
                sums["failed"] += said["amount"]
            case "payment-returned":
                sums["returned"] += said["amount"]
    return sums


def shown(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in MEASURES}


@pytest.mark.parametrize("seed", [1, 2])
async def test_sums_are_those_of_the_public_facts(ask: Ask, told: Told, seed: int) -> None:
    random = Random(seed)
    facts = history(random)
    await told(*facts)
    ours = {"520525", "520526", "520102"}
    for _ in range(8):
        position, as_of = random.randrange(len(facts) + 1), START + timedelta(days=random.randrange(60))
        known = facts[:position]
        found = await money(ask, as_of=as_of.isoformat(), known_at=position)
        assert shown(found["total"]) == recount(known, as_of, lambda event: event.region in ours)
        for row in found["cells"]:
            assert shown(row) == recount(known, as_of, partial(is_of, row))
        for part in ("funds", "kinds", "regions", "cells"):
            for name in MEASURES:
                assert sum(row[name] for row in found[part]) == found["total"][name]


async def test_what_is_under_way_and_what_was_spent_follow_from_the_sums(ask: Ask, told: Told) -> None:
    claim = Claim(key="c1")
    await told(claim.decided(900, START), claim.ordered(900, START))
    assert (await money(ask))["total"]["under_way"] == 900
    await told(claim.executed(900, START), claim.returned(300, START))
    total = (await money(ask))["total"]
    assert (total["under_way"], total["paid"], total["net"]) == (0, 900, 600)


async def test_an_adjustment_counts_on_its_own_day_and_the_decision_before_it_stands(ask: Ask, told: Told) -> None:
    claim = Claim(key="c1")
    decided = claim.decided(900, START)
    await told(decided, claim.adjusted(decided, 200, -700, START + timedelta(days=30)))
    assert (await money(ask, as_of=START.isoformat()))["total"]["committed"] == 900
    assert (await money(ask))["total"]["committed"] == 200


async def test_a_message_that_comes_again_pays_nothing_twice(ask: Ask, told: Told) -> None:
    paid = Claim(key="c1").executed(900, START)
    await told(paid, paid)
    await told(paid)
    assert (await money(ask))["total"]["paid"] == 900


async def test_nobody_sees_the_money_of_another_region(ask: Ask, told: Told) -> None:
    assert (await ask("/v1/money", region="520525", caller={"region": "520526"})).status_code == 403
    assert (await ask("/v1/money", region="520526", caller={"region": "520526"})).status_code == 200
