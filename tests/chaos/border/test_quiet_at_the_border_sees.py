"""A run is at rest only when nothing is under way: each thing that may be is named."""

import asyncpg
import pytest
from lb.local.databases import MakeDatabase
from logs import lay

from tests.chaos.border.quiet import _underway

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        ("insert into log.checkpoints (reader, position) values ('policy/x', 7)", "policy/x is -7 behind"),
        ("insert into log.pairs (region, waits) values ('440000', 'number_missing')", "440000: number_missing"),
        ("insert into log.pairs (region, receipted_number) values ('440000', 1)", "no receipt of -1 for 440000"),
        ("insert into log.timers values ('seat-1', 'end', now() + interval '10 seconds', '')", "seat-1 waits for end"),
    ],
)
async def test_what_is_under_way_is_named(postgres_database: MakeDatabase, happens: str, says: str) -> None:
    owner = postgres_database()
    await lay(owner)
    assert await _underway(owner) == []
    connection = await asyncpg.connect(owner)
    await connection.execute(happens)
    await connection.close()
    assert await _underway(owner) == [says]
