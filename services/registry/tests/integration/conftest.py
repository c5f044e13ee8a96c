"""A whole registry on a real PostgreSQL: log and key database by their migrations, called without a socket."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx
import pytest
from draining import drain
from eventcore import migrations
from eventcore.database import Pool, connect
from eventcore.serving import application
from eventcore.settings import DEV_ISSUER
from eventcore.store import Store
from eventcore.web import Health
from eventcore.worker import works_of
from joserfc import jwt
from joserfc.jwk import OKPKey
from lb.local.blocking import run_apart
from lb.local.databases import FreshDatabases, MakeDatabase, with_database
from pydantic import SecretStr
from registry.app import MIGRATIONS, PROGRAM, SERVICE
from registry.erasure.destroying import DestroyWork
from registry.erasure.wiring import WORKERS
from registry.imports.rights import give_rights as give_import_rights
from registry.settings import RegistrySettings
from registry.vault import FileKeys, PersonKeys, Vault
from registry.vault.rights import give_rights
from two_registries import HOME, HOST, THIRD, Registry, make_directory
from two_registries import opened as opened_registry

APP = "registry_test_app"
AUDIENCE = "urn:labourbridge:520000"
MASTER, INDEX = "4d" * 32, "49" * 32
SIGNING = OKPKey.generate_key("Ed25519", {"kid": "dev-registry"})
ACCESS = Path(__file__).parents[4] / "docs" / "access.csv"
SURVEYOR = "li"
SCOPES = "surveys.record surveys.review surveys.invalidate surveys.identify surveys.read events.read operations.read"
SCOPES += " imports.start imports.read imports.disclose"
SCOPES += " workers.identify workers.file workers.local workers.erase"
SCOPES += " duplicates.read duplicates.decide workers.search"
SCOPES += " sources.read sources.feed sources.export matching.read matching.run matching.decide"
SCOPES += " workers.read workers.record workers.decide households.read households.record households.decide"
SCOPES += " trainees.read trainees.designate trainees.confirm"
SCOPES += " accounts.record payees.disclose workers.check-number"
Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Databases:
    """Addresses of a log and a key database: as their owner, and as the application role."""

    log_owner: str
    log: str
    keys_owner: str
    keys: str


@pytest.fixture(scope="session")
def registry_templates(postgres_server: str, fresh_databases: FreshDatabases) -> Iterator[tuple[str, str]]:
    """Names of two migrated databases."""
    with fresh_databases() as make:
        log, keys = make(), make()
        run_apart(lambda: _make_role(postgres_server))
        run_apart(lambda: migrate(log, keys))
        yield _name(log), _name(keys)


async def _make_role(server: str) -> None:
    connection = await asyncpg.connect(server, timeout=5)
    try:
        await connection.execute(f"create role {APP} login")
    except asyncpg.DuplicateObjectError:
        return
    finally:
        await connection.close()


async def migrate(log: str, keys: str) -> None:
    """What `python -m registry migrate` does to the databases."""
    await asyncio.to_thread(migrations.upgrade, log, SERVICE.migrations)
    await migrations.lay(log, APP, SERVICE.views)
    await give_import_rights(log, APP)
    await asyncio.to_thread(migrations.upgrade, keys, MIGRATIONS / "keys")
    await give_rights(keys, APP)


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


@pytest.fixture
def databases(registry_templates: tuple[str, str], postgres_database: MakeDatabase) -> Databases:
    log, keys = (postgres_database(template=template) for template in registry_templates)
    return Databases(log, with_database(log, _name(log), user=APP), keys, with_database(keys, _name(keys), user=APP))


@pytest.fixture
async def pool(databases: Databases) -> AsyncIterator[Pool]:
    pool = await connect(databases.log)
    yield pool
    await pool.close()


@pytest.fixture
async def keys_pool(databases: Databases) -> AsyncIterator[Pool]:
    pool = await connect(databases.keys)
    yield pool
    await pool.close()


@pytest.fixture
def vault(keys_pool: Pool) -> Vault:
    return Vault(PersonKeys(keys_pool, FileKeys([bytes.fromhex(MASTER)])))


@pytest.fixture
def store(pool: Pool, vault: Vault) -> Store:
    return Store(pool, sealer=vault)


@pytest.fixture
def settings(databases: Databases, tmp_path: Path) -> RegistrySettings:
    return _settings(databases, tmp_path)


def _settings(databases: Databases, folder: Path, **others: Any) -> RegistrySettings:
    for name, text in (("fingerprint_key", "46" * 32), ("master_key", MASTER), ("index_key", INDEX)):
        (folder / name).write_text(text + "\n")
    (folder / "jwks.json").write_text(json.dumps({"keys": [SIGNING.as_dict(private=False)]}))
    given: dict[str, Any] = {
        "env": "test",
        "region": "520000",
        "database_url": SecretStr(databases.log),
        "keys_database_url": SecretStr(databases.keys),
        "jwks": str(folder / "jwks.json"),
        "token_issuer": DEV_ISSUER,
        "token_audience": AUDIENCE,
        "secrets_dir": folder,
        "access_table": ACCESS,
    }
    return RegistrySettings(**(given | others))


@pytest.fixture
async def client(settings: RegistrySettings, store: Store) -> AsyncIterator[httpx.AsyncClient]:
    app = await application(PROGRAM, settings, store, Health())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registry") as client:
        yield client


@pytest.fixture
def headers() -> Headers:
    """`headers("li")`, `headers("chen", region="520500", key="k1")`: a token, and a key of its own. Li is a surveyor,
    all others are reviewers where nothing else is said."""

    def of(
        subject: str = SURVEYOR, *, key: str | None = None, region: str = "520526", office: str = ""
    ) -> dict[str, str]:
        now = int(time.time())
        claims = {
            "iss": DEV_ISSUER,
            "aud": AUDIENCE,
            "sub": subject,
            "client_id": f"office-{region}",
            "org": f"{region}-hrss",
            "office": office or ("surveyor" if subject == SURVEYOR else "reviewer"),
            "region": region,
            "scope": SCOPES,
            "iat": now,
            "exp": now + 600,
        }
        token = jwt.encode({"alg": "Ed25519", "kid": SIGNING.kid}, claims, SIGNING, algorithms=["Ed25519"])
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": key or str(uuid4())}

    return of


@pytest.fixture
def survey() -> Survey:
    """The body of a survey, with changes."""

    def of(**changes: Any) -> dict[str, Any]:
        return {
            "name": "王秀英",
            "number": "520599189003070024",
            "phone": "13800001234",
            "household_region": "520526",
            "groups": [{"group": "MONITORED", "valid_from": "2024-01-01"}],
            "surveyed_on": "2026-03-02",
            "channel": "TOWNSHIP_GOVERNMENT",
            "capture_method": "FIELD_SURVEY",
            "employment": {"status": "UNEMPLOYED", "wishes": ["JOB", "VOCATIONAL_TRAINING"]},
        } | changes

    return of


@pytest.fixture
def catch_up(settings: RegistrySettings, store: Store, pool: Pool) -> Callable[[], Any]:
    """Views, policies and imports read to the end of the log."""

    async def read() -> None:
        await drain(pool, *PROGRAM.works(settings, store), *works_of(SERVICE, store))

    return read


@pytest.fixture
def officer(client: Any, headers: Any) -> Callable[..., Any]:
    """POST as a privacy officer."""

    async def post(path: str, body: Any = None, **who: Any) -> Any:
        return await client.post(path, json=body, headers=headers("zhou", office="privacy-officer", **who))

    return post


@pytest.fixture
def recorded(client: Any, headers: Any, survey: Any, catch_up: Any) -> Callable[..., Any]:
    """A survey, approved where nothing else is said, and known to all readers."""

    async def post(*, approve: bool = True, **changes: Any) -> Any:
        made = (await client.post("/v1/surveys", json=survey(**changes), headers=headers("li"))).json()
        if approve:
            done = await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
            assert done.status_code == 201
        await catch_up()
        return made

    return post


@pytest.fixture
def destroying(store: Store, vault: Vault, pool: Pool) -> DestroyWork:
    return DestroyWork(pool, vault.keys, SERVICE.pages(pool, (WORKERS,), ()), nullcontext)


@pytest.fixture
def destroy(pool: Pool, destroying: DestroyWork) -> Callable[[], Any]:
    """The reader that destroys keys, to the end of the log."""
    return lambda: drain(pool, destroying)


@dataclass(frozen=True)
class Registries:
    """Home, a host and, for the directory, a province that does not answer."""

    home: Registry
    host: Registry
    directory: Path
    owners: dict[str, str]  # of their logs


@pytest.fixture
async def registries(
    registry_templates: tuple[str, str], postgres_database: MakeDatabase, tmp_path: Path
) -> AsyncIterator[Registries]:
    """Two provinces' registries, each with its own databases and secrets."""
    owners: dict[str, str] = {}
    directory, folders = tmp_path / "directory.json", {each: tmp_path / each for each in (HOME, HOST, THIRD)}
    for folder in folders.values():
        folder.mkdir()
    make_directory(directory, folders)
    async with AsyncExitStack() as stack:

        async def open_one(region: str) -> Registry:
            log, keys = (postgres_database(template=template) for template in registry_templates)
            owners[region] = log
            own, own_keys = (with_database(each, _name(each), user=APP) for each in (log, keys))
            pool, keys_pool = await connect(own), await connect(own_keys)
            stack.push_async_callback(pool.close)
            stack.push_async_callback(keys_pool.close)
            made = _settings(
                Databases(log, own, keys, own_keys), folders[region], region=region, exchange_directory=directory
            )
            return await stack.enter_async_context(opened_registry(made, pool, keys_pool, MASTER))

        yield Registries(await open_one(HOME), await open_one(HOST), directory, owners)


@pytest.fixture
async def worker(registries: Registries, headers: Headers, survey: Survey) -> str:
    client = registries.home.client  # where the worker is registered
    made = (await client.post("/v1/surveys", json=survey(), headers=headers("li"))).json()
    await client.post(f"/v1/surveys/{made['survey']}/approval", headers=headers("chen"))
    await registries.home.run()
    return str(made["worker"])
