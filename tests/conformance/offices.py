"""What offices of a service do to prepare, in a few words, and how it is said what a route would accept."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypedDict, Unpack

from tests.conformance.preparing import CITY
from tests.conformance.routes import Request, Route, posts
from tests.e2e.province import Province, today

STARTS: Final = today() - timedelta(days=60)
"""First day of classes and first day on which accreditations and scopes hold."""


class Who(TypedDict, total=False):
    """Who acts: an office, of the city where nothing else is said."""

    office: str
    region: str
    subject: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the province."""

    province: Province
    name: str

    def do(self, path: str, body: Any = None, **who: Unpack[Who]) -> Any:
        """What is answered to a command that is taken."""
        headers = self._headers(**who) | {"Idempotency-Key": str(uuid.uuid4())}
        answer = self.province.clients[self.name].post(path, json=body, headers=headers)
        assert answer.status_code in (200, 201), (path, answer.text)
        results = answer.json().get("results", [])
        assert {each["status"] for each in results} <= {200, 201}, results
        return answer.json()

    def get(self, path: str, **who: Unpack[Who]) -> Any:
        answer = self.province.clients[self.name].get(path, headers=self._headers(**who))
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def _headers(self, **who: Unpack[Who]) -> dict[str, str]:
        named = Who(**{"region": CITY, **who})
        return {"Authorization": f"Bearer {self.province.token(**named)}"}

    def asker(self) -> "Asker":
        return Asker({route.path: route for route in posts(self.name)})


@dataclass(frozen=True, slots=True)
class Asker:
    """Says what would be accepted, by the path as it stands in the access table."""

    routes: Mapping[str, Route]

    def __call__(self, path: str, body: dict[str, Any] | None = None, *places: str, **more: Any) -> Request:
        """`places`: ids for the path's parameters, in their order."""
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        named = dict(zip(names, places, strict=True))
        return Request(route=self.routes[path], places=named, body=body, **{"region": CITY, **more})
