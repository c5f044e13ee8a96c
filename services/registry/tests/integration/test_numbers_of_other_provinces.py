"""A number of another province has no worker here until that province has said who it is."""

import asyncio
from typing import Any

import pytest
from contracts.identity import IdentityAnsweredV1, IdentityAskedV1
from eventcore.ids import same_id
from registry.numbers.reindexing import Reindexing
from registry.vault import NumberIndex
from two_registries import HOME, HOST, correspond, deliver

pytestmark = pytest.mark.postgres
NUMBER = "520599189003070024"


@pytest.fixture
def moved(survey: Any) -> Any:
    """The survey of somebody whose household is at the host, and whose number is home's."""
    return survey(household_region="440306", groups=[])


async def surveyed(registries: Any, headers: Any, body: Any, key: str | None = None) -> Any:
    return await registries.host.client.post("/v1/surveys", json=body, headers=headers("li", region="440306", key=key))


async def test_a_survey_waits_until_the_province_of_the_number_has_answered(
    registries: Any, headers: Any, moved: Any
) -> None:
    waits = await surveyed(registries, headers, moved, key="k1")
    assert (waits.status_code, waits.json()["state"], waits.json()["owner"]) == (202, "identity_pending", HOME)
    ask = waits.json()["ask"]
    again = await surveyed(registries, headers, moved)
    assert (again.status_code, again.json()["ask"]) == (202, ask)
    assert await registries.host.pool.fetchval("select count(*) from log.events where type = 'survey-recorded'") == 0
    (letter,) = await registries.host.letters()
    assert isinstance(letter.event, IdentityAskedV1)
    assert NUMBER not in letter.event.to_bytes().decode()
    await deliver([letter], {HOME: registries.home})
    await correspond(registries.home, registries.host)
    known = await registries.host.client.get(f"/v1/identity-asks/{ask}", headers=headers("li", region="440306"))
    recorded = await surveyed(registries, headers, moved, key="k1")
    assert recorded.status_code == 201, recorded.text
    (answer,) = await registries.home.said(IdentityAnsweredV1)
    assert recorded.json()["worker"] == answer.worker == known.json()["worker"]
    assert answer.home == "440306"
    assert answer.worker == same_id("worker", f"{HOST}-{ask}")  # a restored log that is asked again gives it again
    there = await registries.home.client.post(
        "/v1/surveys", json=moved | {"household_region": "520526"}, headers=headers()
    )
    assert (there.status_code, there.json()["code"], there.json()["steward"]) == (409, "not_steward", HOST)


async def test_who_is_known_at_home_keeps_their_id_and_is_surveyed_there(
    registries: Any, headers: Any, survey: Any, moved: Any
) -> None:
    made = (await registries.home.client.post("/v1/surveys", json=survey(), headers=headers())).json()
    await registries.home.run()
    body = {"number": NUMBER, "region": "520526"}
    clerk = {"region": "440306", "office": "clerk"}
    assert (
        await registries.host.client.post("/v1/identity-asks", json=body, headers=headers("wu", **clerk))
    ).status_code == 202
    await correspond(registries.home, registries.host)
    found = await registries.host.client.post("/v1/identity-asks", json=body, headers=headers("wu", **clerk))
    assert (found.status_code, found.json()) == (200, {"worker": made["worker"], "home": "520526"})
    refused = await surveyed(registries, headers, moved)
    assert (refused.status_code, refused.json()["code"], refused.json()["steward"]) == (409, "not_steward", HOME)


async def test_an_answer_of_another_province_than_the_owner_is_none(registries: Any, headers: Any, moved: Any) -> None:
    ask = (await surveyed(registries, headers, moved)).json()["ask"]
    forged = IdentityAnsweredV1(ask=ask, worker="w-forged", home="440306", to=(HOST,))
    await registries.host.hear(forged, "identity-answer-x", by="330000")
    await registries.host.run()
    assert (await surveyed(registries, headers, moved)).status_code == 202


async def test_two_offices_that_ask_at_once_wait_for_one_answer(registries: Any, headers: Any, moved: Any) -> None:
    answers = await asyncio.gather(*(surveyed(registries, headers, moved) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["ask"] for answer in answers}) == 1
    assert len(await registries.host.said(IdentityAskedV1)) == 1


async def test_without_a_key_of_that_province_a_survey_is_refused_as_before(
    registries: Any, headers: Any, moved: Any
) -> None:
    refused = await surveyed(registries, headers, moved | {"number": "330599189003070029"})
    assert (refused.status_code, refused.json()["code"]) == (409, "number_of_another_province")


async def test_a_number_that_nobody_surveyed_moves_to_the_new_index_key(
    registries: Any, headers: Any, moved: Any
) -> None:
    home = registries.home
    await surveyed(registries, headers, moved)
    await correspond(home, registries.host)
    reindexing = Reindexing(home.store, home.vault, NumberIndex([b"I" * 32, b"J" * 32]))
    await reindexing.begin()
    await home.run()
    assert await reindexing.run() == 1
    assert (await reindexing.use()).numbers == {2: 1}
