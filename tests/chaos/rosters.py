"""A clerk who sends rosters while processes are killed, each until it is taken, and reads the verdicts in the end."""

import asyncio
import csv
import io
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from lb.deployment import Deployment

from tests.chaos import people
from tests.chaos.evidence import Roster
from tests.chaos.plan import Plan
from tests.chaos.servers import token

CLERK: Final = "clerk-1"
IMPORTS: Final = "/v1/imports"
VERDICTS: Final = "/v1/imports/{id}/verdicts"
ROSTERS: Final = 6
LEAST: Final = 120
MOST: Final = 1_500
"""Rows of a roster: a service judges 500 at a time, 63 in a call."""
PAGE: Final = 500
FIRST: Final = 700_000
"""Persons from here on are in rosters only."""
PHONE: Final = "0851-82220000"
"""Of employers: a roster's telephone is looked at more closely than a survey's."""
_HEADER: Final = (
    *("name", "number", "phone", "household_region", "groups", "group_since", "surveyed_on", "channel"),
    *("capture_method", "employment_status", "employment_form", "work_region", "employer", "contact", "wishes"),
)


@dataclass(slots=True)
class Clerk:
    """`some_api`: address of one that may be killed just now."""

    plan: Plan
    deployment: Deployment
    some_api: Callable[[], str]
    taken: list[tuple[str, str, Sequence[str]]] = field(default_factory=list)
    """Key of the request, import, numbers in the order of the rows."""

    async def send(self) -> None:
        """One after another, over the whole time under load."""
        async with httpx.AsyncClient(timeout=4) as http:
            for n in range(ROSTERS):
                await asyncio.sleep(self.plan.load / (ROSTERS + 1))
                await self._send(http, n)

    async def _send(self, http: httpx.AsyncClient, n: int) -> None:
        """Until it is taken: what is unknown is sent again under the same key."""
        persons = range(FIRST + n * MOST, FIRST + n * MOST + self.rows(n))
        data, key = self._file(persons), f"{self.plan.seed}-roster-{n}"
        headers = self._headers("POST", IMPORTS) | {"Idempotency-Key": key, "Content-Type": "text/csv"}
        for attempt in itertools.count():
            try:
                answer = await http.post(f"{self.some_api()}{IMPORTS}", content=data, headers=headers)
            except httpx.HTTPError:
                answer = httpx.Response(503)
            if answer.status_code < 500:
                break
            await asyncio.sleep(min(1.0, 0.05 * 2**attempt))
        self.taken.append((key, answer.raise_for_status().json()["import"], [people.number(each) for each in persons]))

    def rows(self, n: int) -> int:
        """How many the roster has: most have few."""
        return int(LEAST * math.pow(MOST / LEAST, self.plan.dice(f"rows of roster {n}").random()))

    def _file(self, persons: Sequence[int]) -> bytes:
        dice, text = self.plan.dice(f"roster {persons[0]}"), io.StringIO()
        writer = csv.writer(text)
        writer.writerow(_HEADER)
        for person in persons:
            said = people.body(person, dice)
            work = said["employment"]
            groups = "、".join(each["group"] for each in said["groups"])
            told = (work.get(name, "") for name in ("status", "form", "region", "employer"))
            writer.writerow(
                (
                    *(said[name] for name in ("name", "number", "phone", "household_region")),
                    *(groups, "2024-01-01", said["surveyed_on"], said["channel"], said["capture_method"]),
                    *(*told, PHONE if "form" in work else "", "、".join(work.get("wishes", ()))),
                )
            )
        return text.getvalue().encode()

    async def read(self, url: str) -> list[Roster]:
        """Every roster with the verdicts that this address answers."""
        async with httpx.AsyncClient(timeout=20, headers=self._headers("GET", VERDICTS)) as http:
            return [
                Roster(
                    key=key, import_=import_, clerk=CLERK, numbers=numbers, verdicts=await _verdicts(http, url, import_)
                )
                for key, import_, numbers in self.taken
            ]

    def _headers(self, method: str, route: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token(self.deployment, 'registry', method, route, CLERK)}"}


async def _verdicts(http: httpx.AsyncClient, url: str, import_: str) -> Sequence[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        asked: dict[str, str | int] = {"limit": PAGE, "cursor": cursor}
        answer = await http.get(f"{url}{VERDICTS.replace('{id}', import_)}", params=asked)
        page = answer.raise_for_status().json()
        found, cursor = [*found, *page["verdicts"]], page["next"]
    return found
