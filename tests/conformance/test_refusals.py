"""Nothing wrong gets in: a clear refusal with a stable code, and not a row more in any table."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, Final

import httpx
import pytest

from tests.conformance.acceptable import acceptable
from tests.conformance.conftest import ELSEWHERE, Known
from tests.conformance.corpus import Wrong, wrong_requests
from tests.conformance.counting import nothing_changes
from tests.conformance.routes import SERVICES, Request, Route, posts
from tests.conformance.tokens import Forger
from tests.e2e.province import Province

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

CHUNK: Final = 65_536
SECOND: Final = 1
"""Another turn than that of the documents' examples."""


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
    headers = request.headers(province) | {"Authorization": authorization}
    client = province.clients[request.route.service]
    raw = [(name.encode(), value.encode()) for name, value in headers.items() if value is not None]
    return client.post(request.path, content=request.content, headers=raw)


def of_wrong_requests(province: Province, request: Request) -> Iterator[str]:
    wrong = wrong_requests(request)
    assert len(wrong) > 25
    for each in wrong:
        yield from deviation(each.what, send(province, request, each), each.status, each.code)


def of_missing_tokens(province: Province, request: Request) -> Iterator[str]:
    for authorization in (None, "", "Bearer", "Basic bGk6bGk=", "Token x"):
        answer = post(province, request, authorization)
        yield from deviation(f"Authorization: {authorization}", answer, 401, "token_missing")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def of_worthless_tokens(province: Province, request: Request, most: int | None = None) -> Iterator[str]:
    for what, authorization in islice(Forger(province, request).worthless(), most):
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
    for region in OTHER_REGIONS[request.route.region]:
        token = Forger(province, request).signed(region=region, org=f"office-{region}")
        answer = post(province, request, f"Bearer {token}")
        if answer.status_code == 200 and (verdicts := verdicts_of(answer.json())):
            yield from [] if verdicts == {request.elsewhere} else [f"{region}: {verdicts}"]
        else:
            yield from deviation(region, answer, *request.elsewhere)


def verdicts_of(answer: Mapping[str, Any]) -> set[tuple[int, str]]:
    """Of a batch, or of the payees that are asked for: to them the region is a reason why they are not shown."""
    found = {(each["status"], each["answer"]["code"]) for each in answer.get("results", [])}
    return found | {(403, str(each["reason"])) for each in answer.get("payees", [])}


ABROAD: Final = ("510000", "000000", "99")
OTHER_REGIONS: Final = {"own": (ELSEWHERE, "520502", "520527", *ABROAD), "province": ABROAD, "any": (), "-": ()}
A_FEW: Final = 2


def wrongs(province: Province, request: Request, *, all_tokens: bool) -> list[str]:
    """What is not as it should be with one route. Every route has the same guard, whose every case is tried on one
    route of a service; a few cases show that the others have it."""
    found = [*of_wrong_requests(province, request)]
    if not request.route.is_open:
        found += of_missing_tokens(province, request)
        found += of_worthless_tokens(province, request, None if all_tokens else A_FEW)
        found += of_wrong_offices_and_scopes(province, request)
        found += of_other_regions(province, request)
    return [f"{request.route.label}: {line}" for line in found]


def of_service(province: Province, requests: Iterable[Request]) -> list[str]:
    return [line for n, request in enumerate(requests) for line in wrongs(province, request, all_tokens=n == 0)]


def test_whatever_is_wrong_is_refused_and_leaves_no_row(province: Province, known: Known) -> None:
    """The services are asked at the same time. The rows are counted once for all that is wrong with all requests: where
    one got in, its line says which."""
    requests = [[acceptable(route, known, SECOND) for route in posts(service)] for service in SERVICES]
    with nothing_changes(province), ThreadPoolExecutor(len(SERVICES)) as pool:
        found = [line for lines in pool.map(lambda each: of_service(province, each), requests) for line in lines]
        assert found == [], "\n".join(found)


@pytest.mark.parametrize("route", posts(), ids=lambda route: f"{route.service} {route.path}")
def test_what_has_nothing_wrong_is_accepted(province: Province, known: Known, route: Route) -> None:
    """So what was refused was refused for what was wrong with it."""
    request = acceptable(route, known, SECOND)
    province.settle()
    answer = province.clients[route.service].post(
        request.path, content=request.content, headers=request.headers(province)
    )
    if request.refused:
        assert (answer.status_code, answer.json()["code"]) == (409, request.refused)
        return
    assert answer.status_code in (200, 201), answer.text
    if route.is_batch:
        assert {each["status"] for each in answer.json()["results"]} <= {200, 201}
