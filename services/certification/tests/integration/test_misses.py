"""The counter of misses: only its functions write it, and a minute later nobody remembers."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from lb.local.databases import MakeDatabase

SPEND, MOST = "select wait, spent from checks.spend($1, $2)", 3
WHO = b"caller"


@pytest.fixture
async def owner(certification_template: str, postgres_database: MakeDatabase) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres_database(template=certification_template), timeout=5)
    yield connection
    await connection.close()


async def test_a_caller_has_so_many_misses_a_minute_and_then_waits(owner: asyncpg.Connection) -> None:
    spent = [await owner.fetchrow(SPEND, WHO, MOST) for _ in range(MOST)]
    assert len({each["spent"] for each in spent}) == MOST
    refused = await owner.fetchrow(SPEND, WHO, MOST)
    assert refused["spent"] is None
    assert 55 < refused["wait"] <= 60
    assert (await owner.fetchrow(SPEND, b"another", MOST))["spent"] is not None
    await owner.execute("select checks.give_back($1, $2)", WHO, spent[0]["spent"])
    assert (await owner.fetchrow(SPEND, WHO, MOST))["spent"] is not None


async def test_misses_of_a_minute_ago_are_forgotten_and_callers_of_an_hour_ago_too(owner: asyncpg.Connection) -> None:
    for _ in range(MOST):
        await owner.fetchrow(SPEND, WHO, MOST)
    await owner.execute("update checks.misses set at = array(select t - interval '61 s' from unnest(at) t)")
    assert (await owner.fetchrow(SPEND, WHO, MOST))["spent"] is not None
    await owner.execute("update checks.misses set latest = latest - interval '2 hours'")
    await owner.fetchrow(SPEND, b"another", MOST)
    assert await owner.fetch("select caller from checks.misses") == [(b"another",)]


async def test_the_service_itself_cannot_write_the_counter(owner: asyncpg.Connection) -> None:
    await owner.execute("set role certification_test_app")
    assert (await owner.fetchrow(SPEND, WHO, MOST))["spent"] is not None
    for statement in ("delete from checks.misses", "update checks.misses set at = '{}'", "table checks.misses"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await owner.execute(statement)
