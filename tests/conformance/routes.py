"""Every POST of every service, as the access table has it."""

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from lb.tokens import Bearer, sign_token

from tests.e2e.province import Province

_TABLE: Final = Path(__file__).parents[2] / "docs" / "access.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A row of the access table."""

    service: str
    path: str
    scope: str
    offices: tuple[str, ...]
    region: str

    @property
    def office(self) -> str:
        """One that may."""
        return self.offices[0]

    @property
    def label(self) -> str:
        return f"POST {self.path}"

    @property
    def is_batch(self) -> bool:
        return self.path in BATCHES


UPLOADS: Final = ("/v1/imports", "/v1/sources/{source}/snapshots")
"""Their body is a file, which tests of the rosters and of the snapshots spoil in their own ways."""
BATCHES: Final = ("/v1/survey-batches", "/v1/review-batches", "/v1/sources/{source}/surveys")
"""Each item has a verdict of its own."""


def posts() -> list[Route]:
    """All whose body is JSON or none: a service does not start with a route that has no row."""
    with _TABLE.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "POST" and row["route"] not in UPLOADS]
    return [
        Route(
            service=row["service"],
            path=row["route"],
            scope=row["scope"],
            offices=tuple(row["office"].split()),
            region=row["region"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What would be accepted, if it were sent."""

    route: Route
    places: dict[str, str]
    """Path parameter -> an id that leads somewhere."""
    body: dict[str, Any] | None
    region: str
    """Where an office may send it from."""
    subject: str = ""
    """Who alone may send it; empty: anybody of the office."""
    lenient: bool = False
    """The body is a message of somebody else's making: unknown members are passed by."""
    malformed: str = "request_invalid"
    """Code for a body of the wrong shape."""
    elsewhere: tuple[int, str] = (403, "region_not_yours")
    """What an office of another region is answered."""
    nobody: tuple[int, str] = (404, "not_found")
    """What is answered about an id that nothing has."""

    @property
    def path(self) -> str:
        return self.route.path.format(**self.places)

    @property
    def content(self) -> bytes:
        """The body's bytes; none where the route takes none."""
        return json.dumps(self.body, ensure_ascii=False).encode() if self.body is not None else b""

    def bearer(self, province: Province) -> Bearer:
        """Somebody who may."""
        bearer = province.bearer(self.route.office, self.region)
        return replace(bearer, subject=self.subject) if self.subject else bearer

    def headers(self, province: Province) -> dict[str, str]:
        """Of an office that may, with a new Idempotency-Key."""
        kind = {"Content-Type": "application/json"} if self.body is not None else {}
        own = {"Authorization": f"Bearer {sign_token(province.deployment, self.bearer(province))}"}
        return province.headers(self.route.office, self.region) | (own if self.subject else {}) | kind
