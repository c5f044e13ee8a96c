"""Imports at the same time, in any order, again, and killed in the middle: the registry comes out the same."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from eventcore.database import Pool
from eventcore.verify import verify
from following import soon
from import_clerk import CatchUp, Clerk, Headers, counts
from made_rosters import line, made_up, roster, roster_of
from registry.app import SERVICE
from registry.imports.work import PIECE
from registry.settings import RegistrySettings

pytestmark = pytest.mark.postgres
COUNTIES = ("520526", "520524")
ROWS = 2_500
PATIENCE = 180.0


@pytest.fixture
def offices(client: httpx.AsyncClient, headers: Headers, catch_up: CatchUp) -> list[Clerk]:
    return [Clerk(client, headers, catch_up, region=county) for county in COUNTIES]


async def test_two_counties_that_send_one_person_at_once_get_one_worker(offices: list[Clerk]) -> None:
    persons = made_up(40)
    files = [
        roster(line(person, 户籍地=county) for person in random.Random(n).sample(persons, 40))
        for n, county in enumerate(COUNTIES)
    ]
    keys = [(await office.send(data)).json()["import"] for office, data in zip(offices, files, strict=True)]
    await offices[0].catch_up()
    told = [await office.verdicts(key) for office, key in zip(offices, keys, strict=True)]
    words = Counter(each["verdict"] for verdicts in told for each in verdicts)
    assert words == {"recorded": 40, "again": 40}
    workers = Counter(each["worker"] for verdicts in told for each in verdicts)
    assert set(workers.values()) == {2}


@pytest.mark.parametrize("seed", range(6))
async def test_any_order_and_repetition_of_the_same_rosters_ends_in_the_same_registry(
    offices: list[Clerk], pool: Pool, seed: int
) -> None:
    """Which is known beforehand: a worker for each number, and a survey for each row of each office."""
    chance = random.Random(seed)
    lines = [line(each, **change) for each in made_up(8, seed) for change in ({}, {"联系电话": "13900000001"})]
    chosen = [(chance.randrange(2), chance.sample(range(len(lines)), chance.randint(1, 6))) for _ in range(4)]
    files = [(n, [_placed(lines[at], n) for at in _persons_once(rows)]) for n, rows in chosen]
    sent = chance.choices(files, k=9) + files
    chance.shuffle(sent)
    for n, rows in sent:
        assert (await offices[n].send(roster(rows))).status_code == 202
        if chance.random() < 0.4:
            await offices[n].catch_up()
    await offices[0].catch_up()
    wanted = {(n, tuple(row.items())) for n, rows in files for row in rows}
    numbers = {dict(row)["身份证号"] for _, row in wanted}
    surveys = await pool.fetch(
        "select convert_from(data, 'utf8')::jsonb->>'worker' w from log.events where type = 'survey-recorded'"
    )
    assert len(surveys) == len(wanted)
    assert len({row["w"] for row in surveys}) == len(numbers)
    assert await verify(pool, SERVICE.deciders) == []


def _placed(row: dict[str, str], office: int) -> dict[str, str]:
    return row | {"户籍地": COUNTIES[office]}


def _persons_once(rows: list[int]) -> list[int]:
    """Two lines of one person are the clerk's mistake, and another test's."""
    return list({at // 2: at for at in rows}.values())


async def test_a_worker_killed_in_the_middle_goes_on_and_nothing_is_doubled(
    offices: list[Clerk], pool: Pool, settings: RegistrySettings
) -> None:
    office = offices[0]
    key = (await office.send(roster_of(made_up(ROWS)))).json()["import"]
    async with worker(settings) as process:
        await soon(lambda: _in_the_middle(pool), PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    pieces, surveys = await _progress(pool)
    assert pieces * PIECE < surveys < ROWS
    async with worker(settings):
        await soon(lambda: _complete(office, key), PATIENCE)
    assert (await office.get(f"/v1/imports/{key}")).json()["verdicts"] == counts(recorded=ROWS)
    assert await _progress(pool) == (ROWS // PIECE, ROWS)
    assert len({each["worker"] for each in await office.verdicts(key, limit=500)}) == ROWS


async def _progress(pool: Pool) -> tuple[int, int]:
    record = await pool.fetchrow(
        "select (select count(*) from imports.verdicts),"
        " (select count(*) from log.events where type = 'survey-recorded')"
    )
    assert record is not None
    return record[0], record[1]


async def _in_the_middle(pool: Pool) -> bool:
    """Of a piece, and not of the first."""
    pieces, surveys = await _progress(pool)
    return pieces > 0 and surveys > pieces * PIECE + 100


async def _complete(office: Clerk, key: str) -> bool:
    return bool((await office.get(f"/v1/imports/{key}")).json()["state"] == "complete")


@asynccontextmanager
async def worker(settings: RegistrySettings) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m registry worker`, killed at the end. There is no Kafka: the relay waits for it."""
    environment = {
        "LB_ENV": "test",
        "LB_REGION": settings.region,
        "LB_DATABASE_URL": settings.database_url.get_secret_value(),
        "LB_KEYS_DATABASE_URL": settings.keys_database_url.get_secret_value(),
        "LB_KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "LB_SECRETS_DIR": str(settings.secrets_dir),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "registry", "worker"),
        env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
