"""`verify` finds what a superuser changed behind the log's back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from eventcore.database import Pool
from eventcore.store import Order, Store, handle
from eventcore.verify import verify
from shop import CLASS, SEAT, GiveSeatBack, OpenClass, TakeSeat

pytestmark = pytest.mark.postgres

Spoil = Callable[[str], Awaitable[object]]


@pytest.fixture
async def spoil(store: Store, owner_pool: Pool) -> Spoil:
    """A log with some history, and a way to change it as only a superuser can."""
    later = datetime.now(UTC) + timedelta(days=9)
    await handle(store, CLASS, "weld", OpenClass(place="x"), Order(id="open"))
    for n in range(3):
        command = TakeSeat(class_key="weld", number=f"n{n}", fen=100, until=later)
        await handle(store, SEAT, f"s{n}", command, Order(id=f"take{n}"))
    await handle(store, SEAT, "s0", GiveSeatBack(), Order(id="back"))

    async def change(statement: str) -> None:
        async with owner_pool.acquire() as connection, connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(statement)

    return change


async def test_an_untouched_log_agrees_with_itself(spoil: Spoil, pool: Pool) -> None:
    assert await verify(pool, [CLASS, SEAT]) == []


@pytest.mark.parametrize(
    ("statement", "kind", "place"),
    [
        ("update log.events set data = data || ' '::bytea where stream_id = 'seat-s1'", "hash", "seat-s1/1"),
        ("update log.events set metadata = '{}' where stream_id = 'seat-s1'", "hash", "seat-s1/1"),
        ("update log.events set type = 'seat-given-back' where stream_id = 'seat-s1'", "hash", "seat-s1/1"),
        ("update log.events set schema_version = 2 where stream_id = 'seat-s1'", "hash", "seat-s1/1"),
        ("update log.events set occurred_at = '2000-01-01Z' where stream_id = 'seat-s1'", "hash", "seat-s1/1"),
        ("update log.events set recorded_at = '2100-01-01Z' where stream_id = 'seat-s1'", "hash", "seat-s1/1"),
        ("update log.events set hash = sha256('x') where stream_id = 'seat-s0' and version = 1", "hash", "seat-s0/2"),
        ("delete from log.events where stream_id = 'seat-s0' and version = 1", "version", "seat-s0/2"),
        ("update log.guards set holder = 'other' where key = 'n1'", "guard", "number n1"),
        ("delete from log.guards where key = 'n1'", "guard", "number n1"),
        ("update log.postings set amount = 5 where event = 'seat-s1/1' and account = 'paid'", "posting", "seat-s1/1 1"),
        ("delete from log.timers where stream_id = 'seat-s2'", "timer", "seat-s2 time-is-up"),
    ],
)  # fmt: skip
async def test_every_change_is_found_and_named(spoil: Spoil, pool: Pool, statement: str, kind: str, place: str) -> None:
    await spoil(statement)
    found = await verify(pool, [CLASS, SEAT])
    assert (kind, place) in {(finding.kind, finding.place) for finding in found}
