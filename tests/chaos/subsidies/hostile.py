"""The way between offices and services in a crash run: whatever is sent goes to some process of the service, again
until the answer is definite; some of it twice, some of it over a line that loses the answer."""

import asyncio
import base64
import csv
import itertools
import json
import random
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import httpx

from tests.chaos.callers import LONGEST, TIMEOUT, Way
from tests.chaos.history import CONTENDED, History, Request, Told
from tests.chaos.trial import CUT

TWICE: Final = 0.08
"""Requests that are sent twice at the same time under one key; so many more come once more afterwards."""
_TIMES: Final = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT)


class Hostile(httpx.AsyncBaseTransport):
    """`ways`: processes by the port that a request is meant for; `lines`: those that cut, likewise."""

    def __init__(
        self,
        history: History,
        ways: Mapping[int, Sequence[Way]],
        lines: Mapping[int, Way],
        routes: "Routes",
        dice: random.Random,
    ) -> None:
        self._history, self._ways, self._lines, self._routes, self._dice = history, ways, lines, routes, dice
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self._numbers = itertools.count(1)
        self.unsettled = 0
        """Requests whose outcome is not known yet."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        if request.method == "GET":
            return await self._read(request)
        throw = self._dice.random()
        if throw < TWICE:
            first, _ = await asyncio.gather(self._ask(request), self._ask(request))
            return first
        answer = await self._ask(request)
        if throw < 2 * TWICE:
            await self._ask(request)
        return answer

    async def _read(self, request: httpx.Request) -> httpx.Response:
        """What is only read may be asked for without end."""
        for attempt in itertools.count(1):
            answer = await self._sent(request, self._way(request))
            if isinstance(answer, httpx.Response) and answer.status_code < 500:
                return answer
            await self._pause(attempt)
        raise AssertionError

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        noted = self._noted(request)
        self.unsettled += 1
        for attempt in itertools.count(1):
            way = self._way(request)
            self._history.sends(noted, attempt, way.name)
            began = time.monotonic()
            answer = await self._sent(request, way)
            told = _told(noted, attempt, way, answer, time.monotonic() - began)
            self._history.told(told)
            if told.definite and isinstance(answer, httpx.Response):
                self.unsettled -= 1
                return answer
            await self._pause(attempt)
        raise AssertionError

    def _noted(self, request: httpx.Request) -> Request:
        claims = _claims(request.headers["Authorization"])
        return Request(
            n=next(self._numbers),
            kind=self._routes.service(request),
            client=claims["client_id"],
            subject=claims["sub"],
            route=self._routes.of(request),
            path=request.url.path,
            key=request.headers["Idempotency-Key"],
            body=json.loads(request.content) if request.content else None,
        )

    def _way(self, request: httpx.Request) -> Way:
        port = request.url.port or 0
        if request.method != "GET" and self._dice.random() < CUT:
            return self._lines[port]
        return self._dice.choice(self._ways[port])

    async def _sent(self, request: httpx.Request, way: Way) -> httpx.Response | httpx.TransportError:
        there = httpx.URL(way.url)
        url = request.url.copy_with(host=there.host, port=there.port)
        again = httpx.Request(
            request.method, url, headers=request.headers, content=request.content, extensions={"timeout": _TIMES}
        )
        try:
            answer = await self._inner.handle_async_request(again)
            await answer.aread()
        except httpx.TransportError as error:
            return error
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    async def _pause(self, attempt: int) -> None:
        await asyncio.sleep(min(LONGEST, 0.05 * 2 ** min(attempt, 10)) * self._dice.uniform(0.5, 1))

    async def aclose(self) -> None:
        await self._inner.aclose()


class Routes:
    """The routes of the access table: which one a request is for. `services`: by port, perhaps with a region behind."""

    def __init__(self, table: Path, services: Mapping[int, str]) -> None:
        self._services = services
        with table.open(newline="", encoding="utf-8") as file:
            rows = [(row["service"], row["method"], row["route"]) for row in csv.DictReader(file)]
        self._known = [
            (service, method, route, re.compile(re.sub(r"{\w+}", "[^/]+", route))) for service, method, route in rows
        ]

    def service(self, request: httpx.Request) -> str:
        """Which one is asked."""
        return self._services[request.url.port or 0]

    def of(self, request: httpx.Request) -> str:
        """LookupError: there is none."""
        wanted = (self.service(request).partition("-")[0], request.method)
        for service, method, route, shape in self._known:
            if (service, method) == wanted and shape.fullmatch(request.url.path):
                return route
        raise LookupError(request.url.path)


def _claims(authorization: str) -> Mapping[str, Any]:
    part = authorization.split(".")[1]
    found: Mapping[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def _status(answer: httpx.Response) -> int:
    """A batch of which an item could not be carried out is as good as not answered: it is sent again."""
    if answer.status_code != httpx.codes.OK:
        return answer.status_code
    results = answer.json().get("results", ())
    unknown = [each for each in results if each["status"] >= 500 or each["answer"].get("code") == CONTENDED]
    return httpx.codes.SERVICE_UNAVAILABLE if unknown else answer.status_code


def _told(
    noted: Request, attempt: int, way: Way, answer: httpx.Response | httpx.TransportError, seconds: float
) -> Told:
    status, body, replayed = 0, type(answer).__name__, False
    if isinstance(answer, httpx.Response):
        status, body, replayed = _status(answer), answer.text, "idempotent-replayed" in answer.headers
    return Told(
        n=noted.n,
        attempt=attempt,
        via=way.name,
        status=status,
        body=body,
        replayed=replayed,
        seconds=round(seconds, 4),
    )
