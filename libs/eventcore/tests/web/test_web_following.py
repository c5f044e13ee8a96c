"""Following the public events, what operators see, probes, waiting, and the documents."""

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from eventcore.database import Pool
from eventcore.settings import Settings
from eventcore.store import Store
from eventcore.web import Health, problems
from eventcore.web.operations import MEDIA_TYPE
from fastapi import FastAPI
from notes_service import notes_app, settings
from pydantic import SecretStr

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]


async def write(client: httpx.AsyncClient, headers: Headers) -> httpx.Response:
    body = {"note": str(uuid4()), "text": "a", "region": "520526"}
    answer = await client.post("/v1/notes", json=body, headers=headers())
    assert answer.status_code == 201
    return answer


async def follow(client: httpx.AsyncClient, headers: Headers, after: str = "", **query: Any) -> tuple[list[Any], str]:
    answer = await client.get("/v1/events", params={"after": after} | query, headers=headers())
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    return answer.json(), answer.headers["next-cursor"]


async def test_followers_see_every_public_event_once_in_order(client: httpx.AsyncClient, headers: Headers) -> None:
    written = []
    for _ in range(7):
        note = (await write(client, headers)).json()["id"]
        written.append(f"note-{note}/1/note-written")
        await client.post(f"/v1/notes/{note}/close", headers=headers())
    seen: list[str] = []
    cursor = ""
    while len(seen) < 7:
        events, cursor = await follow(client, headers, cursor, limit=3)
        seen += [event["id"] for event in events]
    assert seen == written
    assert (await follow(client, headers, cursor))[0] == []


async def test_a_follower_that_waits_is_woken_by_the_next_event(client: httpx.AsyncClient, headers: Headers) -> None:
    _, cursor = await follow(client, headers)
    waiting = asyncio.create_task(follow(client, headers, cursor, wait=20))
    await asyncio.sleep(0.3)
    started = time.monotonic()
    await write(client, headers)
    events, _ = await waiting
    assert len(events) == 1
    assert time.monotonic() - started < 2


async def test_a_follower_that_waits_in_vain_gets_an_empty_batch(client: httpx.AsyncClient, headers: Headers) -> None:
    started = time.monotonic()
    assert (await follow(client, headers, wait=0.4))[0] == []
    assert 0.35 < time.monotonic() - started < 3


async def test_private_events_alone_move_the_cursor(client: httpx.AsyncClient, headers: Headers) -> None:
    note = (await write(client, headers)).json()["id"]
    _, cursor = await follow(client, headers)
    await client.post(f"/v1/notes/{note}/close", headers=headers())
    events, following = await follow(client, headers, cursor)
    assert (events, following != cursor) == ([], True)


async def test_a_cursor_of_another_incarnation_is_told_so(
    client: httpx.AsyncClient, headers: Headers, owner_pool: Pool
) -> None:
    _, cursor = await follow(client, headers)
    await owner_pool.execute("update log.head set incarnation = 'after-restore'")
    answer = await client.get("/v1/events", params={"after": cursor}, headers=headers())
    assert (answer.status_code, answer.json()["code"]) == (409, "incarnation_changed")
    for nonsense in ("x", "x:-1", "x:1e3", "after-restore:٣", "after-restore:" + "9" * 40):
        answer = await client.get("/v1/events", params={"after": nonsense}, headers=headers())
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")


async def test_an_event_that_cannot_be_read_is_not_skipped(
    client: httpx.AsyncClient, headers: Headers, owner_pool: Pool
) -> None:
    await write(client, headers)
    await owner_pool.execute(
        "insert into log.events select position + 1, 'note-x', 1, type, schema_version, 'broken', metadata, "
        "occurred_at, recorded_at, hash from log.events"
    )
    events, cursor = await follow(client, headers)
    assert len(events) == 1
    answer = await client.get("/v1/events", params={"after": cursor}, headers=headers())
    assert (answer.status_code, answer.json()["code"]) == (503, "feed_blocked")


async def test_pages_continue_where_the_cursor_points(client: httpx.AsyncClient, headers: Headers) -> None:
    written = [f"note-{(await write(client, headers)).json()['id']}" for _ in range(5)]
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = (await client.get("/v1/notes", params=query, headers=headers())).json()
        seen += page["notes"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == written


async def test_who_has_just_written_sees_it(client: httpx.AsyncClient, headers: Headers) -> None:
    position = (await write(client, headers)).headers["log-position"]
    answer = await client.get("/v1/notes", params={"wait_for": position}, headers=headers())
    assert len(answer.json()["notes"]) == 1
    started = time.monotonic()
    late = await client.get("/v1/notes", params={"wait_for": "999", "wait_seconds": 0.3}, headers=headers())
    assert (late.status_code, late.json()["code"], late.headers["retry-after"]) == (503, "not_yet_visible", "1")
    assert time.monotonic() - started < 2
    foreign = await client.get("/v1/notes", params={"wait_for": "survey-1/1/x", "wait_seconds": 0}, headers=headers())
    assert foreign.json()["code"] == "not_yet_visible"


async def test_operators_see_lag_parked_timers_and_what_came_unreadable(
    client: httpx.AsyncClient, headers: Headers, owner_pool: Pool
) -> None:
    for _ in range(3):
        await write(client, headers)
    await owner_pool.execute("insert into log.checkpoints (reader, position) values ('relay', 1), ('view', 3)")
    await owner_pool.execute(
        "insert into log.parked (reader, stream_id, position, reason) values ('relay', 's', 2, 'E')"
    )
    await owner_pool.execute("insert into log.timers values ('s', 'late', now() - interval '1 h', 's/1')")
    await owner_pool.execute("insert into log.frozen_sources values ('/cn/440000/x', 'id', '', '')")
    await owner_pool.execute("insert into log.unreadable values ('t', 0, 7, 'UnicodeDecodeError', '', '', 'h')")
    operator = headers(scope="notes.operate", office="operator")
    found = (await client.get("/v1/operations", headers=operator)).json()
    relay, view = found["readers"]
    assert found["position"] == 3
    assert (relay["reader"], relay["lag_events"], relay["parked_streams"]) == ("relay", 2, 1)
    assert relay["lag_seconds"] > 0
    assert (view["lag_events"], view["lag_seconds"]) == (0, 0)
    assert (found["parked"][0]["stream"], found["parked"][0]["attempts"]) == ("s", 1)
    assert (found["timers"]["due"], found["timers"]["next"]) == (1, None)
    assert found["frozen_sources"][0]["source"] == "/cn/440000/x"
    assert (found["unreadable"][0]["offset"], found["unreadable"][0]["reason"]) == (7, "UnicodeDecodeError")


async def test_an_empty_log_has_operations_too(client: httpx.AsyncClient, headers: Headers) -> None:
    found = (await client.get("/v1/operations", headers=headers(scope="notes.operate", office="operator"))).json()
    assert (found["position"], found["readers"], found["parked"], found["timers"]["due"]) == (0, [], [], 0)


async def test_a_database_that_is_gone_is_a_503_and_not_ready_but_alive(
    client: httpx.AsyncClient, headers: Headers, pool: Pool
) -> None:
    assert (await client.get("/readyz")).json() == {"ok": True, "checks": {"database": True}}
    await pool.close()
    body = {"note": str(uuid4()), "text": "a", "region": "520526"}
    answer = await client.post("/v1/notes", json=body, headers=headers())
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "unavailable", "1")
    for path in ("/v1/events", "/v1/operations"):
        operator = headers(scope="notes.operate notes.follow", office="operator")
        assert (await client.get(path, headers=operator)).status_code == 503
    ready, alive = await client.get("/readyz"), await client.get("/livez")
    assert (ready.status_code, ready.json()["checks"]) == (503, {"database": False})
    assert alive.status_code == 200


async def test_a_watchdog_that_barks_ends_liveness_and_a_slow_check_readiness() -> None:
    async def slow() -> bool:
        await asyncio.sleep(60)
        return True

    health = Health(alive={"consumer": lambda: False}, ready={"slow": slow})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(health.app()), base_url="http://w") as client:
        alive, ready = await asyncio.gather(client.get("/livez"), client.get("/readyz"))
    assert (alive.status_code, alive.json()) == (503, {"ok": False, "checks": {"consumer": False}})
    assert (ready.status_code, ready.json()["checks"]) == (503, {"slow": False})


async def test_metrics_count_commands_and_routes_by_template(client: httpx.AsyncClient, headers: Headers) -> None:
    note = (await write(client, headers)).json()["id"]
    await client.post(f"/v1/notes/{note}/close", headers=headers())
    text = (await client.get("/metrics")).text
    assert 'eventcore_command_duration_seconds_count{command="CloseNote",outcome="accepted"}' in text
    assert 'http_route="/v1/notes/{note}/close"' in text
    assert note not in text


async def test_the_document_describes_what_is_added_to_every_operation(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    post = document["paths"]["/v1/notes"]["post"]
    assert document["openapi"].startswith("3.1")
    shared = {"#/components/parameters/IdempotencyKey", "#/components/parameters/IfMatch"}
    assert shared <= {each["$ref"] for each in post["parameters"]}
    batch = document["paths"]["/v1/notes/batches"]["post"]["responses"]
    assert batch["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Verdicts"}
    assert post["security"] == [{"oauth2": ["notes.write"]}]
    assert post["responses"]["201"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Done"}
    for status, code in (("400", "body_malformed"), ("409", "contended"), ("422", "request_invalid")):
        assert post["responses"][status] == {"$ref": f"#/components/responses/{status}"}
        assert f"`{code}`" in document["components"]["responses"][status]["description"]
    assert "`internal`" in document["components"]["responses"]["default"]["description"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    scopes = document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"]
    assert set(scopes) == {"notes.write", "notes.read", "notes.follow", "notes.operate"}


async def test_the_pages_of_the_api_need_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    page = (await client.get("/docs")).text
    parts = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert parts
    assert all(part.startswith("/") for part in parts), parts
    assert {(await client.get(part)).status_code for part in parts} == {200}
    assert (await client.post(parts[0])).status_code == 405


def production(folder: Path) -> Settings:
    return settings(folder, env="prod", token_issuer="https://id.example", database_url=SecretStr("x"))


async def test_production_shows_no_documents(store: Store, tmp_path: Path) -> None:
    app: FastAPI = notes_app(store, production(tmp_path))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://n") as client:
        assert [(await client.get(path)).status_code for path in ("/docs", "/openapi.json")] == [404, 404]


def test_every_problem_has_a_text_in_both_languages() -> None:
    for kind in problems.kinds.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in kind.zh), kind.code
        assert kind.en.isascii(), kind.code


def test_a_code_cannot_mean_two_things(tmp_path: Path) -> None:
    table = tmp_path / "problems.csv"
    table.write_text("code,status,zh,en\ncontended,409,别的,Something else.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="contended"):
        problems.catalogue_file(table)
