"""Every POST of every service, with a body that would be accepted."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.conformance.conftest import CITY, COUNTY, Known
from tests.e2e.province import Province

_TABLE: Final = Path(__file__).parents[2] / "docs" / "access.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A row of the access table."""

    service: str
    path: str
    scope: str
    offices: tuple[str, ...]

    @property
    def office(self) -> str:
        """One that may."""
        return self.offices[0]

    @property
    def is_batch(self) -> bool:
        return self.path.endswith("-batches")


def posts() -> list[Route]:
    """All of them: a service does not start with a route that has no row."""
    with _TABLE.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "POST"]
    return [
        Route(service=row["service"], path=row["route"], scope=row["scope"], offices=tuple(row["office"].split()))
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What would be accepted, if it were sent."""

    route: Route
    path: str
    body: dict[str, Any] | None
    region: str
    """Where an office may send it from."""

    @property
    def content(self) -> bytes:
        """The body's bytes; none where the route takes none."""
        return json.dumps(self.body, ensure_ascii=False).encode() if self.body is not None else b""

    def headers(self, province: Province) -> dict[str, str]:
        """Of an office that may, with a new Idempotency-Key."""
        kind = {"Content-Type": "application/json"} if self.body is not None else {}
        return province.headers(self.route.office, self.region) | kind


def acceptable(route: Route, known: Known) -> Request:
    """KeyError for a route that nobody has given a body yet."""
    stranger, waiting = known.strangers[-1], known.surveys[-1 - posts().index(route)]
    bodies: dict[str, dict[str, Any] | None] = {
        "/v1/surveys": stranger.survey(),
        "/v1/survey-batches": {"surveys": [stranger.survey()]},
        "/v1/surveys/{survey}/approval": None,
        "/v1/surveys/{survey}/rejection": {"reason": "NO_EVIDENCE"},
        "/v1/surveys/{survey}/invalidation": {"reason": "OTHER_DATA"},
        "/v1/review-batches": {"reviews": [{"survey": waiting, "decision": "approve"}]},
        "/v1/surveys/{survey}/identity": {"purpose": "SURVEY_REVIEW"},
    }
    return Request(
        route=route,
        path=route.path.replace("{survey}", waiting),
        body=bodies[route.path],
        region=COUNTY if route.office == "surveyor" else CITY,
    )
