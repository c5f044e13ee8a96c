"""An office that sends rosters, as a program does it, and what it asks of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
from made_rosters import CSV

Headers = Callable[..., dict[str, str]]
CatchUp = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Clerk:
    """`catch_up` lets the readers read to the end of the log."""

    client: httpx.AsyncClient
    headers: Headers
    catch_up: CatchUp
    region: str = "520526"

    async def send(self, data: bytes, *, key: str | None = None, kind: str = CSV, **query: str) -> httpx.Response:
        headers = self.headers("zhang", region=self.region, office="clerk", key=key) | {"Content-Type": kind}
        return await self.client.post("/v1/imports", content=data, headers=headers, params=query)

    async def get(self, path: str, **query: str | int) -> httpx.Response:
        headers = self.headers("zhang", region=self.region, office="clerk")
        return await self.client.get(path, headers=headers, params=query)

    async def imported(self, data: bytes, **query: str) -> dict[str, Any]:
        """The import with all its verdicts."""
        sent = await self.send(data, **query)
        assert sent.status_code == 202, sent.text
        await self.catch_up()
        found = await self.get(sent.headers["location"])
        body: dict[str, Any] = found.json()
        assert body["state"] == "complete", found.text
        return body

    async def verdicts(self, key: str, **query: str | int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            asked = query | ({"cursor": cursor} if cursor else {})
            page = (await self.get(f"/v1/imports/{key}/verdicts", **asked)).json()
            found += page["verdicts"]
            cursor = page["next"]
        return found


def counts(**named: object) -> dict[str, Any]:
    """The verdicts of an import."""
    return {"recorded": 0, "again": 0, "unchanged": 0, "refused": {}} | named
