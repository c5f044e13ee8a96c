"""Nothing wrong gets in: a clear refusal with a stable code, and not a row more in any table."""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest

from tests.conformance.conftest import ELSEWHERE, Known
from tests.conformance.corpus import Wrong, wrong_requests
from tests.conformance.counting import nothing_changes
from tests.conformance.routes import Request, Route, acceptable, posts
from tests.conformance.tokens import Forger
from tests.e2e.province import Province

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.kafka,
    pytest.mark.processes,
    pytest.mark.parametrize("route", posts(), ids=lambda route: f"{route.service} {route.path}"),
]

CHUNK: Final = 65_536


@pytest.fixture
def request_of(known: Known, route: Route) -> Request:
    """What the route would accept."""
    return acceptable(route, known)


def send(province: Province, request: Request, wrong: Wrong) -> httpx.Response:
    given = request.headers(province) | wrong.headers
    address = province.deployment.url(province.service(request.route.service))
    return province.clients[request.route.service].post(
        f"{address}{wrong.path or request.path}",
        content=_chunks(wrong.content) if wrong.chunked else wrong.content,
        headers=[(name.encode(), value.encode()) for name, value in given.items() if value is not None],
    )


def _chunks(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), CHUNK):
        yield content[at : at + CHUNK]


def deviation(what: str, answer: httpx.Response, status: int, code: str) -> list[str]:
    """A line where the answer is not this problem."""
    form = answer.headers.get("content-type")
    said: dict[str, Any] = answer.json() if form == "application/problem+json" else {}
    if (answer.status_code, said.get("status"), said.get("code")) == (status, status, code):
        return []
    return [f"{what}: wanted {status} {code}, got {answer.status_code} {said.get('code')} {form}"]


def post(province: Province, request: Request, authorization: str | None) -> httpx.Response:
    """The acceptable request from somebody else."""
    headers = request.headers(province)
    del headers["Authorization"]
    if authorization is not None:
        headers["Authorization"] = authorization
    client = province.clients[request.route.service]
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return client.post(request.path, content=request.content, headers=raw)


def test_a_wrong_request_is_refused_and_leaves_no_row(province: Province, request_of: Request) -> None:
    wrong = wrong_requests(request_of)
    assert len(wrong) > 25
    with nothing_changes(province):
        found = [
            line
            for each in wrong
            for line in deviation(each.what, send(province, request_of, each), each.status, each.code)
        ]
    assert found == [], "\n".join(found)


def test_a_token_that_proves_nothing_opens_nothing(province: Province, request_of: Request) -> None:
    with nothing_changes(province):
        found = []
        for authorization in (None, "", "Bearer", "Basic bGk6bGk=", "Token x"):
            answer = post(province, request_of, authorization)
            found += deviation(f"Authorization: {authorization}", answer, 401, "token_missing")
            assert answer.headers["WWW-Authenticate"] == "Bearer"
        for what, authorization in Forger(province, request_of).worthless():
            answer = post(province, request_of, authorization)
            found += deviation(what, answer, 401, "token_invalid")
            assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert found == [], "\n".join(found)


def test_who_has_the_wrong_office_or_scope_may_not(province: Province, request_of: Request) -> None:
    forger, scope = Forger(province, request_of), request_of.route.scope
    others = {"surveyor", "reviewer", "operator", "follower", "clerk"} - {*request_of.route.offices}
    with nothing_changes(province):
        found = []
        for office in others:
            answer = post(province, request_of, f"Bearer {forger.signed(office=office, scope=scope)}")
            found += deviation(office, answer, 403, "office_not_allowed")
        for scopes in ("", "surveys.read", f"{scope}.more", scope.upper(), scope.replace(".", " ")):
            answer = post(province, request_of, f"Bearer {forger.signed(scope=scopes)}")
            found += deviation(f"scope {scopes}", answer, 403, "scope_missing")
    assert found == [], "\n".join(found)


def test_who_is_of_another_region_may_not(province: Province, request_of: Request) -> None:
    found = []
    with nothing_changes(province):
        for region in (ELSEWHERE, "520502", "520527", "510000", "000000", "99"):
            answer = post(province, request_of, f"Bearer {Forger(province, request_of).signed(region=region)}")
            if request_of.route.is_batch:
                verdicts = {(each["status"], each["answer"]["code"]) for each in answer.json()["results"]}
                found += [] if verdicts == {(403, "region_not_yours")} else [f"{region}: {verdicts}"]
            else:
                found += deviation(region, answer, 403, "region_not_yours")
    assert found == [], "\n".join(found)


def test_the_same_request_with_nothing_wrong_is_accepted(province: Province, request_of: Request) -> None:
    """So what is refused above is refused for what is wrong with it."""
    answer = province.clients[request_of.route.service].post(
        request_of.path, content=request_of.content, headers=request_of.headers(province)
    )
    assert answer.status_code in (200, 201), answer.text
    if request_of.route.is_batch:
        assert {each["status"] for each in answer.json()["results"]} <= {200, 201}
