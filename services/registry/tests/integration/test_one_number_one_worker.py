"""Two channels cannot register one person twice, wherever and however they meet."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventcore.call import Outcome
from eventcore.database import Pool
from eventcore.store import Order, Store, handle
from eventcore.verify import verify
from registry.app import SERVICE
from registry.indexes.signs import Signs
from registry.surveys.commands import RecordSurvey, Unemployed
from registry.surveys.survey import SURVEY
from registry.vault import FileKeys, PersonKeys, Vault

pytestmark = pytest.mark.postgres
RECORD = RecordSurvey(
    survey="s",
    surveyor="li",
    organisation="520526-hrss",
    household_region="520526",
    groups=(),
    surveyed_on=date(2026, 3, 2),
    channel="TOWNSHIP_GOVERNMENT",
    capture_method="FIELD_SURVEY",
    employment=Unemployed(wishes=()),
    name="王秀英",
    number="520599189003070024",
    number_index="1.index",
    signs=Signs(),
    new_worker="w",
    today=date(2026, 3, 3),
    province="520000",
    made_up_people=True,
)


async def record(store: Store, n: int, reply: Any) -> Outcome:
    command = replace(RECORD, survey=f"s{n}", new_worker=f"w{n}")
    return (await handle(store, SURVEY, f"s{n}", command, Order(id=f"c{n}", reply=reply))).outcome


async def test_concurrent_surveys_of_one_number_have_one_worker(pool: Pool, keys_pool: Pool) -> None:
    workers: set[str] = set()
    stores = [Store(pool, sealer=Vault(PersonKeys(keys_pool, FileKeys([b"M" * 32])))) for _ in range(3)]

    def reply(state: Any, version: int) -> bytes:
        return str(state.facts.worker).encode()

    outcomes = await asyncio.gather(*(record(stores[n % 3], n, reply) for n in range(12)))
    assert set(outcomes) == {Outcome.ACCEPTED}
    answers = await pool.fetch("select answer from log.commands")
    workers = {bytes(row["answer"]).decode() for row in answers}
    assert len(workers) == 1
    holders = await pool.fetch("select holder from log.guards where scope = 'person'")
    assert [row["holder"] for row in holders] == [*workers]
    assert await verify(pool, SERVICE.deciders) == []


async def test_a_rejected_or_invalidated_survey_leaves_the_number_with_its_worker(
    client: Any, headers: Any, survey: Any
) -> None:
    first = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    url = f"/v1/surveys/{first['survey']}"
    await client.post(f"{url}/rejection", json={"reason": "INACCURATE"}, headers=headers("chen"))
    second = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    await client.post(f"{url}/invalidation", json={"reason": "OTHER_DATA"}, headers=headers("chen"))
    third = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    assert first["worker"] == second["worker"] == third["worker"]


async def test_an_invalidated_survey_is_made_again_by_one_of_many_who_try(
    client: Any, headers: Any, survey: Any, pool: Pool
) -> None:
    wrong = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()["survey"]
    await client.post(f"/v1/surveys/{wrong}/invalidation", json={"reason": "OTHER_DATA"}, headers=headers("chen"))
    body = survey(corrects=wrong)
    answers = await asyncio.gather(*(client.post("/v1/surveys", json=body, headers=headers("li")) for _ in range(6)))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409, 409, 409]
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"survey_already_corrected"}
    assert await verify(pool, SERVICE.deciders) == []
