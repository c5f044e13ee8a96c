"""Every POST of every service, as the access table has it."""

import csv
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import lb.topology
from lb.tokens import Bearer

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
    def is_open(self) -> bool:
        """Whether anybody may ask, without a token."""
        return self.scope == "-"

    @property
    def is_batch(self) -> bool:
        return self.path in BATCHES


UPLOADS: Final = ("/v1/imports", "/v1/sources/{source}/snapshots", "/v1/assessments/{assessment}/score-files")
"""Their body is a file, which tests of the rosters, the snapshots and the scores spoil in their own ways."""
BATCHES: Final = (
    "/v1/survey-batches",
    "/v1/review-batches",
    "/v1/bank-account-batches",
    "/v1/group-batches",
    "/v1/wish-batches",
    "/v1/eligibility-batches",
    "/v1/designation-batches",
    "/v1/sources/{source}/surveys",
    "/v1/choice-batches",
    "/v1/classes/{training_class}/enrolment-rounds",
    "/v1/student-check-batches",
    "/v1/assessments/{assessment}/candidates",
    "/v1/assessments/{assessment}/scores",
    "/v1/decision-batches",
    "/v1/payment-renewal-batches",
    "/v1/month-batches",
)
"""Each item has a verdict of its own."""
SERVICES: Final = tuple(service.name for service in lb.topology.SERVICES)
Refusal: TypeAlias = tuple[int, str]
"""Status and code."""


def posts(*services: str) -> list[Route]:
    """All, or those of some services, whose body is JSON or none: a service does not start with a route that has no
    row."""
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
        if not services or row["service"] in services
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
    office: str = ""
    """Which one; empty: the first that the table names."""
    organisation: str = ""
    """Of which organisation; empty: an office of the region."""
    subject: str = ""
    """Who alone may send it; empty: anybody of the office."""
    lenient: bool = False
    """The body is a message of somebody else's making: unknown members are passed by."""
    sparse: bool = False
    """No field has to be there."""
    malformed: str = "request_invalid"
    """Code for a body of the wrong shape."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Fields whose text has rules of its own -> code where it keeps to none of them."""
    elsewhere: Refusal = (403, "region_not_yours")
    """What an office of another region is answered."""
    strange: Refusal | None = (422, "request_invalid")
    """What is answered about an id that looks like none; None: any word may be one."""
    nobody: Refusal | None = (404, "not_found")
    """What is answered about an id that nothing has; None: nobody is told that."""
    refused: str = ""
    """What the rules say where nothing is wrong with it, but a new province has nothing to do it with."""

    @property
    def path(self) -> str:
        return self.route.path.format(**self.places)

    @property
    def content(self) -> bytes:
        """The body's bytes; none where the route takes none."""
        return json.dumps(self.body, ensure_ascii=False).encode() if self.body is not None else b""

    def bearer(self, province: Province) -> Bearer:
        """Somebody who may."""
        return province.bearer(**self._who)

    def headers(self, province: Province) -> dict[str, str]:
        """Of somebody who may, with a new Idempotency-Key."""
        kind = {"Content-Type": "application/json"} if self.body is not None else {}
        who = {} if self.route.is_open else {"Authorization": f"Bearer {self.token(province)}"}
        return {"Idempotency-Key": str(uuid.uuid4())} | who | kind

    def token(self, province: Province) -> str:
        return province.token(**self._who)

    @property
    def _who(self) -> dict[str, str]:
        office = self.office or self.route.office
        return {"office": office, "region": self.region, "subject": self.subject, "organisation": self.organisation}
