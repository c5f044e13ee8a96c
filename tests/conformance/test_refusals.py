"""Nothing wrong gets in: a clear refusal with a stable code, and not a row more in any table."""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest

from tests.conformance.acceptable import acceptable
from tests.conformance.conftest import ELSEWHERE, Known
from tests.conformance.corpus import Wrong, wrong_requests
from tests.conformance.counting import nothing_changes
from tests.conformance.routes import Request, Route, posts
from tests.conformance.tokens import Forger
from tests.e2e.province import Province

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.kafka,
    pytest.mark.processes,
    pytest.mark.parametrize("route", posts(), ids=lambda route: f"{route.service} {route.path}"),
]

CHUNK: Final = 65_536
SECOND: Final = 1
"""Another turn than that of the documents' examples."""


@pytest.fixture
def request_of(known: Known, route: Route) -> Request:
    """What the route would accept."""
    return acceptable(route, known, SECOND)


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


def of_wrong_requests(province: Province, request: Request) -> Iterator[str]:
    wrong = wrong_requests(request)
    assert len(wrong) > 25
    for each in wrong:
        yield from deviation(each.what, send(province, request, each), each.status, each.code)


def of_worthless_tokens(province: Province, request: Request) -> Iterator[str]:
    for authorization in (None, "", "Bearer", "Basic bGk6bGk=", "Token x"):
        answer = post(province, request, authorization)
        yield from deviation(f"Authorization: {authorization}", answer, 401, "token_missing")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    for what, authorization in Forger(province, request).worthless():
        answer = post(province, request, authorization)
        yield from deviation(what, answer, 401, "token_invalid")
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def of_wrong_offices_and_scopes(province: Province, request: Request) -> Iterator[str]:
    forger, scope = Forger(province, request), request.route.scope
    for office in {"surveyor", "reviewer", "operator", "follower", "clerk"} - {*request.route.offices}:
        answer = post(province, request, f"Bearer {forger.signed(office=office, scope=scope)}")
        yield from deviation(office, answer, 403, "office_not_allowed")
    for scopes in ("", "surveys.read", f"{scope}.more", scope.upper(), scope.replace(".", " ")):
        answer = post(province, request, f"Bearer {forger.signed(scope=scopes)}")
        yield from deviation(f"scope {scopes}", answer, 403, "scope_missing")


def of_other_regions(province: Province, request: Request) -> Iterator[str]:
    """Where the access table wants regions compared."""
    if request.route.region == "-":
        return
    for region in (ELSEWHERE, "520502", "520527", "510000", "000000", "99"):
        token = Forger(province, request).signed(region=region, org=f"office-{region}")
        answer = post(province, request, f"Bearer {token}")
        if request.route.is_batch and answer.status_code == 200:
            verdicts = {(each["status"], each["answer"]["code"]) for each in answer.json()["results"]}
            yield from [] if verdicts == {request.elsewhere} else [f"{region}: {verdicts}"]
        else:
            yield from deviation(region, answer, *request.elsewhere)


WRONGS: Final = (of_wrong_requests, of_worthless_tokens, of_wrong_offices_and_scopes, of_other_regions)


def test_whatever_is_wrong_is_refused_and_leaves_no_row(province: Province, request_of: Request) -> None:
    """The rows are counted once for all that is wrong with a route's requests: where one got in, its line says which.

    Then the same request with nothing wrong: so what was refused was refused for what was wrong with it.
    """
    with nothing_changes(province):
        found = [line for wrongs in WRONGS for line in wrongs(province, request_of)]
        assert found == [], "\n".join(found)
    answer = province.clients[request_of.route.service].post(
        request_of.path, content=request_of.content, headers=request_of.headers(province)
    )
    assert answer.status_code in (200, 201), answer.text
    if request_of.route.is_batch:
        assert {each["status"] for each in answer.json()["results"]} <= {200, 201}
