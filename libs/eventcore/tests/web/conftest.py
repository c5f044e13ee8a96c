"""The notes service on a real PostgreSQL, called without a socket."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from eventcore.store import Store
from fastapi import FastAPI
from notes_service import notes_app, settings, token

Headers = Callable[..., dict[str, str]]


@pytest.fixture
def app(store: Store, tmp_path: Path) -> FastAPI:
    return notes_app(store, settings(tmp_path))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://notes") as client:
        yield client


@pytest.fixture
def headers() -> Headers:
    """Headers of a fresh command: `headers(key="k", office="reviewer")`."""

    def of(key: str | None = None, **claims: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {token(**claims)}", "Idempotency-Key": key or str(uuid4())}

    return of
