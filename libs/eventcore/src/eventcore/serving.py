"""The long-running commands of a service: API, worker, or both in one process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import msgspec
from fastapi import APIRouter
from starlette.types import ASGIApp

from eventcore.clock import CLOCK
from eventcore.database import Pool, Unavailable, connect
from eventcore.facts import Fact
from eventcore.published import Packed
from eventcore.readers import Work
from eventcore.server import serve, settle_memory
from eventcore.service import Service
from eventcore.settings import Refused, Settings
from eventcore.store import Store
from eventcore.web import access, operations
from eventcore.web.app import create_app
from eventcore.web.auth import Keys, Tokens
from eventcore.web.health import Check, Health
from eventcore.web.operations import Feed, Publish
from eventcore.web.requests import Web
from eventcore.worker import Worker, assemble

S = TypeVar("S", bound=Settings)

VERSION = "0.1.0"


@asynccontextmanager
async def plain_store(_: Settings, pool: Pool) -> AsyncIterator[Store]:
    """A store without a vault: nothing personal comes to this service."""
    yield Store(pool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Generic[S]):
    """A service with what only it knows: its settings, how its store is made, its routes."""

    service: Service
    description: str
    """What it does, in English and Chinese."""
    settings: type[S]
    routers: Callable[[S, Store], Sequence[APIRouter]]
    lies_in: Callable[[str, str, date], bool]
    """Whether a region is another or lies in it on that day."""
    store: Callable[[S, Pool], AbstractAsyncContextManager[Store]] = plain_store
    """Makes the store, with the vault where there is one, and ends what it opened."""
    checks: Callable[[Store], Mapping[str, Check]] = lambda _: {}
    """What else must answer before the API is given work."""
    works: Callable[[S, Store], Sequence[Work]] = lambda *_: ()
    """Readers of the service that are neither views nor policies."""
    migrate: Callable[[S], Awaitable[None]] | None = None
    """Further databases of the service."""


async def serve_api(program: Program[Any], settings: Any, stop: asyncio.Event) -> None:
    """The REST API, until `stop`."""
    async with opened(program, settings) as store:
        app = await application(program, settings, store, Health())
        settle_memory()
        await serve(app, settings.host, settings.port, stop)


async def serve_worker(program: Program[Any], settings: Any, stop: asyncio.Event) -> None:
    """All readers, with the probes on the port, until `stop`."""
    async with opened(program, settings) as store:
        worker = assemble(program.service, settings, store, program.works(settings, store))
        health = Health(alive={"inbox": worker.healthy}, ready={"database": lambda: store.pool.fetchval("select true")})
        await _together(worker, health.app(), settings, stop)


async def serve_all(program: Program[Any], settings: Any, stop: asyncio.Event) -> None:
    """API and readers in one process: an append wakes the readers without a poll."""
    async with opened(program, settings) as store:
        worker = assemble(program.service, settings, store, program.works(settings, store))
        app = await application(program, settings, store, Health(alive={"inbox": worker.healthy}))
        await _together(worker, app, settings, stop)


async def _together(worker: Worker, app: ASGIApp, settings: Settings, stop: asyncio.Event) -> None:
    reading = asyncio.create_task(worker.run(), name="worker")
    reading.add_done_callback(lambda _: stop.set())
    settle_memory()
    try:
        await serve(app, settings.host, settings.port, stop)
    finally:
        reading.cancel()
        (failure,) = await asyncio.gather(reading, return_exceptions=True)
    if isinstance(failure, Exception):
        raise failure


@asynccontextmanager
async def opened(program: Program[Any], settings: Any) -> AsyncIterator[Store]:
    """The service's store on a pool of its own. Refused where a production log has a clock offset."""
    name = f"{program.service.name}-{settings.region}"
    pool = await connect(settings.database_url.get_secret_value(), name=name)
    try:
        CLOCK.offset = await settings.check_clock(pool)
        async with program.store(settings, pool) as store:
            yield store
    finally:
        await pool.close()


async def application(program: Program[Any], settings: Any, store: Store, health: Health) -> ASGIApp:
    """The service's routes with everything around them; ready once its views know what the log held at the start."""
    service = program.service
    health.ready.update({"database": lambda: store.pool.fetchval("select true"), **program.checks(store)})
    head = await store.pool.fetchval("select pos from log.last()")
    readers = [view.reader for view in service.views]
    health.ready["views"] = lambda: store.pool.fetchval(
        "select count(*) = cardinality($1::text[]) from log.checkpoints where reader = any($1) and position >= $2",
        readers,
        head,
    )
    feed = None
    if service.topics:
        incarnation = await store.pool.fetchval("select incarnation from log.head")
        pages = service.pages(store.pool, service.all_codecs(), ())
        feed = Feed(pages, _public(service, settings.region, incarnation))
    around = web(settings, service.name, store, program.lies_in)
    with suppress(Unavailable):  # whoever comes first would wait for the keys, and others at the same time be sent away
        await around.tokens.keys.refresh()
    return create_app(
        around,
        service=service.name,
        description=program.description,
        version=VERSION,
        routers=[*program.routers(settings, store), operations.routes(feed)],
        health=health,
        documents=not settings.production,
    )


def web(settings: Settings, service: str, store: Store, lies_in: Callable[[str, str, date], bool]) -> Web:
    """What every request needs, as the settings say. Refused where one is missing."""
    if settings.access_table is None:
        raise Refused("LB_ACCESS_TABLE is not set: it names the table of who may call what")
    keys = Keys(settings.jwks, not settings.production)
    return Web(
        store=store,
        tokens=Tokens(keys, settings.token_issuer, settings.token_audience),
        rows=access.load(settings.access_table, service),
        secret=settings.secret("fingerprint_key"),
        region=settings.region,
        lies_in=lies_in,
    )


def _public(service: Service, region: str, incarnation: str) -> Publish:
    def publish(fact: Fact[Any]) -> bytes | None:
        record = service.record(fact, region, incarnation)
        return _structured(record) if record else None

    return publish


def _structured(record: Packed) -> bytes:
    """The same event as CloudEvents JSON (structured mode), its data as it is."""
    attributes = {name[3:]: value.decode() for name, value in record.headers if name.startswith("ce_")}
    return msgspec.json.encode({**attributes, "datacontenttype": "application/json", "data": msgspec.Raw(record.value)})
