"""A command's way: load, decide, append, retry."""

import asyncio
from urllib.parse import urlsplit

import asyncpg
import pytest
from cutting_proxy import CuttingProxy
from eventcore import Rejected
from eventcore.call import Entry, Outcome, Posting, Submission, arrays
from eventcore.codec import Stored
from eventcore.database import Pool, connect
from eventcore.door import _CALL
from eventcore.store import Answer, Contended, KeyReused, Order, Store, VersionMoved, handle
from logs import LogUrls
from shop import CLASS, SEAT, CloseClass, GiveSeatBack, OpenClass, TakeSeat

pytestmark = pytest.mark.postgres


def order(id: str, *, fingerprint: bytes = b"", if_match: int | None = None) -> Order:
    return Order(
        id=id,
        fingerprint=fingerprint,
        if_match=if_match,
        reply=lambda state, version: f"{version}".encode(),
        refuse=lambda refusal: refusal.code.encode(),
    )


async def open_class(store: Store, key: str = "weld") -> Answer:
    return await handle(store, CLASS, key, OpenClass(place="Weining"), order(f"open {key}"))


async def take(store: Store, key: str, number: str, id: str = "", *, fen: int = 0) -> Answer:
    command = TakeSeat(class_key="weld", number=number, fen=fen)
    return await handle(store, SEAT, key, command, order(id or f"take {key}"))


async def test_a_command_sent_again_gets_the_same_answer_and_changes_nothing(store: Store, pool: Pool) -> None:
    first = await open_class(store)
    again = await open_class(store)
    assert (first.outcome, first.replayed, again.replayed) == (Outcome.ACCEPTED, False, True)
    assert (again.body, again.version, again.position) == (first.body, first.version, first.position)
    assert await pool.fetchval("select count(*) from log.events") == 1


async def test_a_refusal_and_an_empty_decision_are_answers_that_stay(store: Store) -> None:
    refused = await take(store, "a", "n1")
    await open_class(store)
    assert (refused.outcome, refused.body) == (Outcome.REFUSED, b"class_closed")
    assert (await take(store, "a", "n1")).body == b"class_closed"
    nothing = await handle(store, CLASS, "weld", OpenClass(place="x"), order("again"))
    assert (nothing.outcome, nothing.version) == (Outcome.UNCHANGED, 1)


async def test_the_same_id_for_another_command_is_refused(store: Store) -> None:
    await handle(store, CLASS, "weld", OpenClass(place="x"), order("one", fingerprint=b"f"))
    with pytest.raises(KeyReused):
        await handle(store, CLASS, "cook", OpenClass(place="x"), order("one", fingerprint=b"g"))


async def test_a_refusal_from_cached_state_is_decided_again_on_a_fresh_load(pool: Pool) -> None:
    here, elsewhere = Store(pool), Store(pool)
    await open_class(here)
    await handle(here, SEAT, "a", TakeSeat(class_key="weld", number="n1"), order("take"))
    await handle(elsewhere, SEAT, "a", GiveSeatBack(), order("back"))
    again = await handle(here, SEAT, "a", TakeSeat(class_key="weld", number="n1"), order("take again"))
    assert again.outcome is Outcome.ACCEPTED, "the cached state says that the seat is taken; the log does not"


async def test_a_stream_is_looked_at_as_it_is_now_and_kept_where_it_is_there(pool: Pool) -> None:
    here, elsewhere = Store(pool), Store(pool)
    await open_class(here)
    await handle(elsewhere, CLASS, "weld", CloseClass(), order("close"))
    assert await here.state(CLASS, "weld", fresh=False) == (True, 1)
    assert await here.state(CLASS, "weld") == (False, 2)
    assert await here.state(CLASS, "weld", fresh=False) == (False, 2)
    assert await here.states(CLASS, ["cook", "weld"]) == {"cook": (None, 0), "weld": (False, 2)}
    await open_class(elsewhere, "cook")
    assert await here.state(CLASS, "cook", fresh=False) == (True, 1)


async def test_a_stream_that_was_only_read_is_checked_at_the_append(pool: Pool) -> None:
    here, elsewhere = Store(pool), Store(pool)
    await open_class(here)
    await take(here, "a", "n1")
    await handle(elsewhere, CLASS, "weld", CloseClass(), order("close"))
    refused = await take(here, "b", "n2")
    assert (refused.outcome, refused.body) == (Outcome.REFUSED, b"class_closed")


async def test_of_many_who_want_one_number_one_gets_it_and_the_others_hear_why(store: Store) -> None:
    await open_class(store)
    answers = await asyncio.gather(*(take(store, f"s{n}", "n1") for n in range(20)))
    assert sorted(answer.outcome for answer in answers) == [Outcome.ACCEPTED] + [Outcome.REFUSED] * 19
    assert {answer.body for answer in answers if answer.outcome is Outcome.REFUSED} == {b"number_taken"}


async def test_a_guard_given_back_can_be_taken_by_another(store: Store) -> None:
    await open_class(store)
    await take(store, "a", "n1")
    await handle(store, SEAT, "a", GiveSeatBack(), order("back"))
    assert (await take(store, "b", "n1")).outcome is Outcome.ACCEPTED


async def test_many_writers_of_one_stream_are_one_after_another(pool: Pool) -> None:
    stores = [Store(pool) for _ in range(4)]
    await open_class(stores[0])

    async def toggle(n: int) -> None:
        while True:
            try:
                command = TakeSeat(class_key="weld", number="n") if n % 2 else GiveSeatBack()
                await handle(stores[n % 4], SEAT, "a", command, order(f"toggle {n}"))
                return
            except Contended:
                continue

    await asyncio.gather(*(toggle(n) for n in range(40)))
    versions = await pool.fetch("select version from log.events where stream_id = 'seat-a' order by position")
    assert [row["version"] for row in versions] == list(range(1, len(versions) + 1))


async def test_a_stale_if_match_is_told_the_version_but_a_retry_its_answer(store: Store) -> None:
    await open_class(store)
    first = await handle(store, CLASS, "weld", CloseClass(), order("close", if_match=1))
    assert (await handle(store, CLASS, "weld", CloseClass(), order("close", if_match=1))).body == first.body
    with pytest.raises(VersionMoved) as moved:
        await handle(store, CLASS, "weld", CloseClass(), order("other", if_match=1))
    assert moved.value.version == 2


async def test_postings_of_a_command_sum_to_zero_or_the_door_refuses(store: Store, pool: Pool) -> None:
    await open_class(store)
    await take(store, "a", "n1", fen=50000)
    await handle(store, SEAT, "a", GiveSeatBack(), order("back"))
    assert await pool.fetchval("select sum(amount)::bigint from log.postings") == 0
    assert await pool.fetchval("select count(*) from log.postings") == 4
    entry = Entry(
        id="x", fingerprint=b"", outcome=Outcome.ACCEPTED, answer=b"", stream="seat-z", expected=0,
        events=[Stored("seat-given-back", 1, b"{}")], postings=[Posting(1, "paid", 7)],
    )  # fmt: skip
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await store.door.submit(Submission([entry]))


async def test_the_door_opens_neither_in_a_transaction_nor_above_read_committed(pool: Pool) -> None:
    arguments = [*arrays([]), None]
    async with pool.acquire() as connection:
        with pytest.raises(asyncpg.InvalidTransactionTerminationError):
            async with connection.transaction():
                await connection.fetchrow(_CALL, *arguments)
        await connection.execute("set session characteristics as transaction isolation level repeatable read")
        with pytest.raises(asyncpg.InvalidTransactionStateError):
            await connection.fetchrow(_CALL, *arguments)
        await connection.reset()


@pytest.mark.parametrize(
    "statement",
    [
        "insert into log.events select * from log.events",
        "update log.events set type = 'other'",
        "delete from log.events",
        "truncate log.events",
        "delete from log.commands",
        "insert into log.guards values ('a', 'b', 'c', 'd')",
        "insert into log.postings values ('seat-a/1', 1, 'paid', 7)",
    ],
)
async def test_the_application_role_cannot_write_facts(store: Store, pool: Pool, statement: str) -> None:
    await open_class(store)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute(statement)


@pytest.mark.parametrize(
    "statement", ["update log.events set type = 'x'", "delete from log.events", "truncate log.events"]
)
async def test_not_even_the_owner_changes_a_fact(store: Store, owner_pool: Pool, statement: str) -> None:
    await open_class(store)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only ever added"):
        await owner_pool.execute(statement)


async def test_a_lost_answer_is_asked_for_again_under_the_same_id(log_urls: LogUrls) -> None:
    parts = urlsplit(log_urls.app)
    async with CuttingProxy(parts.hostname or "", parts.port or 5432) as proxy:
        pool = await connect(parts._replace(netloc=f"{parts.username}@127.0.0.1:{proxy.port}").geturl())
        store = Store(pool)
        await open_class(store)
        proxy.cut_answers(1, b"take a")
        answer = await take(store, "a", "n1")
        assert proxy.cut == 1
        assert (answer.outcome, answer.version) == (Outcome.ACCEPTED, 1)
        assert await pool.fetchval("select count(*) from log.events where stream_id = 'seat-a'") == 1
        await pool.close()


def test_every_refusal_of_the_domain_says_why() -> None:
    assert all(refusal.__doc__ for refusal in Rejected.__subclasses__())
