"""Reporting on a real PostgreSQL, migrated as in production, fed with the registry's messages, asked over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from eventcore import migrations
from eventcore.database import Pool, connect
from eventcore.inbox import Inbox
from eventcore.readers.lease import Leases
from eventcore.readers.loop import follow
from eventcore.readers.tail import Tail
from eventcore.readers.view import ViewWork
from eventcore.serving import application
from eventcore.settings import DEV_ISSUER
from eventcore.store import Store
from eventcore.web import Health
from following import soon
from lb.local.blocking import run_apart
from lb.local.databases import FreshDatabases, MakeDatabase, with_database
from notes_service import AUDIENCE, KEY, token
from published import Published, Told
from pydantic import SecretStr
from reporting.app import PROGRAM, SERVICE
from reporting.settings import ReportingSettings

APP = "reporting_app"
ACCESS = """service,method,route,scope,office,region
reporting,GET,/livez,-,-,-
reporting,GET,/readyz,-,-,-
reporting,GET,/metrics,-,-,-
reporting,GET,/v1/operations,reporting.operate,operator,-
reporting,GET,/v1/funnel,reporting.read,-,own
reporting,GET,/v1/flows,reporting.read,-,own
reporting,GET,/v1/employment,reporting.read,-,own
reporting,GET,/v1/money,reporting.read,-,own
reporting,GET,/v1/reports,reporting.read,-,own
reporting,POST,/v1/reports,reports.freeze,reporter,own
reporting,GET,/v1/reports/{report},reporting.read,-,own
reporting,GET,/v1/reports/{report}/workbook,reporting.read,-,own
reporting,POST,/v1/reports/{report}/restatements,reports.freeze,reporter,own
reporting,GET,/v1/reports/{report}/restatements/{restatement},reports.differences,reporter,own
reporting,GET,/v1/report-deadlines,reporting.read,-,own
reporting,GET,/v1/report-keys,-,-,-
reporting,GET,/v1/report-verifications,reporting.read,-,-
reporting,GET,/v1/workers/{worker}/journey,reporting.journey,reviewer,own
"""

Ask = Callable[..., Awaitable[httpx.Response]]
REPORTER = {"office": "reporter", "scope": "reporting.read reports.freeze reports.differences"}


@pytest.fixture(scope="session")
def reporting_template(fresh_databases: FreshDatabases) -> Iterator[str]:
    """The name of a database as `migrate` leaves it."""
    with fresh_databases() as make:
        owner = make()
        run_apart(lambda: _migrated(owner))
        yield urlsplit(owner).path.lstrip("/")


async def _migrated(owner: str) -> None:
    connection = await asyncpg.connect(owner, timeout=5)
    with suppress(asyncpg.DuplicateObjectError):
        await connection.execute(f"create role {APP} login")
    await connection.close()
    await asyncio.to_thread(migrations.upgrade, owner, SERVICE.migrations)
    await migrations.lay(owner, APP, SERVICE.views)


@pytest.fixture
def owner_url(reporting_template: str, postgres_database: MakeDatabase) -> str:
    return postgres_database(template=reporting_template)


@pytest.fixture
def app_url(owner_url: str) -> str:
    return with_database(owner_url, urlsplit(owner_url).path.lstrip("/"), user=APP)


@pytest.fixture
async def pool(app_url: str) -> AsyncIterator[Pool]:
    pool = await connect(app_url)
    yield pool
    await pool.close()


@pytest.fixture
async def owner_pool(owner_url: str) -> AsyncIterator[Pool]:
    pool = await connect(owner_url)
    yield pool
    await pool.close()


@pytest.fixture
async def store(pool: Pool) -> Store:
    return Store(pool)


@pytest.fixture
async def told(store: Store, app_url: str) -> AsyncIterator[Told]:
    """With the views' readers running, as in a worker."""
    leases, offsets = Leases(app_url), count()
    works = [ViewWork(store.pool, view, SERVICE.pages_of(store.pool, view)) for view in SERVICE.views]
    tail = Tail(store.pool, store.appended)
    parts = [tail.keep(), *(follow(store.pool, work, leases, tail) for work in works)]
    following = [asyncio.create_task(part) for part in parts]
    inbox = Inbox(store.pool, store.appended)

    async def tell(*published: Published, shown: bool = True) -> None:
        await inbox.receive([each.message(next(offsets)) for each in published])
        if shown:
            await soon(lambda: _all_shown(store.pool))

    yield tell
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    await leases.close()


async def _all_shown(pool: Pool) -> bool:
    return bool(await pool.fetchval("select bool_and(c.position = l.pos) from log.checkpoints c, log.last() l"))


@pytest.fixture
def settings(app_url: str, tmp_path: Path) -> ReportingSettings:
    (tmp_path / "fingerprint_key").write_text("ab" * 32)
    (tmp_path / "report_keys").write_text("cd" * 32)
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    (tmp_path / "access.csv").write_text(ACCESS, encoding="utf-8")
    return ReportingSettings(
        env="test",
        region="520000",
        database_url=SecretStr(app_url),
        jwks=str(tmp_path / "jwks.json"),
        token_issuer=DEV_ISSUER,
        token_audience=AUDIENCE,
        secrets_dir=tmp_path,
        access_table=tmp_path / "access.csv",
    )


@pytest.fixture
async def client(store: Store, settings: ReportingSettings) -> AsyncIterator[httpx.AsyncClient]:
    app: Any = await application(PROGRAM, settings, store, Health())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://reporting") as client:
        yield client


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    """`ask("/v1/funnel", region="520000", caller={"region": "520526"})`: by a provincial office where nothing else is
    said."""

    def get(path: str, caller: dict[str, Any] | None = None, **parameters: Any) -> Awaitable[httpx.Response]:
        claims = {"office": "reviewer", "region": "520000", "scope": "reporting.read reporting.journey"}
        headers = {"Authorization": f"Bearer {token(**(claims | (caller or {})))}"}
        return client.get(path, params=parameters, headers=headers)

    return get


@pytest.fixture
def send(client: httpx.AsyncClient) -> Ask:
    """`send("/v1/reports", {...})`: by a provincial reporter where nothing else is said."""
    keys = count()

    def post(
        path: str, body: object = None, caller: dict[str, Any] | None = None, key: str = ""
    ) -> Awaitable[httpx.Response]:
        claims = {"region": "520000", **REPORTER, **(caller or {})}
        headers = {
            "Authorization": f"Bearer {token(**claims)}",
            "Idempotency-Key": key or f"key-{next(keys)}",
        }
        return client.post(path, json=body, headers=headers)

    return post
