"""Scopes, offices, regions, and the one table."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from eventcore.store import Store
from eventcore.web import router
from eventcore.web.access import Access, RouteWithoutRow, load
from eventcore.web.health import PROBES
from eventcore.web.routes import check
from fastapi import APIRouter
from notes_service import ROWS, notes_app, settings

Headers = Callable[..., dict[str, str]]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("claims", "status", "code"),
    [
        ({}, 201, None),
        ({"region": "520526"}, 201, None),
        ({"scope": "notes.read"}, 403, "scope_missing"),
        ({"scope": ""}, 403, "scope_missing"),
        ({"scope": "notes.writer"}, 403, "scope_missing"),
        ({"office": "payer"}, 403, "office_not_allowed"),
        ({"region": "440000"}, 403, "region_not_yours"),
        ({"region": "520527"}, 403, "region_not_yours"),
    ],
)
async def test_scope_office_and_region_are_all_needed(
    client: httpx.AsyncClient, headers: Headers, claims: dict[str, str], status: int, code: str | None
) -> None:
    body = {"note": str(uuid4()), "text": "a", "region": "520526"}
    answer = await client.post("/v1/notes", json=body, headers=headers(**claims))
    assert (answer.status_code, answer.json().get("code")) == (status, code)


@pytest.mark.postgres
@pytest.mark.parametrize(("caller", "wanted", "status"), [("520526", "520100", 200), ("440300", "520100", 403)])
async def test_a_route_for_the_province_is_closed_to_other_provinces(
    client: httpx.AsyncClient, headers: Headers, caller: str, wanted: str, status: int
) -> None:
    answer = await client.get(f"/v1/notes?region={wanted}", headers=headers(region=caller))
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (ROWS.replace("notes,GET,/v1/notes,notes.read,-,province\n", ""), "GET /v1/notes has no row"),
        (ROWS + "notes,GET,/v1/gone,x,-,-\n", "GET /v1/gone has no route"),
        (ROWS.replace("notes,GET,/livez,-,-,-\n", ""), "GET /livez has no row"),
    ],
)
@pytest.mark.postgres
async def test_a_service_does_not_start_with_a_route_without_a_row(
    store: Store, tmp_path: Path, rows: str, named: str
) -> None:
    given = settings(tmp_path)
    (tmp_path / "access.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(RouteWithoutRow, match=named):
        notes_app(store, given)


@pytest.mark.parametrize("made", [lambda: APIRouter(), router])
def test_no_route_goes_by_what_asks_for_its_token(made: Callable[[], APIRouter]) -> None:
    """One of FastAPI's own, and one of two methods, which has one row for both."""
    found = made()
    found.add_api_route("/v1/x", lambda: None, methods=["GET", "HEAD"])
    places = [("GET", "/v1/x"), ("HEAD", "/v1/x"), *(("GET", probe) for probe in PROBES)]
    rows = {place: Access("x", frozenset(), "-") for place in places}
    with pytest.raises(RouteWithoutRow, match=r"/v1/x.* has no row"):
        check(found.routes, rows)


@pytest.mark.parametrize("row", ["notes,GET,/v1/notes,a,-,-\n", "notes,GET,/v1/x,a,-,somewhere\n"])
def test_a_row_that_comes_twice_or_is_not_understood_is_an_error(tmp_path: Path, row: str) -> None:
    (tmp_path / "access.csv").write_text(ROWS + row, encoding="utf-8")
    with pytest.raises(ValueError, match="comes twice or has an unknown region"):
        load(tmp_path / "access.csv", "notes")
