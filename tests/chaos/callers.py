"""Offices that call the registry: every request is sent again with its key until its answer is definite."""

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.chaos.history import History, Request, Told

TIMEOUT: Final = 4.0
LONGEST: Final = 1.0
"""Seconds until an unknown outcome is asked for again, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How to get to a server: by which name it is noted, and its address."""

    name: str
    url: str


class Caller:
    """Sends requests; every one and every answer is in the history first."""

    def __init__(
        self, history: History, ways: Callable[[random.Random], Way], tokens: Mapping[tuple[str, str], str]
    ) -> None:
        self._history, self._ways, self._tokens = history, ways, tokens
        self._http = httpx.AsyncClient(timeout=TIMEOUT, limits=httpx.Limits(max_keepalive_connections=0))
        self._numbers = itertools.count(1)
        self.unsettled = 0
        """Requests whose outcome is not known yet."""

    def request(
        self, kind: str, subject: str, route: str, *, key: str, survey: str = "", body: Mapping[str, Any] | None = None
    ) -> Request:
        client = subject.partition("-")[0]
        path = route.replace("{survey}", survey)
        return Request(
            n=next(self._numbers), kind=kind, client=client, subject=subject, route=route, path=path, key=key, body=body
        )

    async def ask(self, request: Request, dice: random.Random) -> Told:
        """The definite answer. Cancelled where none comes."""
        self.unsettled += 1
        for attempt in itertools.count(1):
            way = self._ways(dice)
            self._history.sends(request, attempt, way.name)
            told = await self._once(request, attempt, way)
            self._history.told(told)
            if told.definite:
                self.unsettled -= 1
                return told
            await asyncio.sleep(min(LONGEST, 0.05 * 2**attempt) * dice.uniform(0.5, 1))
        raise AssertionError

    async def _once(self, request: Request, attempt: int, way: Way) -> Told:
        token = self._tokens[request.subject, request.route]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": request.key}
        began, status, body, replayed = time.monotonic(), 0, "", False
        try:
            answer = await self._http.post(f"{way.url}{request.path}", json=request.body, headers=headers)
            status, body = answer.status_code, answer.text
            replayed = "idempotent-replayed" in answer.headers
        except httpx.HTTPError as error:
            body = type(error).__name__
        return Told(
            n=request.n,
            attempt=attempt,
            via=way.name,
            status=status,
            body=body,
            replayed=replayed,
            seconds=round(time.monotonic() - began, 4),
        )

    async def close(self) -> None:
        await self._http.aclose()
