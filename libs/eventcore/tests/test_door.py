"""What the door promises, one promise a test."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from eventcore.call import Entry, GuardStep, Outcome, Receipt, Status, Submission
from eventcore.codec import Stored
from eventcore.database import Pool
from eventcore.door import Door
from eventcore.store import Answer, Order, Store, handle
from msgspec.structs import replace
from shop import CLASS, COUNTER, CloseClass, Count, OpenClass

pytestmark = pytest.mark.postgres


def entry(
    id: str, stream: str, *, guards: tuple[GuardStep, ...] = (), reads: tuple[tuple[str, int], ...] = ()
) -> Entry:
    return Entry(
        id=id,
        fingerprint=b"",
        outcome=Outcome.ACCEPTED,
        answer=b"",
        stream=stream,
        expected=0,
        events=[Stored("happened", 1, b"{}")],
        guards=guards,
        reads=reads,
    )


def hold(key: str, holder: str) -> GuardStep:
    return GuardStep(1, "scope", key, 1, holder, 1, holder)


async def statuses(pool: Pool, *entries: Entry) -> list[Status]:
    receipt = await Door(pool).submit(Submission(entries))
    return [result.status for result in receipt.results]


async def test_one_id_sent_by_many_at_once_has_one_effect(pool: Pool) -> None:
    stores = [Store(pool) for _ in range(4)]
    sent = (handle(stores[n % 4], COUNTER, "c", Count(), Order(id="once")) for n in range(32))
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert await pool.fetchval("select count(*) from log.events") == 1
    assert [answer for answer in answers if not isinstance(answer, Answer)] == []
    assert sum(isinstance(answer, Answer) and not answer.replayed for answer in answers) == 1


async def test_an_empty_decision_is_remembered_as_one(pool: Pool) -> None:
    store = Store(pool)
    await handle(store, CLASS, "weld", OpenClass(place="x"), Order(id="open"))
    nothing = await handle(store, CLASS, "weld", OpenClass(place="y"), Order(id="nothing"))
    await handle(store, CLASS, "weld", CloseClass(), Order(id="close"))
    again = await handle(store, CLASS, "weld", OpenClass(place="y"), Order(id="nothing"))
    assert (again.outcome, again.version, again.replayed) == (Outcome.UNCHANGED, nothing.version, True)


async def test_two_commands_of_one_call_cannot_both_take_a_guard(pool: Pool) -> None:
    taken = await statuses(pool, entry("a", "s1", guards=(hold("g", "x"),)), entry("b", "s2", guards=(hold("g", "y"),)))
    assert taken == [Status.TOOK_EFFECT, Status.GUARDED]


async def test_of_two_commands_of_one_call_the_second_sees_what_the_first_wrote(pool: Pool) -> None:
    written = await statuses(pool, entry("a", "s1"), entry("b", "s2", reads=(("s1", 0),)))
    assert written == [Status.TOOK_EFFECT, Status.STALE]


async def test_who_does_not_get_both_guards_keeps_none(pool: Pool) -> None:
    await statuses(pool, entry("first", "s0", guards=(hold("g2", "x"),)))
    loser = entry("loser", "s1", guards=(hold("g1", "y"), hold("g2", "y")))
    assert await statuses(pool, loser, loser) == [Status.GUARDED, Status.GUARDED]
    held = await pool.fetch("select key, holder from log.guards order by key")
    assert [tuple(row) for row in held] == [("g2", "x")]


async def test_the_log_takes_the_time_not_the_caller(pool: Pool) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    await handle(Store(pool), COUNTER, "c", Count(), Order(id="1", occurred_at=yesterday))
    row = await pool.fetchrow("select occurred_at, recorded_at, clock_timestamp() as now from log.events")
    assert row["occurred_at"] == yesterday
    assert timedelta(0) <= row["now"] - row["recorded_at"] < timedelta(minutes=1)


async def test_recorded_time_never_steps_back(pool: Pool, owner_pool: Pool) -> None:
    store = Store(pool)
    for n, hours in enumerate((2, 0, -3, 1)):
        await owner_pool.execute("update log.head set clock_offset = $1", timedelta(hours=hours))
        await handle(store, COUNTER, f"c{n}", Count(), Order(id=str(n)))
    times = await pool.fetch("select recorded_at from log.events order by position")
    assert [row["recorded_at"] for row in times] == sorted(row["recorded_at"] for row in times)


async def test_a_version_that_a_stream_never_had_is_stale(pool: Pool) -> None:
    assert await statuses(pool, replace(entry("a", "s"), expected=5)) == [Status.STALE]


async def test_a_bad_command_goes_alone_the_others_of_its_call_take_effect(pool: Pool) -> None:
    door, tomorrow = Door(pool), datetime.now(UTC) + timedelta(days=1)
    bad = replace(entry("bad", "s9"), occurred_at=tomorrow)
    sent = [entry("a", "s1"), entry("b", "s2"), bad, entry("c", "s3"), entry("d", "s4")]
    answers = await asyncio.gather(*(door.submit(Submission((each,))) for each in sent), return_exceptions=True)
    assert [isinstance(answer, Receipt) for answer in answers] == [True, True, False, True, True]
    assert isinstance(answers[2], asyncpg.DataError)
