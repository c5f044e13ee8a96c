"""What both routes answer to a fixed history. Other systems read these answers: a change of shape is a new field."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from public_surveys import Survey
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


def golden(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


async def test_the_funnels_answer_keeps_its_shape(ask: Ask, told: Told) -> None:
    await told(*HISTORY)
    answer = (await ask("/v1/funnel", region="520500", as_of="2026-03-31")).json()
    assert len(answer.pop("incarnation")) == 36
    assert answer == golden("funnel")


async def test_the_journeys_answer_keeps_its_shape(ask: Ask, told: Told) -> None:
    await told(*HISTORY)
    assert (await ask("/v1/workers/w1/journey")).json() == golden("journey")
