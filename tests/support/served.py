"""A service without a vault on a real PostgreSQL, called without a socket: for tests of routes and policies."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx
from draining import drain
from eventcore import migrations
from eventcore.database import Pool
from eventcore.inbox import Inbox
from eventcore.serving import Program, application, opened
from eventcore.settings import DEV_ISSUER
from eventcore.store import Store
from eventcore.web import Health
from eventcore.worker import works_of
from joserfc import jwt
from joserfc.jwk import OKPKey
from lb.access import scopes_of
from lb.local.blocking import run_apart
from lb.local.databases import FreshDatabases, with_database
from published import Published
from pydantic import SecretStr

ACCESS: Final = Path(__file__).parents[2] / "docs" / "access.csv"
REGION: Final = "520000"
AUDIENCE: Final = f"urn:labourbridge:{REGION}"
SIGNING: Final = OKPKey.generate_key("Ed25519", {"kid": "dev-served"})
KEY: Final = "46" * 32


@contextmanager
def migrated(program: Program[Any], fresh_databases: FreshDatabases) -> Iterator[str]:
    """The name of a database as `python -m <service> migrate` leaves it, for use as a template."""
    with fresh_databases() as make:
        owner = make()
        run_apart(lambda: _migrate(program, owner))
        yield _name(owner)


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _role(program: Program[Any]) -> str:
    return f"{program.service.name}_test_app"


async def _migrate(program: Program[Any], owner: str) -> None:
    connection = await asyncpg.connect(owner, timeout=5)
    with suppress(asyncpg.DuplicateObjectError):
        await connection.execute(f"create role {_role(program)} login")
    await connection.close()
    await asyncio.to_thread(migrations.upgrade, owner, program.service.migrations)
    await migrations.lay(owner, _role(program), program.service.views)


@dataclass(slots=True)
class Served:
    """The running service. `office`, `region` and `who` of a call are the caller's; scopes are the office's."""

    program: Program[Any]
    settings: Any
    store: Store
    client: httpx.AsyncClient
    _offsets: Iterator[int] = field(default_factory=count)

    @property
    def pool(self) -> Pool:
        return self.store.pool

    async def post(self, path: str, body: object = None, *, key: str | None = None, **caller: str) -> httpx.Response:
        """`await training.post("/v1/classes", {...}, office="institution", who="li", organisation="9152…")`"""
        headers = {"Idempotency-Key": key or str(uuid4()), **token_of(**caller)}
        return await self.client.post(path, json=body, headers=headers)

    async def get(self, path: str, parameters: Mapping[str, Any] | None = None, **caller: str) -> httpx.Response:
        """Without an office it is asked without a token."""
        headers = token_of(**caller) if "office" in caller else {}
        return await self.client.get(path, params=dict(parameters or {}), headers=headers)

    async def tell(self, *published: Published, said_in: str = "") -> None:
        """Takes facts of other services, or of another province, in, as from Kafka, and lets all readers catch up."""
        await self.hear(*published, said_in=said_in)
        await self.catch_up()

    async def hear(self, *published: Published, said_in: str = "") -> None:
        """Takes them in, and nobody has read them yet."""
        region = said_in or self.settings.region
        messages = [each.message(next(self._offsets), region) for each in published]
        await Inbox(self.pool, self.store.appended).receive(messages)

    async def catch_up(self) -> None:
        """All readers to the end of the log, until none has anything left to do."""
        works = self.program.works(self.settings, self.store)
        await drain(self.pool, *works, *works_of(self.program.service, self.store))


def token_of(
    *, office: str, who: str = "li", region: str = REGION, organisation: str = "", client: str = "office"
) -> dict[str, str]:
    """The header of a caller with all scopes that the access table gives the office."""
    now = int(time.time())
    claims = {
        "iss": DEV_ISSUER,
        "aud": AUDIENCE,
        "sub": who,
        "client_id": f"{client}-{region}",
        "org": organisation or f"hr-{region}",
        "office": office,
        "region": region,
        "scope": " ".join(scopes_of(ACCESS, office)),
        "iat": now,
        "exp": now + 600,
    }
    token = jwt.encode({"alg": "Ed25519", "kid": SIGNING.kid}, claims, SIGNING, algorithms=["Ed25519"])
    return {"Authorization": f"Bearer {token}"}


@asynccontextmanager
async def serving(
    program: Program[Any], owner: str, folder: Path, region: str = REGION, **further: object
) -> AsyncIterator[Served]:
    """The service of that province on the database of that owner. `further` are settings of its own; `folder` holds its
    secrets."""
    url = with_database(owner, _name(owner), user=_role(program))
    (folder / "fingerprint_key").write_text(KEY)
    (folder / "jwks.json").write_text(json.dumps({"keys": [SIGNING.as_dict(private=False)]}))
    settings = program.settings(
        env="test",
        region=region,
        database_url=SecretStr(url),
        jwks=str(folder / "jwks.json"),
        token_issuer=DEV_ISSUER,
        token_audience=AUDIENCE,
        secrets_dir=folder,
        access_table=ACCESS,
        **further,
    )
    async with opened(program, settings) as store:
        app: Any = await application(program, settings, store, Health())
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{program.service.name}") as client:
            yield Served(program, settings, store, client)
