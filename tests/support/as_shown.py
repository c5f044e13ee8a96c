"""Sends a service what its page shows, one example after the other: what the page shows is accepted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final, Protocol

import httpx
import pytest
from eventcore.clock import CLOCK, LEGAL

WORKER: Final = "0190a1b2-0000-7000-8000-000000000001"
OTHER: Final = "0190a1b2-0000-7000-8000-000000000002"
THIRD: Final = "0190a1b2-0000-7000-8000-000000000003"
CLASS: Final = "0190a1b2-0000-7000-8000-0000000000c1"
OTHER_CLASS: Final = "0190a1b2-0000-7000-8000-0000000000c2"
_SCHEMAS: Final = "#/components/schemas/"


class Asked(Protocol):
    """A running service."""

    client: httpx.AsyncClient

    async def post(self, path: str, body: object = None, **caller: str) -> httpx.Response:
        """Whoever calls, with a key of its own."""


@dataclass(slots=True)
class AsShown:
    """`places`: parameter of paths -> what the page shows. `given`: what it shows -> what the service made instead."""

    service: Asked
    places: Mapping[str, str]
    given: dict[str, str] = field(default_factory=dict)
    _page: Any = None

    async def post(self, path: str, by: Mapping[str, str], **instead: str) -> dict[str, Any]:
        """The answer to this caller. `instead`: parameter of paths -> what is sent for what is shown, this once."""
        given = self.given | {self.places[name]: value for name, value in instead.items()}
        body = await self._body(path)
        place, content = (_said(text, given) for text in (path.format(**self.places), json.dumps(body)))
        response = await self.service.post(place, json.loads(content), **by)
        assert response.status_code in (200, 201), (path, response.text)
        answer: dict[str, Any] = response.json()
        assert all(each["status"] < 300 for each in answer.get("results", ())), (path, answer)
        return answer

    async def _body(self, path: str) -> Any:
        if self._page is None:
            self._page = (await self.service.client.get("/openapi.json")).json()
        asked = self._page["paths"][path]["post"].get("requestBody")
        if asked is None:
            return None
        name = asked["content"]["application/json"]["schema"]["$ref"].removeprefix(_SCHEMAS)
        return self._page["components"]["schemas"][name]["examples"][0]


def turn_to(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes it noon of that day."""
    noon = datetime.combine(day, time(12), LEGAL)
    monkeypatch.setattr(CLOCK, "offset", noon - datetime.now(LEGAL))


def _said(text: str, given: Mapping[str, str]) -> str:
    for shown in sorted(given, key=len, reverse=True):  # a day before its month
        text = text.replace(shown, given[shown])
    return text
