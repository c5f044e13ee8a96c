"""A POST's way: once for its key, the same bytes again, versions, batches."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from eventcore.database import Pool

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]


def note(**changes: object) -> dict[str, object]:
    return {"note": str(uuid4()), "text": "修路", "region": "520526"} | changes


async def test_a_command_is_answered_with_its_version_and_place(client: httpx.AsyncClient, headers: Headers) -> None:
    body = note()
    answer = await client.post("/v1/notes", json=body, headers=headers())
    assert answer.status_code == 201
    assert answer.json() == {"id": body["note"], "version": 1}
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["log-position"] == "1"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "idempotent-replayed" not in answer.headers


async def test_the_same_key_gives_the_same_bytes_and_status(client: httpx.AsyncClient, headers: Headers) -> None:
    body, given = note(), headers()
    first = await client.post("/v1/notes", json=body, headers=given)
    again = await client.post("/v1/notes", json=dict(reversed(body.items())), headers=given)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotent-replayed"] == "true"


async def test_sixteen_at_once_have_one_effect(client: httpx.AsyncClient, headers: Headers, pool: Pool) -> None:
    body, given = note(), headers()
    answers = await asyncio.gather(*(client.post("/v1/notes", json=body, headers=given) for _ in range(16)))
    assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}
    assert await pool.fetchval("select count(*) from log.events") == 1


@pytest.mark.parametrize("change", [{"text": "别的"}, {"priority": 3}])
async def test_the_same_key_with_another_body_is_refused(
    client: httpx.AsyncClient, headers: Headers, change: dict[str, object]
) -> None:
    body, given = note(), headers()
    await client.post("/v1/notes", json=body, headers=given)
    other = await client.post("/v1/notes", json=body | change, headers=given)
    assert (other.status_code, other.json().get("code")) == (422, "idempotency_key_reused")


async def test_another_person_with_the_same_key_is_refused(client: httpx.AsyncClient, headers: Headers) -> None:
    body = note()
    await client.post("/v1/notes", json=body, headers=headers("k1"))
    other = await client.post("/v1/notes", json=body, headers=headers("k1", sub="li"))
    assert (other.status_code, other.json().get("code")) == (422, "idempotency_key_reused")


async def test_keys_of_clients_and_routes_do_not_meet(client: httpx.AsyncClient, headers: Headers, pool: Pool) -> None:
    first, second = note(), note()
    await client.post("/v1/notes", json=first, headers=headers("k1"))
    elsewhere = await client.post("/v1/notes", json=second, headers=headers("k1", client_id="city-office"))
    closed = await client.post(f"/v1/notes/{first['note']}/close", headers=headers("k1"))
    assert (elsewhere.status_code, closed.status_code) == (201, 201)
    assert closed.json() == {"note": first["note"], "state": "closed", "version": 2}
    assert sorted(row["id"] for row in await pool.fetch("select id from log.commands")) == [
        "http/city-office//v1/notes/k1",
        "http/county-office//v1/notes/k1",
        "http/county-office//v1/notes/{note}/close/k1",
    ]


async def test_what_is_done_already_is_answered_with_200(client: httpx.AsyncClient, headers: Headers) -> None:
    body = note()
    await client.post("/v1/notes", json=body, headers=headers())
    again = await client.post("/v1/notes", json=body, headers=headers())
    assert (again.status_code, again.json()["version"]) == (200, 1)


@pytest.mark.parametrize(("language", "title"), [("en", "There is no such note."), ("fr", "没有这条笔记。")])
async def test_a_refusal_is_stored_and_given_again(
    client: httpx.AsyncClient, headers: Headers, pool: Pool, language: str, title: str
) -> None:
    unknown, given = uuid4(), headers() | {"Accept-Language": f"{language}-XX, zh;q=0.5"}
    first = await client.post(f"/v1/notes/{unknown}/close", headers=given)
    again = await client.post(f"/v1/notes/{unknown}/close", headers=given | {"Accept-Language": "de"})
    assert (first.status_code, first.headers["content-type"]) == (409, "application/problem+json")
    assert (first.json()["code"], first.json()["title"]) == ("note_unknown", title)
    assert len(first.json()["trace_id"]) == 32
    assert (again.status_code, again.content) == (409, first.content)
    assert await pool.fetchval("select answer from log.commands") == first.content


async def test_if_match_lets_only_the_named_version_change(client: httpx.AsyncClient, headers: Headers) -> None:
    body = note()
    path = f"/v1/notes/{body['note']}/close"
    await client.post("/v1/notes", json=body, headers=headers())
    stale = await client.post(path, headers=headers() | {"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"], stale.headers["etag"]) == (412, "version_moved", '"1"')
    given = headers() | {"If-Match": '"1"'}
    right = await client.post(path, headers=given)
    again = await client.post(path, headers=given)
    assert (right.status_code, again.status_code, again.content) == (201, 201, right.content)


@pytest.mark.parametrize("match", ["", "1", 'W/"1"', '"1", "2"', "*", '"01"', '"99999999999"'])
async def test_a_malformed_if_match_is_refused(client: httpx.AsyncClient, headers: Headers, match: str) -> None:
    answer = await client.post("/v1/notes", json=note(), headers=headers() | {"If-Match": match})
    assert (answer.status_code, answer.json()["code"]) == (400, "if_match_malformed")


async def test_the_stored_event_names_who_what_and_which_trace(
    client: httpx.AsyncClient, headers: Headers, pool: Pool
) -> None:
    foreign = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    await client.post("/v1/notes", json=note(), headers=headers("k1") | {"traceparent": foreign})
    metadata = await pool.fetchval("select convert_from(metadata, 'utf8')::jsonb from log.events")
    assert '"actor": "zhang"' in metadata
    assert '"organisation": "520526-hrss"' in metadata
    assert '"command": "http/county-office//v1/notes/k1"' in metadata
    assert '"trace": "00-' in metadata
    assert "4bf92f3577b34da6a3ce929d0e0e4736" not in metadata


async def test_a_batch_gives_each_its_verdict(client: httpx.AsyncClient, headers: Headers) -> None:
    first, foreign = note(), note(region="440300")
    batch = {"notes": [first, foreign, first, *(note() for _ in range(97))]}
    given = headers("b1")
    answer = await client.post("/v1/notes/batches", json=batch, headers=given)
    results = answer.json()["results"]
    assert [each["n"] for each in results] == list(range(1, 101))
    assert [each["status"] for each in results[:4]] == [201, 403, 200, 201]
    assert results[1]["answer"]["code"] == "region_not_yours"
    assert results[0]["answer"] == {"id": first["note"], "version": 1}
    again = await client.post("/v1/notes/batches", json=batch, headers=given)
    assert [each["status"] for each in again.json()["results"]] == [each["status"] for each in results]


async def test_a_batch_sent_again_in_whole_is_a_replay(client: httpx.AsyncClient, headers: Headers) -> None:
    batch, given = {"notes": [note() for _ in range(500)]}, headers("b1")
    first = await client.post("/v1/notes/batches", json=batch, headers=given)
    again = await client.post("/v1/notes/batches", json=batch, headers=given)
    assert first.status_code == 200
    assert "idempotent-replayed" not in first.headers
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert again.headers["log-position"] == first.headers["log-position"] == "500"


async def test_an_event_of_the_future_is_refused(client: httpx.AsyncClient, headers: Headers) -> None:
    answer = await client.post("/v1/notes", json=note(written_at="2999-01-01T00:00:00+08:00"), headers=headers())
    assert (answer.status_code, answer.json()["code"]) == (422, "occurred_in_future")
