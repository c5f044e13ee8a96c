"""Whatever comes in: a clear 4xx, never a 5xx, nothing of it in the answer, nothing left behind."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from eventcore.database import Pool
from notes_service import token

pytestmark = pytest.mark.postgres
Headers = Callable[..., dict[str, str]]

CANARY = "110101199003079999"
NOTE = '"note":"0190a2f1-7a70-7000-8000-000000000001","region":"520526"'

MALFORMED: dict[str, tuple[bytes | str, int]] = {
    "empty": (b"", 400),
    "not json": (b"{", 400),
    "trailing": (b"{} {}", 400),
    "bare word": (b"nonsense", 400),
    "bom": (b'\xef\xbb\xbf{"text":"a",' + NOTE.encode() + b"}", 400),
    "utf-16": (('{"text":"a",' + NOTE + "}").encode("utf-16"), 400),
    "latin-1": ('{"text":"\xe9",'.encode("latin-1") + NOTE.encode() + b"}", 400),
    "nan": (b'{"weight":NaN,"text":"a",' + NOTE.encode() + b"}", 400),
    "infinity": (b'{"weight":-Infinity,"text":"a",' + NOTE.encode() + b"}", 400),
    "1e400": (b'{"weight":1e400,"text":"a",' + NOTE.encode() + b"}", 422),
    "5,000 digits": (b'{"priority":' + b"9" * 5000 + b',"text":"a",' + NOTE.encode() + b"}", 400),
    "100 digits": (b'{"priority":' + b"9" * 100 + b',"text":"a",' + NOTE.encode() + b"}", 422),
    "text as number": (b'{"priority":"1","text":"a",' + NOTE.encode() + b"}", 422),
    "truth as number": (b'{"priority":true,"text":"a",' + NOTE.encode() + b"}", 422),
    "float as integer": (b'{"priority":1.0,"text":"a",' + NOTE.encode() + b"}", 422),
    "nul": (b'{"text":"a\\u0000b",' + NOTE.encode() + b"}", 400),
    "nul in a key": (b'{"a\\u0000b":1,"text":"a",' + NOTE.encode() + b"}", 400),
    "raw control": (b'{"text":"a\x01b",' + NOTE.encode() + b"}", 400),
    "escaped control": (b'{"text":"a\\u0007b",' + NOTE.encode() + b"}", 422),
    "line break": (b'{"text":"a\\nb",' + NOTE.encode() + b"}", 422),
    "delete": ('{"text":"a\x7fb",' + NOTE + "}", 422),
    "bidi override": ('{"text":"a\u202eb",' + NOTE + "}", 422),
    "lone surrogate": (b'{"text":"\\ud800",' + NOTE.encode() + b"}", 400),
    "duplicate key": (b'{"text":"a","text":"b",' + NOTE.encode() + b"}", 400),
    "duplicate key, escaped": (b'{"text":"a","te\\u0078t":"b",' + NOTE.encode() + b"}", 400),
    "unknown field": (b'{"surprise":1,"text":"a",' + NOTE.encode() + b"}", 422),
    "missing field": (b'{"text":"a"}', 422),
    "too long": ('{"text":"' + "长" * 201 + '",' + NOTE + "}", 422),
    "only blanks": (b'{"text":"   ",' + NOTE.encode() + b"}", 422),
    "null": (b"null", 422),
    "list": (b"[]", 422),
    "number": (b"7", 422),
    "deep": (b"[" * 33 + b"]" * 33, 400),
    "100,000 deep": (b"[" * 100_000, 400),
    "deep objects": (b'{"a":' * 40 + b"1" + b"}" * 40, 400),
    "1,001 keys": (json.dumps({str(n): n for n in range(1001)}), 400),
    "10,001 items": (json.dumps(list(range(10_001))), 400),
    "wrong region": ('{"text":"a","note":"0190a2f1-7a70-7000-8000-000000000001","region":"52０526"}', 422),
    "naive time": (b'{"written_at":"2026-01-01T00:00:00","text":"a",' + NOTE.encode() + b"}", 422),
    "wrong id": (f'{{"text":"a","note":"{CANARY}","region":"520526"}}', 422),
    "1 MiB and 1": (b'{"text":"' + b"a" * (1 << 20), 413),
}


@pytest.fixture(autouse=True)
async def _nothing_left(pool: Pool) -> AsyncIterator[None]:
    yield
    for table in ("events", "commands", "guards", "postings", "timers"):
        assert await pool.fetchval(f"select count(*) from log.{table}") == 0, table  # noqa: S608 own names


def clear(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "code", "trace_id"} <= problem.keys()
    assert problem["status"] == status
    return problem


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_bad_body_gets_a_clear_answer(client: httpx.AsyncClient, headers: Headers, name: str) -> None:
    body, status = MALFORMED[name]
    given = headers() | {"Content-Type": "application/json"}
    answer = await client.post("/v1/notes", content=body, headers=given)
    clear(answer, status)
    assert CANARY not in answer.text


async def test_a_chunked_body_is_bounded_too(client: httpx.AsyncClient, headers: Headers) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 << 20:
            sent += 1 << 16
            yield b" " * (1 << 16)

    answer = await client.post("/v1/notes", content=endless(), headers=headers() | {"Content-Type": "application/json"})
    clear(answer, 413)
    assert sent < 2 << 20


async def test_errors_name_field_and_kind_and_never_the_input(client: httpx.AsyncClient, headers: Headers) -> None:
    body = {"note": CANARY, "text": "", "region": "520526", "tags": ["a", CANARY * 2], CANARY: 1, "surprise": 2}
    answer = await client.post("/v1/notes", json=body, headers=headers())
    problem = clear(answer, 422)
    assert {(each["field"], each["code"]) for each in problem["errors"]} == {
        ("body.note", "uuid_parsing"),
        ("body.text", "string_too_short"),
        ("body.tags.1", "string_too_long"),
        ("body.*", "extra_forbidden"),
        ("body.surprise", "extra_forbidden"),
    }
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/json; charset=gbk", "", "application/jsonx"]
)
async def test_only_json_is_taken(client: httpx.AsyncClient, headers: Headers, kind: str) -> None:
    given = headers() | ({"Content-Type": kind} if kind else {})
    clear(await client.post("/v1/notes", content=b"{}", headers=given), 415)


async def test_a_packed_body_is_not_unpacked(client: httpx.AsyncClient, headers: Headers) -> None:
    given = headers() | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    clear(await client.post("/v1/notes", content=b"{}", headers=given), 415)


async def test_an_operation_without_a_body_takes_none(client: httpx.AsyncClient, headers: Headers) -> None:
    problem = clear(await client.post(f"/v1/notes/{uuid4()}/close", json={}, headers=headers()), 400)
    assert problem["code"] == "body_unexpected"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("", "idempotency_key_missing"),
        ("a b", "idempotency_key_malformed"),
        ("a/b", "idempotency_key_malformed"),
        ("k" * 129, "idempotency_key_malformed"),
        ("键".encode().decode("latin-1"), "idempotency_key_malformed"),
    ],
)
async def test_every_post_needs_a_key(client: httpx.AsyncClient, headers: Headers, key: str | None, code: str) -> None:
    given = headers()
    if key is None:
        del given["Idempotency-Key"]
    raw = {
        name.encode(): value.encode("latin-1")
        for name, value in (given | ({"Idempotency-Key": key} if key else {})).items()
    }
    if key == "":
        raw[b"Idempotency-Key"] = b""
    problem = clear(await client.post(f"/v1/notes/{uuid4()}/close", headers=raw), 400)
    assert problem["code"] == code


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?surprise=1", 400, "parameter_unknown"),
        ("?limit=1&limit=2", 400, "parameter_repeated"),
        ("?region=%00", 400, "parameter_unknown"),
        ("?limit=501", 422, "request_invalid"),
        ("?limit=-1", 422, "request_invalid"),
        ("?limit=1e9", 422, "request_invalid"),
        ("?region=52%EF%BC%90000", 422, "request_invalid"),
        ("?cursor=nonsense", 400, "cursor_invalid"),
        ("?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 400, "cursor_invalid"),
        ("?cursor=%E4%B8%AD", 400, "cursor_invalid"),
        ("?wait_seconds=31", 422, "request_invalid"),
        ("?wait_seconds=nan", 422, "request_invalid"),
        ("?wait_for=" + "9" * 30 + "&wait_seconds=0", 503, "not_yet_visible"),
    ],
)
async def test_a_bad_parameter_gets_a_clear_answer(
    client: httpx.AsyncClient, headers: Headers, query: str, status: int, code: str
) -> None:
    assert clear(await client.get(f"/v1/notes{query}", headers=headers()), status)["code"] == code


async def test_unknown_parameters_are_refused_on_every_operation(client: httpx.AsyncClient, headers: Headers) -> None:
    for method, path in (("POST", "/v1/notes"), ("GET", "/v1/events"), ("GET", "/v1/operations")):
        clear(await client.request(method, f"{path}?x=1", headers=headers()), 400)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/notes/", 404),
        ("GET", "//v1/notes", 404),
        ("DELETE", "/v1/notes", 405),
        ("GET", "/v1/notes/x/close", 405),
        ("BREW", "/v1/notes", 405),
        ("POST", "/v1/notes/%00/close", 400),
        ("POST", "/v1/notes/a%0d%0ab/close", 400),
        ("POST", "/v1/notes/not-an-id/close", 422),
    ],
)
async def test_a_bad_address_gets_a_clear_answer(
    client: httpx.AsyncClient, headers: Headers, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path, headers=headers())
    clear(answer, status)
    if method == "DELETE":
        assert answer.headers["allow"] == "GET, POST"


async def test_an_unexpected_error_says_nothing_and_logs_only_its_place(
    client: httpx.AsyncClient, headers: Headers, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await client.get("/v1/broken", headers=headers())
    problem = clear(answer, 500)
    assert problem["code"] == "internal"
    logged = capsys.readouterr()
    assert "RuntimeError" in logged.out
    assert "notes_service.py" in logged.out
    assert "110101199003070000" not in answer.text + logged.out + logged.err


async def test_an_answer_that_asked_for_no_region_never_goes_out(client: httpx.AsyncClient, headers: Headers) -> None:
    answer = await client.get("/v1/careless", headers=headers())
    clear(answer, 500)
    assert "110101199003070000" not in answer.text


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer x.y.z", "Bearer " + "a" * 20_000]
)
async def test_a_wrong_token_leaves_nothing(client: httpx.AsyncClient, headers: Headers, authorization: str) -> None:
    answer = await client.post("/v1/notes", json={}, headers=headers() | {"Authorization": authorization})
    clear(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_the_token_is_looked_at_before_the_body(client: httpx.AsyncClient) -> None:
    given = {"Authorization": f"Bearer {token(exp=1)}", "Content-Type": "application/json"}
    clear(await client.post("/v1/notes", content=b"{", headers=given), 401)
