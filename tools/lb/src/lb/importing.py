"""Sends rosters to a registry and follows them, as any other system would: through REST."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from lb.problems import Problem

PAUSE: Final = 0.2
TRIES: Final = 20
PATIENCE: Final = 60.0
WORDS: Final = ("recorded", "again", "unchanged", "refused")
ENDED: Final = ("complete", "failed", "expired")
KINDS: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".csv": "text/csv",
}

Advance = Callable[[int, int], None]
"""(rows judged, rows in all)."""


@dataclass(frozen=True, slots=True)
class Importer:
    """An office that sends rosters: the registry's address, and the headers that say who it is."""

    registry: str
    client: httpx.AsyncClient
    headers: Mapping[str, str] = field(repr=False)

    async def send(self, file: Path, defaults: Mapping[str, str]) -> str:
        """The id of the import. The same key goes with every try, so that a lost answer sends nothing twice. Problem
        where the registry does not take the file."""
        data = await asyncio.to_thread(file.read_bytes)
        kind = KINDS.get(file.suffix.lower(), "application/octet-stream")
        headers = {**self.headers, "Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}
        answer = await self._asked("POST", "/v1/imports", params=dict(defaults), content=data, headers=headers)
        if answer.status_code not in (httpx.codes.ACCEPTED, httpx.codes.OK):
            raise Problem(f"{file.name} was not taken: {_said(answer)}", do="Mend the file and send it again.")
        key: str = answer.json()["import"]
        return key

    async def follow(self, key: str, advance: Advance = lambda _, __: None) -> dict[str, Any]:
        """The import once every row has its verdict. Problem where it stopped."""
        while True:
            found: dict[str, Any] = (await self._read(f"/v1/imports/{key}")).json()
            advance(found["judged"], found["rows"] or 0)
            if found["state"] in ENDED:
                return found
            if found["state"] == "stopped":
                raise Problem(f"Import {key} stopped.", do="See docs/runbooks/an-import-failed.md.")
            await asyncio.sleep(PAUSE)

    async def verdicts(self, key: str, verdict: str | None = None) -> AsyncIterator[dict[str, Any]]:
        """What became of each row, in the order of the file; one kind only where it is named."""
        wanted = {"limit": "500"} | ({"verdict": verdict} if verdict else {})
        cursor: str | None = ""
        while cursor is not None:
            page = (
                await self._read(f"/v1/imports/{key}/verdicts", wanted | ({"cursor": cursor} if cursor else {}))
            ).json()
            for each in page["verdicts"]:
                yield each
            cursor = page["next"]

    async def workbook(self, key: str) -> bytes:
        """The office's own rows with the reasons, to be corrected; the registry records who read them."""
        return (await self._read(f"/v1/imports/{key}/workbook", {"purpose": "ROSTER_CORRECTION"})).content

    async def _read(self, path: str, parameters: Mapping[str, str] | None = None) -> httpx.Response:
        answer = await self._asked("GET", path, params=dict(parameters or {}), headers=dict(self.headers))
        if answer.status_code != httpx.codes.OK:
            raise Problem(f"{path} answers {_said(answer)}.", do="Look at the log of the registry: lb status names it.")
        return answer

    async def _asked(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Again while the registry is away or busy."""
        for attempt in range(TRIES):
            try:
                answer = await self.client.request(method, f"{self.registry}{path}", timeout=PATIENCE, **request)
                if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    return answer
            except httpx.TransportError:
                pass
            await asyncio.sleep(min(0.1 * 2**attempt, 2))
        raise Problem(f"{self.registry}{path} does not answer.", do="Look at the log: lb status names it.")


def _said(answer: httpx.Response) -> str:
    """The problem in words, with what it is about."""
    try:
        problem = answer.json()
        about = ", ".join(f"{each['field']}: {each['code']}" for each in problem.get("errors", ()))
        return f"{problem['title']} ({problem['code']}{'; ' if about else ''}{about})"
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
