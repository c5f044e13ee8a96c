"""The funnel's SQL against a plain recount of the facts that were known and had happened."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from contracts.registry import SurveyApprovedV1, SurveyInvalidatedV1, SurveyRejectedV1
from eventcore.clock import LEGAL
from public_surveys import Survey
from published import Published, Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
COUNTIES = ("520525", "520526", "520102", "522427", "429004")
START = datetime(2026, 3, 1, tzinfo=UTC)


def history(random: Random) -> list[Published]:
    """Surveys of few workers with what followed, each stream in its order, all streams mixed."""
    streams = [list(_life(random, n)) for n in range(60)]
    mixed = []
    while streams:
        stream = random.choice(streams)
        mixed.append(stream.pop(0))
        streams = [each for each in streams if each]
    return mixed


def _life(random: Random, n: int) -> Iterable[Published]:
    region = random.choice(COUNTIES)
    day = date(2010, 3, 1) if region == "522427" else date(2026, 3, 1) + timedelta(days=random.randrange(10))
    groups = random.sample(("MONITORED", "LAND_LOST", "HARD_TO_EMPLOY"), random.randrange(3))
    survey = Survey(key=f"s{n}", worker=f"w{random.randrange(25)}", region=region, groups=groups, surveyed_on=day)
    yield survey.recorded(START)
    at = START + timedelta(hours=random.randrange(400))
    fate = random.randrange(4)
    if fate in (1, 2):
        yield survey.approved(at)
    if fate == 3:
        yield survey.rejected(at)
    if random.random() < 0.3:
        yield survey.invalidated(at + timedelta(days=1), approved_at=at if fate in (1, 2) else None)


def recount(known: list[Published], as_of: date, places: set[str]) -> tuple[int, ...]:
    surveys: dict[str, list[Any]] = {}
    for each in known:
        surveys.setdefault(each.stream, []).append(each)
    made = [
        steps
        for steps in surveys.values()
        if steps[0].event.surveyed_on <= as_of and steps[0].event.household_region in places
    ]
    void = [steps for steps in made if _has(steps, SurveyInvalidatedV1, date.max)]
    held = [steps for steps in made if steps not in void]
    approved = [steps for steps in held if _has(steps, SurveyApprovedV1, as_of)]
    rejected = [steps for steps in held if _has(steps, SurveyRejectedV1, as_of)]
    return len(held), len(approved), len(rejected), len(void), _persons(held), _persons(approved)


def _has(steps: list[Any], kind: type, day: date) -> bool:
    return any(isinstance(each.event, kind) and each.at.astimezone(LEGAL).date() <= day for each in steps)


def _persons(surveys: list[list[Any]]) -> int:
    return len({steps[0].event.worker for steps in surveys})


def shown(counts: dict[str, int]) -> tuple[int, ...]:
    names = ("surveys", "surveys_approved", "surveys_rejected", "surveys_invalidated")
    return tuple(counts[name] for name in (*names, "persons_surveyed", "persons_approved"))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_funnel_is_what_a_plain_recount_gives(ask: Ask, told: Told, seed: int) -> None:
    random = Random(seed)
    facts = history(random)
    await told(*facts)
    for _ in range(12):
        position, as_of = random.randrange(len(facts) + 1), date(2026, 3, 1) + timedelta(days=random.randrange(20))
        found = (await ask("/v1/funnel", region="520000", as_of=as_of.isoformat(), known_at=position)).json()
        known = facts[:position]
        assert shown(found["total"]) == recount(known, as_of, {"520525", "520526", "520102", "522427"})
        bijie = next(each for each in found["regions"] if each["region"] == "520500")
        assert shown(bijie) == recount(known, as_of, {"520525", "520526", "522427"})
        lost = next(each for each in found["groups"] if each["group"] == "LAND_LOST")
        of_group = [each for each in known if "LAND_LOST" in each.event.model_dump()["groups"]]
        assert shown(lost) == recount(of_group, as_of, {"520525", "520526", "520102", "522427"})
