"""Policies and timers: what follows the log sends commands, each once, and loses no fact."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import asyncpg
import msgspec
import pytest
from draining import read
from eventcore import Decider, Do, Fact, Meta, Read, metrics
from eventcore.call import Move
from eventcore.codec import Codec
from eventcore.database import Pool, Unavailable, connect
from eventcore.desk import State
from eventcore.readers import Alarm, Pages, Policy
from eventcore.readers.checkpoints import Resumed
from eventcore.readers.lease import Leases
from eventcore.readers.policy import PolicyWork
from eventcore.readers.timers import BATCH, keep_time
from eventcore.store import Order, Store, Task, handle_many
from eventcore.verify import verify
from following import CODECS, OF_SEATS, do, reached, running, seats, soon
from logs import LogUrls
from shop import CLASS, SEAT, ClassClosed, ClassOpened, CloseClass, GiveSeatBack, OpenClass, Seat, TakeSeat

pytestmark = pytest.mark.postgres


def when_class_closed_give_back_seats(fact: Fact[Any]) -> Iterable[Do[Any]]:
    if isinstance(fact.event, ClassClosed):
        for number in ("n1", "n2", "n3"):
            yield Do(SEAT, number, GiveSeatBack())


CLOSING = Policy("when_class_closed_give_back_seats", when_class_closed_give_back_seats)


async def test_a_fact_leads_to_commands_once(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    await seats(store, "n1", "n2")
    work = PolicyWork(store, CLOSING, Pages(pool, CODECS))
    await do(store, CLASS, "weld", CloseClass(), "close")
    async with running(pool, log_urls, work, store):
        await soon(lambda: reached(pool, work.name))
    await pool.execute("update log.checkpoints set position = 0 where reader = $1", work.name)
    async with running(pool, log_urls, work, store):
        await soon(lambda: reached(pool, work.name))
    back = await pool.fetch("select stream_id, metadata from log.events where type = 'seat-given-back'")
    assert sorted(row["stream_id"] for row in back) == ["seat-n1", "seat-n2"]
    assert all(b'"causation":"class-weld/2"' in row["metadata"] for row in back)


async def test_a_reader_that_lost_its_checkpoint_writes_nothing(pool: Pool, store: Store) -> None:
    await seats(store, "n1")
    await do(store, CLASS, "weld", CloseClass(), "close")
    work = PolicyWork(store, CLOSING, Pages(pool, CODECS))
    await pool.execute("insert into log.checkpoints (reader, position) values ($1, 3)", work.name)
    page = await work.pages.after(0)
    facts = read(page)
    assert await work.apply(facts, 0, page.last) is None
    assert await pool.fetchval("select count(*) from log.events where type = 'seat-given-back'") == 0
    assert await work.apply(facts, 3, page.last) == page.last


async def test_a_checkpoint_stops_before_the_fact_whose_command_was_dropped(pool: Pool, store: Store) -> None:
    await seats(store, "n1", "n2")
    await pool.execute("insert into log.checkpoints (reader, position) values ('p', 0)")
    await do(store, SEAT, "n2", GiveSeatBack(), "read into the cache")
    elsewhere = Store(pool)
    await do(elsewhere, SEAT, "n2", TakeSeat(class_key="weld", number="n2"), "behind its back")
    tasks = [
        Task(SEAT, "n1", GiveSeatBack(), Order(id="p/1"), 10),
        Task(SEAT, "n2", TakeSeat(class_key="weld", number="n9"), Order(id="p/2"), 20),
        Task(SEAT, "n3", TakeSeat(class_key="weld", number="n3"), Order(id="p/3"), 30),
    ]
    assert await handle_many(store, tasks, Move("p", 0, 30)) == (19, False)
    assert await pool.fetchval("select count(*) from log.commands where id in ('p/1', 'p/3')") == 2
    assert await handle_many(store, tasks[1:], Move("p", 19, 30)) == (30, True)


async def test_what_a_dropped_command_had_read_is_read_anew(pool: Pool, store: Store) -> None:
    await seats(store, "n1")
    await pool.execute("insert into log.checkpoints (reader, position) values ('p', 0)")
    elsewhere = Store(pool)
    await do(elsewhere, CLASS, "weld", CloseClass(), "behind its back")
    await do(elsewhere, CLASS, "weld", OpenClass(place="x"), "and open again")
    tasks = [Task(SEAT, "n2", TakeSeat(class_key="weld", number="n2"), Order(id="p/1"), 10)]
    assert await handle_many(store, tasks, Move("p", 0, 10)) == (9, False)
    assert await handle_many(store, tasks, Move("p", 9, 10)) == (10, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    type: ClassVar[str] = "noted"


NOTES: Decider[str, Noted, int] = Decider(
    category="notes",
    initial=0,
    decide=lambda of, notes, seen: [Noted()] if notes == 0 or seen.state(CLASS, of) else [],
    evolve=lambda notes, _: notes + 1,
    events=Noted,
    reads=lambda of: [Read(CLASS, of)],
)
"""The first note is always taken, further ones only while the class is open."""


async def test_what_is_empty_only_after_its_predecessor_is_decided_on_a_fresh_load_too(
    pool: Pool, store: Store
) -> None:
    await do(store, CLASS, "weld", OpenClass(place="x"), "open")
    await pool.execute("insert into log.checkpoints (reader, position) values ('p', 0)")
    store.remember("class-weld", State(7, False))  # stale: what it says is not in the log
    tasks = [Task(NOTES, "n", "weld", Order(id=f"p/{n}"), 10 * n) for n in (1, 2)]
    assert await handle_many(store, tasks, Move("p", 0, 20)) == (20, True)
    assert await pool.fetchval("select count(*) from log.events where type = 'noted'") == 2


async def test_a_timer_that_is_due_becomes_a_command_once(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    await do(store, CLASS, "weld", OpenClass(place="x"), "open")
    due = datetime.now(UTC) + timedelta(milliseconds=300)
    later = due + timedelta(days=1)
    for key, until in (("now", due), ("later", later)):
        await do(store, SEAT, key, TakeSeat(class_key="weld", number=key, until=until), key)
    leases = Leases(log_urls.app)
    alarm = Alarm("seat", lambda key, name: Do(SEAT, key, GiveSeatBack()))
    task = asyncio.create_task(keep_time(store, (alarm,), leases))
    await soon(lambda: timers_left(pool, 1))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await leases.close()
    types = await pool.fetch("select type from log.events where stream_id = 'seat-now' order by version")
    assert [row["type"] for row in types] == ["seat-taken", "seat-given-back"]
    assert await verify(pool, [CLASS, SEAT]) == []


async def test_what_has_to_wait_is_not_done_by_itself_and_holds_nobody_else_up(
    pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    allowed: list[str] = []

    async def agreed(_: Pool) -> bool:
        return bool(allowed)

    await seats(store, "n1")
    giving_back = Policy("give_back", lambda _: [Do(SEAT, "n1", GiveSeatBack())], (Codec(SEAT.events),), when=agreed)
    work = PolicyWork(store, giving_back, Pages(pool, OF_SEATS))
    past = datetime.now(UTC) - timedelta(days=1)
    rows = [("seat-n1", f"waits {n}", past) for n in range(BATCH)]  # as many as are taken at once
    owner = await asyncpg.connect(log_urls.owner)
    await owner.executemany(
        "insert into log.timers (stream_id, name, due_at, event) values ($1, $2, $3, '')",
        [*rows, ("class-weld", "goes on", datetime.now(UTC))],
    )
    await owner.close()
    alarms = (
        Alarm("seat", lambda key, _: Do(SEAT, key, GiveSeatBack()), when=agreed),
        Alarm("class", lambda key, _: Do(CLASS, key, CloseClass())),
    )
    leases = Leases(log_urls.app)
    task = asyncio.create_task(keep_time(store, alarms, leases))
    async with running(pool, log_urls, work, store):
        await soon(lambda: closed(pool))
        assert await pool.fetchval("select count(*) from log.events where type = 'seat-given-back'") == 0
        allowed.append("now")
        await soon(lambda: reached(pool, work.name))
        await soon(lambda: timers_left(pool, 0))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await leases.close()
    assert await pool.fetchval("select count(*) from log.events where type = 'seat-given-back'") == 1


async def test_a_process_that_does_not_lead_says_nothing_of_how_far_a_reader_is(
    pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    work = PolicyWork(store, Policy("led_elsewhere", lambda _: (), (Codec(SEAT.events),)), Pages(pool, OF_SEATS))
    metrics.reader(work.name, 7, 1.5, parked=2)
    leader = Leases(log_urls.app)
    await leader.hold(f"reader {work.name}")
    async with running(pool, log_urls, work, store):
        await soon(lambda: silent(work.name))
    await leader.close()


async def silent(reader: str) -> bool:
    said = [line for line in metrics.exposition()[0].decode().splitlines() if f'"{reader}"' in line]
    return len(said) == 3 and all(line.endswith(" 0.0") for line in said)


async def closed(pool: Pool) -> bool:
    return bool(await pool.fetchval("select exists (select from log.events where type = 'class-closed')"))


async def timers_left(pool: Pool, count: int) -> bool:
    return bool(await pool.fetchval("select count(*) = $1 from log.timers", count))


async def test_a_parked_fact_whose_command_meets_a_conflict_stays_parked(pool: Pool, store: Store) -> None:
    await seats(store, "n1")
    await do(store, CLASS, "weld", CloseClass(), "close")
    giving_back = Policy("give_back", lambda _: [Do(SEAT, "n1", GiveSeatBack())])
    work = PolicyWork(store, giving_back, Pages(pool, CODECS))
    await pool.execute("insert into log.checkpoints (reader, position) values ($1, 3)", work.name)
    await pool.execute(
        "insert into log.parked (reader, stream_id, position, reason) values ($1, $2, 3, '')", work.name, "class-weld"
    )
    (fact,) = await work.pages.of_stream("class-weld", 3, 3)
    assert isinstance(fact, Fact)
    store.remember("seat-n1", State(7, Seat("n1", 0)))  # stale: what it says is not in the log
    with pytest.raises(Unavailable):
        await work.apply((fact,), 3, 3, Resumed("class-weld", None))
    assert await pool.fetchval("select count(*) from log.parked") == 1
    await work.apply((fact,), 3, 3, Resumed("class-weld", None))
    assert await pool.fetchval("select count(*) from log.events where type = 'seat-given-back'") == 1
    assert await pool.fetchval("select count(*) from log.parked") == 0


async def test_a_page_says_what_the_log_says_in_utc_wherever_the_server_stands(
    owner_pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    await do(store, CLASS, '"北\\', OpenClass(place="A"), "open")
    database = await owner_pool.fetchval("select quote_ident(current_database())")
    await owner_pool.execute(f"alter database {database} set timezone = 'Asia/Shanghai'")
    pool = await connect(log_urls.app)
    try:
        (fact,) = (await Pages(pool, CODECS).after(0)).facts
        row = await pool.fetchrow("select * from log.events")
    finally:
        await pool.close()
        await owner_pool.execute(f"alter database {database} reset timezone")
    assert isinstance(fact, Fact)
    assert row is not None
    assert (fact.id, fact.stream, fact.event) == ('class-"北\\/1', row["stream_id"], ClassOpened(place="A"))
    assert (fact.version, fact.position) == (row["version"], row["position"])
    assert (str(fact.occurred_at), str(fact.recorded_at)) == (str(row["occurred_at"]), str(row["recorded_at"]))
    assert fact.meta == msgspec.json.decode(row["metadata"], type=Meta)
