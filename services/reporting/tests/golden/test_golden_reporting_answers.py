"""What routes answer to a fixed history. Other systems read these answers: a change of shape is a new field."""

import json
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from public_claims import Claim
from public_lives import Person
from public_surveys import Survey
from public_work import Working
from published import Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
HERE = Path(__file__).parent
NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
FIRST = Survey(key="s1", worker="w1", region="520525", groups=("MONITORED", "LAND_LOST"), surveyed_on=date(2026, 3, 2))
SECOND = Survey(key="s2", worker="w1", region="520526", surveyed_on=date(2026, 3, 9), number=2)
HISTORY = (
    *(FIRST.recorded(NOON), FIRST.approved(NOON), FIRST.registered(NOON)),
    *(FIRST.invalidated(NOON, approved_at=NOON), SECOND.recorded(NOON), SECOND.rejected(NOON)),
)


DAY = date(2026, 3, 9)
PERSON, CLAIM = Person(key="w1", region="520525"), Claim(key="c1", region="520525")
FURTHER = (
    *(PERSON.designated(DAY), PERSON.enrolled(DAY), PERSON.completed(DAY), PERSON.certified(DAY)),
    *(CLAIM.decided(150_000, DAY), CLAIM.ordered(150_000, DAY), CLAIM.executed(150_000, DAY)),
)


def check(name: str, answer: Any) -> None:
    """Against the file, which is written where it is missing and LB_GOLDEN=write."""
    file = HERE / f"{name}.json"
    if os.environ.get("LB_GOLDEN") == "write" and not file.exists():
        file.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert answer == json.loads(file.read_text(encoding="utf-8"))


async def test_the_funnels_answer_keeps_its_shape(ask: Ask, told: Told) -> None:
    await told(*HISTORY)
    answer = (await ask("/v1/funnel", region="520500", as_of="2026-03-31")).json()
    assert len(answer.pop("incarnation")) == 36
    check("funnel", answer)


async def test_the_journeys_answer_keeps_its_shape(ask: Ask, told: Told) -> None:
    await told(*HISTORY)
    check("journey", (await ask("/v1/workers/w1/journey")).json())


async def test_the_moneys_answer_keeps_its_shape(ask: Ask, told: Told) -> None:
    await told(*FURTHER)
    answer = (await ask("/v1/money", region="520525", as_of="2026-03-31")).json()
    assert len(answer.pop("incarnation")) == 36
    check("money", answer)


async def test_the_answers_about_work_keep_their_shape(ask: Ask, told: Told) -> None:
    way = Working(key="w1", home="520525")
    await told(PERSON.registered(DAY), way.noted(DAY, transfer="t1"), way.month_noted(DAY, "2026-03", 450_000))
    for name in ("flows", "employment"):
        answer = (await ask(f"/v1/{name}", region="520500", as_of="2026-04-30")).json()
        assert len(answer.pop("incarnation")) == 36
        check(name, answer)


async def test_a_reports_answer_keeps_its_shape(ask: Ask, send: Ask, told: Told) -> None:
    await told(*HISTORY, *FURTHER)
    await send("/v1/reports", {"kind": "MONTHLY", "region": "520525", "period": "2026-03"})
    await told()
    answer = (await ask("/v1/reports/monthly-520525-2026-03")).json()
    days = answer.pop("frozen_on"), answer["versions"][0].pop("settled_on")
    assert days[0] == days[1]
    assert (len(answer.pop("incarnation")), len(answer["versions"][0].pop("digest"))) == (36, 64)
    assert answer["versions"][0].pop("signature").count(".") == 2
    check("report", answer)
