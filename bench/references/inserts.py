"""One durable INSERT a commit through asyncpg: what a table shaped like the log takes, without anything else."""

import asyncio
import itertools
from datetime import UTC, datetime
from typing import Final

import asyncpg

from bench import people
from bench.load import Load, closed

CLIENTS: Final = 32

_TABLE: Final = """
create schema if not exists bench;
create table if not exists bench.events
    (like log.events including defaults including constraints including indexes);
create sequence if not exists bench.positions;
"""
_INSERT: Final = "insert into bench.events values (nextval('bench.positions'), $1, 1, $2, 1, $3, $4, $5, $5, $6)"
_ONE: Final = "select type, data, metadata, hash from log.events where type = 'survey-approved' limit 1"


async def insert(owner_url: str, count: int) -> Load:
    """So many copies of an approval, each its own transaction, from 32 clients with a connection each."""
    pool = await asyncpg.create_pool(owner_url, min_size=CLIENTS, max_size=CLIENTS)
    try:
        await pool.execute(_TABLE)
        kind, data, metadata, digest = await pool.fetchrow(_ONE)
        connections = asyncio.Queue[asyncpg.Connection]()
        for _ in range(CLIENTS):
            connections.put_nowait(await pool.acquire())

        async def one(_: int) -> None:
            connection = connections.get_nowait()
            await connection.execute(_INSERT, people.new_id(), kind, data, metadata, datetime.now(UTC), digest)
            connections.put_nowait(connection)

        load = await closed(itertools.islice(itertools.count(), count), one, CLIENTS)
        while not connections.empty():
            await pool.release(connections.get_nowait())
        return load
    finally:
        await pool.close()
