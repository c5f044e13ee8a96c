"""A county's roster from its POST to the last verdict, through the registry's own processes; a province's through the
reader of imports alone.

Beside it the rows that came of it, ready as they are, in one COPY each into the same tables with the same indexes, on
the same servers. The import reads and checks every cell, makes and commits a key for each person, seals, decides, takes
guards and hashes; the COPY decides nothing.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx
import uvloop
from eventcore import migrations
from eventcore.facts import Fact
from eventcore.ids import new_id
from eventcore.readers import checkpoints
from eventcore.server import settle_memory
from eventcore.serving import opened
from eventcore.store import Order, Store, handle
from lb.deployment import Deployment
from lb.importing import Importer
from lb.local.databases import with_database
from registry.app import MIGRATIONS, PROGRAM
from registry.imports.commands import StartImport
from registry.imports.events import ImportStarted
from registry.imports.importing import Importing
from registry.imports.roster_import import IMPORT, Complete
from registry.imports.wiring import importing
from registry.imports.work import ImportWork

from bench import rosters
from bench.deployment import deployed, migrate, running, settings, token
from bench.plan import REGION, Bench
from bench.processes import processor_seconds
from bench.result import Row, at_least, within

COPY: Final = "COPY in, binary, ready rows"
LOG: Final = ("log.events", "log.commands", "log.guards", "imports.verdicts")
KEYS: Final = ("vault.person_keys",)
A_COUNTY: Final = 10_000
"""Rows of a large county's roster."""
_LIMITS: Final = {"import_bytes": 1 << 29, "import_rows": 2_000_000, "import_cells": 40_000_000}


def rows(bench: Bench) -> list[Row]:
    """A county's roster in seconds through the processes, then rows a second of the reader alone against COPY."""
    small, large = min(A_COUNTY, bench.plan.imported), bench.plan.imported
    with deployed() as deployment:
        migrate(deployment, PROGRAM)
        with running(deployment, "registry", "worker", "worker") as worker, running(deployment, "registry", "api"):
            before = processor_seconds(worker.pid)
            county = asyncio.run(_import(deployment, rosters.made(small, first=0)))
            busy = (processor_seconds(worker.pid) - before) / county
        bench.say(f"  a roster of {small:,} rows: {county:.2f} s")
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            province = runner.run(_read(deployment, rosters.made(large, first=small)))
        bench.say(f"  a roster of {large:,} rows: {province:.2f} s")
        copied = asyncio.run(_copied(deployment)) / (large + small)
        bench.say(f"  the same rows by COPY: {copied * large:.2f} s")
    return [
        Row(name=f"import of {small:,} rows, from POST to last verdict", unit="s", project=county,
            reference=copied * small, reference_name=COPY, goal=within(10, 5), note=f"processor of worker: {busy:.0%}"),
        Row(name=f"import of {large:,} rows", unit="rows/s", project=large / province, reference=1 / copied,
            reference_name=COPY, goal=at_least(0.1, 0.25)),
    ]  # fmt: skip


async def _read(deployment: Deployment, data: bytes) -> float:
    """Seconds of the reader alone, from the started import to its completion. RuntimeError where not every row was
    recorded."""
    given = settings(deployment, PROGRAM).model_copy(update=_LIMITS)
    async with opened(PROGRAM, given) as store:
        (work,) = (each for each in PROGRAM.works(given, store) if isinstance(each, ImportWork))
        key = await _start(store, importing(given, store), data)
        settle_memory()
        position = await checkpoints.position(store.pool, work.name)
        started = time.perf_counter()
        while not isinstance(state := (await store.state(IMPORT, key))[0], Complete):
            page = await work.pages.after(position)
            position = await work.apply([f for f in page.facts if isinstance(f, Fact)], position, page.last) or position
        seconds = time.perf_counter() - started
    if state.result.recorded != state.result.rows or not state.result.rows:
        raise RuntimeError(f"not every row was recorded: {state.result}")
    return seconds


async def _start(store: Store, given: Importing, data: bytes) -> str:
    key = new_id()
    started = ImportStarted(
        key=key, fingerprint=given.fingerprint(data), size=len(data), kind="csv",
        pieces=await given.shelf.put_file(key, data), today=rosters.TODAY, surveyed_on=None, channel=None,
        capture_method=None, by="zhang", client="bench", organisation="520000-hrss", region=REGION,
        ends_at=given.clock.now() + given.term,
    )  # fmt: skip
    await handle(store, IMPORT, key, StartImport(started), Order(id=f"bench/{key}"))
    return key


async def _import(deployment: Deployment, data: bytes) -> float:
    """Seconds from the POST to the last verdict. RuntimeError where not every row was recorded."""
    bearer = token(deployment, "POST", "/v1/imports", "zhang", also=(("GET", "/v1/imports/{id}"),))
    registry = next(deployment.url(service) for service in deployment.services if service.name == "registry")
    file = deployment.run / f"roster-{uuid4()}.csv"
    await asyncio.to_thread(file.write_bytes, data)
    async with httpx.AsyncClient() as client:
        importer = Importer(registry, client, {"Authorization": f"Bearer {bearer}"})
        started = time.perf_counter()
        found = await importer.follow(await importer.send(file, {}))
        seconds = time.perf_counter() - started
    if found["judged"] != found["verdicts"]["recorded"] or not found["judged"]:
        raise RuntimeError(f"not every row was recorded: {found['verdicts']}")
    return seconds


async def _copied(deployment: Deployment) -> float:
    """Seconds that it takes to bring the rows of both databases into empty ones of the same shape."""
    given = settings(deployment, PROGRAM)
    seconds = 0.0
    for keys, owner, history, tables in (
        (False, given.database_owner_url.get_secret_value(), PROGRAM.service.migrations, LOG),
        (True, given.keys_database_owner_url.get_secret_value(), MIGRATIONS / "keys", KEYS),
    ):
        empty = await _empty(deployment.postgres(keys=keys).dsn, owner, history)
        seconds += await _from_to(owner, empty, tables, deployment.run)
    return seconds


async def _empty(server: str, owner: str, history: Path) -> str:
    """A database beside this one, with the same tables and indexes."""
    name = f"copied_{uuid4().hex[:8]}"
    connection = await asyncpg.connect(server, timeout=5)
    try:
        await connection.execute(f"create database {name} owner {urlsplit(owner).username}")
    finally:
        await connection.close(timeout=5)
    empty = with_database(owner, name)
    await asyncio.to_thread(migrations.upgrade, empty, history)
    return empty


async def _from_to(full: str, empty: str, tables: Iterable[str], folder: Path) -> float:
    source, target = await asyncpg.connect(full, timeout=5), await asyncpg.connect(empty, timeout=5)
    try:
        seconds = 0.0
        for schema, table in (name.split(".") for name in tables):
            file = folder / f"{table}.copy"
            await source.copy_from_table(table, schema_name=schema, output=str(file), format="binary")
            columns = await _columns(source, schema, table)
            started = time.perf_counter()
            await target.copy_to_table(table, schema_name=schema, source=str(file), format="binary", columns=columns)
            seconds += time.perf_counter() - started
        return seconds
    finally:
        await source.close(timeout=5)
        await target.close(timeout=5)


async def _columns(connection: asyncpg.Connection, schema: str, table: str) -> Sequence[str]:
    found = await connection.fetch(
        "select column_name from information_schema.columns where table_schema = $1 and table_name = $2"
        " order by ordinal_position",
        schema,
        table,
    )
    return [record["column_name"] for record in found]
