"""Numbers of persons against a plain recount of the facts that were known and had happened."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from plain_recount import KINDS, PAIRS, recount
from public_lives import SCHOOL, Institution, Person
from public_work import Working
from published import Published, Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
START = date(2026, 1, 5)
COUNTIES = ("520525", "520526", "520102", "429004")
SCHOOLS = (SCHOOL, "91520000MA6DJ00X9Z")
OLD_COOK = "2015/4-03-02-01"


def way(random: Random, n: int) -> Iterable[Published]:
    """What becomes known of one worker, each stream in its order."""
    person = Person(key=f"w{n}", region=random.choice(COUNTIES), institution=random.choice(SCHOOLS))
    day = START + timedelta(days=random.randrange(60))
    yield person.registered(day, groups=random.sample(("MONITORED", "LAND_LOST"), random.randrange(3)))
    if random.random() < 0.4:
        yield person.moved(random.choice(COUNTIES), day + timedelta(days=random.randrange(40)))
    if random.random() < 0.4:
        yield person.assigned("HARD_TO_EMPLOY", day, random.choice((None, day + timedelta(days=20))))
        if random.random() < 0.5:
            yield person.group_ended("HARD_TO_EMPLOY", day, day + timedelta(days=30))
        elif random.random() < 0.5:
            yield person.group_withdrawn("HARD_TO_EMPLOY", day, day)
    if random.random() < 0.9:
        plan, on = random.choice((("plan-2025", date(2025, 12, 20)), ("plan-2026", day)))
        yield person.designated(on, plan)
        if random.random() < 0.3:
            yield person.designation_ended(random.choice(("WRONG_DESIGNATION", "WITHDRAWN")), day, plan)
            if random.random() < 0.5:
                yield person.designated(day + timedelta(days=9), plan)
    if random.random() < 0.8:
        yield from trained(random, person, day)
    yield from at_work(random, person, day + timedelta(days=random.randrange(60)))
    if random.random() < 0.1:
        yield person.died(day + timedelta(days=70))


def trained(random: Random, person: Person, day: date) -> Iterable[Published]:
    klass = f"class-{person.institution[-1]}"
    yield person.enrolled(day + timedelta(days=3), klass)
    ended = day + timedelta(days=30)
    over = person.completed(ended, klass) if random.random() < 0.7 else person.failed(ended, klass)
    yield over
    while random.random() < 0.4:
        over = person.corrected(over, ended + timedelta(days=5), completed=random.random() < 0.5, training_class=klass)
        yield over
    if random.random() < 0.7:
        yield person.certified(ended + timedelta(days=7), random.choice((klass, None)))
        if random.random() < 0.3:
            yield person.revoked(ended + timedelta(days=20))


def at_work(random: Random, person: Person, day: date) -> Iterable[Published]:
    way = Working(key=person.key, home=person.region, host=random.choice(("440306", person.region, "520102")))
    transfer = f"t-{person.key}" if random.random() < 0.5 else None
    if transfer and random.random() < 0.8:
        yield way.dispatched(day, transfer)
        yield way.arrived(day + timedelta(days=2), transfer)
    if random.random() < 0.5:
        yield way.noted(day + timedelta(days=3), transfer=transfer, self_found=not transfer and random.random() < 0.6)
        if random.random() < 0.3:
            yield way.noted(day + timedelta(days=20), job="j2", self_found=True)
        if random.random() < 0.4:
            reached = way.stable(day + timedelta(days=40))
            yield reached
            if random.random() < 0.4:
                yield way.stable_withdrawn(reached, day + timedelta(days=60))


def history(random: Random) -> list[Published]:
    streams: dict[str, list[Published]] = {}
    for n in range(40):
        for each in way(random, n):
            streams.setdefault(each.stream, []).append(each)
    for school in SCHOOLS:
        base = Institution(key=school)
        streams[school] = [base.accredited(START)]
        if random.random() < 0.7:
            streams[school].append(base.base_revoked(START + timedelta(days=60), START + timedelta(days=50)))
            streams[school].append(base.accredited(START + timedelta(days=80)))
    canonical = Person(key="w0")
    canonical._versions = {canonical.stream: 100}
    streams["links"] = [canonical.same_as("w1", START), canonical.same_as("w2", START), canonical.undone("w1", START)]
    mixed = []
    waiting = list(streams.values())
    while waiting:
        stream = random.choice(waiting)
        mixed.append(stream.pop(0))
        waiting = [each for each in waiting if each]
    return mixed


def shown(counts: dict[str, Any]) -> dict[str, int]:
    names = [f"persons_{kind}" for kind in KINDS] + [f"{part}_of_{of}" for part, of in PAIRS]
    return {name: counts[name] for name in names}


async def funnel(ask: Ask, **parameters: Any) -> dict[str, Any]:
    answer = await ask("/v1/funnel", **({"region": "520000"} | parameters))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_persons_are_what_a_plain_recount_gives(ask: Ask, told: Told, seed: int) -> None:
    random = Random(seed)
    facts = history(random)
    await told(*facts)
    bijie, whole = {"520525", "520526"}, {"520525", "520526", "520102"}
    for _ in range(10):
        position, as_of = random.randrange(len(facts) + 1), START + timedelta(days=random.randrange(120))
        known, asked = facts[:position], {"as_of": as_of.isoformat(), "known_at": position}
        found = await funnel(ask, by="cohort", **asked)
        assert shown(found["total"]) == recount(known, as_of, whole)
        row = next(each for each in found["regions"] if each["region"] == "520500")
        assert shown(row) == recount(known, as_of, bijie)
        for group in ("MONITORED", "HARD_TO_EMPLOY"):
            row = next(each for each in found["groups"] if each["group"] == group)
            assert shown(row) == recount(known, as_of, whole, group=group)
            assert shown((await funnel(ask, group=group, **asked))["total"]) == shown(row)
        for row in found["slices"]:
            assert shown(row) == recount(known, as_of, whole, cohort=int(row["slice"]))
        by_school = await funnel(ask, by="institution", **asked)
        for row in by_school["slices"]:
            assert shown(row) == recount(known, as_of, whole, school=row["slice"])
            alone = await funnel(ask, institution=row["slice"], **asked)
            assert shown(alone["total"]) == shown(row)
