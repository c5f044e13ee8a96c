"""Views: every fact once and in order; a poisoned stream waits, all others flow; rebuilt while they serve."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
import seat_view
from draining import read
from eventcore.codec import Codec
from eventcore.database import Pool, connect
from eventcore.readers import Pages
from eventcore.readers.checkpoints import CheckpointMoved, move, position
from eventcore.readers.view import ViewWork, ddl
from eventcore.rebuild import Poisoned, rebuild
from eventcore.store import Store
from following import OF_SEATS, do, reached, running, seats, soon
from logs import APP, LogUrls
from shop import CLASS, SEAT, GiveSeatBack, SeatEvent, TakeSeat

pytestmark = pytest.mark.postgres


@pytest.fixture
async def seat_table(owner_pool: Pool) -> None:
    await owner_pool.execute(ddl(seat_view.SEATS))
    await owner_pool.execute(f'grant select, insert, update, delete on views."{seat_view.SEATS.name}" to {APP}')
    seat_view.broken.clear()
    seat_view.broken.add(seat_view.POISON)


async def shown(pool: Pool) -> dict[str, list[str]]:
    records = await pool.fetch(f'select seat, changes from views."{seat_view.SEATS.name}"')  # noqa: S608
    return {record["seat"]: record["changes"] for record in records}


@pytest.mark.usefixtures("seat_table")
async def test_a_view_shows_every_fact_once_and_in_order(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    work = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS, size=7))
    async with running(pool, log_urls, work, store):
        await seats(store, *(f"n{n}" for n in range(30)))
        for n in range(0, 30, 3):
            await do(store, SEAT, f"n{n}", GiveSeatBack(), f"back {n}")
        await soon(lambda: reached(pool, work.name))
    rows = await shown(pool)
    assert rows["seat-n0"] == ["seat-n0/1", "seat-n0/2"]
    assert rows["seat-n1"] == ["seat-n1/1"]
    assert len(rows) == 30


@pytest.mark.usefixtures("seat_table")
async def test_a_poisoned_stream_waits_with_its_order_while_all_others_flow(
    pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    work = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS))
    async with running(pool, log_urls, work, store):
        await seats(store, "n1", seat_view.POISON, "n2")
        await do(store, SEAT, seat_view.POISON, GiveSeatBack(), "later fact of the poisoned stream")
        await soon(lambda: reached(pool, work.name))
        assert set(await shown(pool)) == {"seat-n1", "seat-n2"}
        assert await pool.fetchval("select reason from log.parked") == "ValueError"
        await pool.execute("update log.parked set retry_asked = true")
        await soon(lambda: attempts(pool, 2))
        assert set(await shown(pool)) == {"seat-n1", "seat-n2"}
        seat_view.broken.clear()
        await pool.execute("update log.parked set retry_asked = true")
        await soon(lambda: attempts(pool, None))
        await do(store, SEAT, seat_view.POISON, TakeSeat(class_key="weld", number="n9"), "after the retry")
        await soon(lambda: reached(pool, work.name))
    stream = f"seat-{seat_view.POISON}"
    assert (await shown(pool))[stream] == [f"{stream}/1", f"{stream}/2", f"{stream}/3"]


async def attempts(pool: Pool, expected: int | None) -> bool:
    found: int | None = await pool.fetchval("select attempts from log.parked")
    return found == expected


@pytest.mark.usefixtures("seat_table")
async def test_two_processes_feed_a_view_once(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    other = await connect(log_urls.app)
    works = [ViewWork(p, seat_view.SEATS, Pages(p, OF_SEATS, size=5)) for p in (pool, other)]
    async with running(pool, log_urls, works[0], store), running(other, log_urls, works[1]):
        await seats(store, *(f"n{n}" for n in range(40)))
        await soon(lambda: reached(pool, works[0].name))
    assert all(len(changes) == 1 for changes in (await shown(pool)).values())
    await other.close()


@pytest.mark.usefixtures("seat_table")
async def test_a_view_is_rebuilt_while_it_serves_and_loses_nothing(
    pool: Pool, owner_pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    work = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS, size=20))
    await seats(store, *(f"n{n}" for n in range(100)))
    async with running(pool, log_urls, work, store):
        await soon(lambda: reached(pool, work.name))
        await owner_pool.execute(f'update views."{seat_view.SEATS.name}" set number = $1', "spoilt")  # noqa: S608
        writing = asyncio.create_task(
            asyncio.wait_for(_give_back(store, 100), 30),
        )
        await rebuild(owner_pool, seat_view.SEATS, Pages(owner_pool, OF_SEATS, size=20))
        await writing
        await soon(lambda: reached(pool, work.name))
    assert await pool.fetchval(f"select count(*) from views.\"{seat_view.SEATS.name}\" where number = 'spoilt'") == 0  # noqa: S608
    rows = await shown(pool)
    assert {tuple(changes) for changes in rows.values()} == {(f"{seat}/1", f"{seat}/2") for seat in rows}
    assert len(rows) == 100


async def _give_back(store: Store, count: int) -> None:
    for n in range(count):
        await do(store, SEAT, f"n{n}", GiveSeatBack(), f"back {n}")


@pytest.mark.usefixtures("seat_table")
async def test_what_the_live_view_knows_is_in_the_new_one_before_they_are_swapped(
    pool: Pool, owner_pool: Pool, store: Store
) -> None:
    work = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS))
    await pool.execute("insert into log.checkpoints (reader, position) values ($1, 0)", work.name)

    async def live() -> None:
        at = await position(pool, work.name)
        page = await work.pages.after(at)
        assert await work.apply(read(page), at, page.last) == page.last

    await seats(store, "n1")
    await live()
    copied = asyncio.Event()

    class PausedPages(Pages):
        async def after(self, *args: Any, **kwargs: Any) -> Any:
            page = await super().after(*args, **kwargs)
            if not copied.is_set():
                copied.set()
                await do(store, SEAT, "n2", TakeSeat(class_key="weld", number="n2"), "while it is copied")
                await live()
            return page

    await rebuild(owner_pool, seat_view.SEATS, PausedPages(owner_pool, OF_SEATS))
    assert set(await shown(pool)) == {"seat-n1", "seat-n2"}


def test_the_events_of_the_view_are_known() -> None:
    assert Codec(SeatEvent).types() == {"seat-taken", "seat-given-back"}


@pytest.mark.usefixtures("seat_table")
async def test_an_event_of_newer_code_is_not_passed_over(pool: Pool, log_urls: LogUrls, store: Store) -> None:
    known = Codec(CLASS.events).types()
    older = ViewWork(pool, seat_view.SEATS, Pages(pool, (), known=known))
    newer = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS, known={*known, *OF_SEATS[0].types()}))
    await seats(store, "n1", "n2")
    async with running(pool, log_urls, older, store):
        await soon(lambda: reached(pool, older.name))
    assert await pool.fetch("select stream_id, reason from log.parked order by stream_id") == [
        ("seat-n1", "UnknownEvent"),
        ("seat-n2", "UnknownEvent"),
    ]
    async with running(pool, log_urls, newer, store):
        await soon(lambda: attempts(pool, None))
    assert await shown(pool) == {"seat-n1": ["seat-n1/1"], "seat-n2": ["seat-n2/1"]}


@pytest.mark.usefixtures("seat_table")
async def test_a_view_whose_order_matters_takes_parked_facts_in_by_a_rebuild(
    pool: Pool, owner_pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    view = replace(seat_view.SEATS, commutes=False)
    work = ViewWork(pool, view, Pages(pool, OF_SEATS))
    async with running(pool, log_urls, work, store):
        await seats(store, seat_view.POISON)
        await soon(lambda: reached(pool, work.name))
        seat_view.broken.clear()
        await pool.execute("update log.parked set retry_asked = true")
        await soon(lambda: attempts(pool, 2))
        assert await pool.fetchval("select reason from log.parked") == "RebuildNeeded"
        await rebuild(owner_pool, view, Pages(owner_pool, OF_SEATS))
        await soon(lambda: attempts(pool, None))
    assert set(await shown(pool)) == {f"seat-{seat_view.POISON}"}


@pytest.mark.usefixtures("seat_table")
async def test_a_checkpoint_moved_by_hand_is_noticed_by_an_idle_reader(
    pool: Pool, log_urls: LogUrls, store: Store
) -> None:
    work = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS))
    async with running(pool, log_urls, work, store):
        await seats(store, "n1")
        await soon(lambda: reached(pool, work.name))
        await pool.execute(f'delete from views."{seat_view.SEATS.name}"')  # noqa: S608
        await pool.execute("update log.checkpoints set position = 0 where reader = $1", work.name)
        await soon(lambda: reached(pool, work.name))
    assert set(await shown(pool)) == {"seat-n1"}


@pytest.mark.usefixtures("seat_table")
async def test_a_rebuild_stops_at_poison_and_leaves_the_live_view(pool: Pool, owner_pool: Pool, store: Store) -> None:
    await pool.execute("insert into log.checkpoints (reader, position) values ($1, 0)", seat_view.SEATS.reader)
    await seats(store, seat_view.POISON)
    with pytest.raises(Poisoned, match=f"seat-{seat_view.POISON}: ValueError"):
        await rebuild(owner_pool, seat_view.SEATS, Pages(owner_pool, OF_SEATS))
    assert await shown(pool) == {}


@pytest.mark.usefixtures("seat_table")
async def test_what_was_written_after_a_view_read_its_rows_is_not_written_over(pool: Pool, store: Store) -> None:
    work = ViewWork(pool, seat_view.SEATS, Pages(pool, OF_SEATS))
    await position(pool, work.name)
    await seats(store, "n1")
    page = await work.pages.after(0)
    async with pool.acquire() as other, other.transaction():
        await move(other, work.name, 0, 0)
        late = asyncio.create_task(work.apply(read(page), 0, page.last))
        await soon(lambda: pool.fetchval("select exists (select from pg_locks where not granted)"))
    with pytest.raises(CheckpointMoved):
        await late
    assert await shown(pool) == {}
