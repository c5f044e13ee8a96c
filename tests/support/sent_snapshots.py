"""Sample files of source systems, sent as a clerk sends them; made-up people."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx
from registry.matching.comparison import comparisons

FILES: Final = Path(__file__).parents[2] / "services/registry/tests/fixtures/sources"
THREE: Final = comparisons()["three-systems"].sides
Clerk = Callable[..., dict[str, str]]


async def upload(
    client: httpx.AsyncClient, head: dict[str, str], source: str, data: bytes, as_of: str = "2026-10-08"
) -> httpx.Response:
    return await client.post(
        f"/v1/sources/{source}/snapshots?as_of={as_of}", content=data, headers={**head, "Content-Type": "text/csv"}
    )


def table(source: str) -> bytes:
    return (FILES / f"{source}.csv").read_bytes()


async def uploaded(client: httpx.AsyncClient, clerk: Clerk, **changed: bytes) -> dict[str, str]:
    """The snapshot of each of the three systems, by its id."""
    found: dict[str, str] = {}
    for source in THREE:
        answer = await upload(client, clerk(), source, changed.get(source.replace("-", "_"), table(source)))
        assert answer.status_code == 201, answer.text
        found[source] = answer.json()["snapshot"]
    return found
