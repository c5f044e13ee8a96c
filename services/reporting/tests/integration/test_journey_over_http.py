"""A worker's journey, from messages of the registry to steps over HTTP."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from public_surveys import Survey
from published import Told

pytestmark = pytest.mark.postgres

Ask = Callable[..., Awaitable[httpx.Response]]
NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
SURVEY = Survey(key="s1", worker="w1", region="520526")
STEPS = (
    SURVEY.recorded(NOON),
    SURVEY.approved(NOON + timedelta(hours=1)),
    SURVEY.registered(NOON + timedelta(hours=2)),
)


async def test_a_journey_shows_its_steps_in_the_order_of_time_with_their_traces(ask: Ask, told: Told) -> None:
    await told(*reversed(STEPS), Survey(key="s2", worker="w2").recorded(NOON))
    answer = await ask("/v1/workers/w1/journey")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["state"], found["region"], found["position"], found["complete"]) == ("REGISTERED", "520526", 4, True)
    assert [step["step"] for step in found["steps"]] == ["SURVEY_RECORDED", "SURVEY_APPROVED", "WORKER_REGISTERED"]
    assert [step["event"] for step in found["steps"]] == [each.id for each in STEPS]
    assert [step["trace_id"] for step in found["steps"]] == [each.trace.split("-")[1] for each in STEPS]
    assert [datetime.fromisoformat(step["at"]) for step in found["steps"]] == [each.at for each in STEPS]


async def test_who_names_a_public_event_sees_its_step(ask: Ask, told: Told) -> None:
    await told(STEPS[0], shown=False)
    answer = await ask("/v1/workers/w1/journey", wait_for=STEPS[0].id, wait_seconds=10)
    assert answer.json()["state"] == "PENDING"


@pytest.mark.parametrize(("region", "status"), [("520526", 200), ("520500", 200), ("520525", 403), ("350000", 403)])
async def test_only_the_workers_own_region_sees_a_journey(ask: Ask, told: Told, region: str, status: int) -> None:
    await told(*STEPS)
    assert (await ask("/v1/workers/w1/journey", caller={"region": region})).status_code == status


async def test_a_journey_follows_the_worker_to_the_region_of_the_newest_approved_survey(ask: Ask, told: Told) -> None:
    moved = Survey(key="s2", worker="w1", region="520525")
    await told(*STEPS, moved.recorded(NOON + timedelta(days=1)))
    assert (await ask("/v1/workers/w1/journey", caller={"region": "520525"})).status_code == 403
    await told(moved.approved(NOON + timedelta(days=2)))
    assert (await ask("/v1/workers/w1/journey", caller={"region": "520525"})).status_code == 200
    assert (await ask("/v1/workers/w1/journey", caller={"region": "520526"})).status_code == 403


async def test_numbers_alone_do_not_open_a_journey(ask: Ask, told: Told) -> None:
    await told(*STEPS)
    answer = await ask("/v1/workers/w1/journey", caller={"scope": "reporting.read"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


async def test_nobody_of_that_name_is_a_404(ask: Ask, told: Told) -> None:
    assert (await ask("/v1/workers/nobody/journey")).status_code == 404


async def test_a_malformed_worker_is_refused(ask: Ask, told: Told) -> None:
    assert (await ask("/v1/workers/%20/journey")).status_code == 422
