"""Whatever comes in one call takes effect as if it had come one after another."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from door_model import DoorModel
from eventcore.call import Entry, Fired, GuardStep, Move, Outcome, Posting, Status, Submission, TimerStep, arrays
from eventcore.codec import Stored
from eventcore.database import Pool
from eventcore.door import _CALL, _receipts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

DUE = datetime(2026, 11, 1, tzinfo=UTC)
_example = itertools.count()

# What is drawn from is made once: hypothesis looks a new strategy over whenever it meets one.
names = st.sampled_from(["a", "b", "c"])
versions = st.integers(0, 3)
holders = st.sampled_from(["x", "y"])
dues = st.sampled_from([None, DUE, DUE + timedelta(days=1)])
triples = st.integers(0, 2)
guarded = st.lists(names, max_size=2, unique=True)
wanted = st.none() | holders
events_of_a_stream = st.lists(st.sampled_from([b"{}", b'{"n":1}']), max_size=2)
ids = st.sampled_from([f"c{n}" for n in range(12)])
fingerprints = st.sampled_from([b"f", b"f", b"f", b"g"])
eventless = st.sampled_from([Outcome.UNCHANGED, Outcome.REFUSED])
answers = st.sampled_from([b"", b"answer"])
reads = st.lists(st.tuples(names, versions), max_size=1)
firings = st.none() | st.builds(Fired, names, st.just("up"), st.just(DUE))
digits = st.integers(1, 9)


@st.composite
def _guard_steps(draw: st.DrawFn) -> list[GuardStep]:
    steps = []
    for key in draw(guarded):
        mode = draw(triples)
        want = draw(holders) if mode == 1 else draw(wanted) if mode == 2 else None
        op = draw(triples)
        steps.append(GuardStep(1, "scope", key, mode, want, op, draw(holders) if op == 1 else None))
    return steps


guard_steps = _guard_steps()


@st.composite
def _entries(draw: st.DrawFn) -> Entry:
    events = draw(events_of_a_stream)
    writes = bool(events)
    amount = draw(digits)
    return Entry(
        id=draw(ids),
        fingerprint=draw(fingerprints),
        outcome=Outcome.ACCEPTED if writes else draw(eventless),
        answer=draw(answers),
        stream=draw(names),
        expected=draw(versions),
        events=[Stored("happened", 1, data) for data in events],
        reads=draw(reads),
        guards=draw(guard_steps) if writes else (),
        postings=[Posting(1, "paid", amount), Posting(1, "purse", -amount)] if writes and draw(st.booleans()) else (),
        timers=[TimerStep(1, "up", draw(dues))] if writes and draw(st.booleans()) else (),
        fired=draw(firings),
        fact=draw(digits),
    )


entries = _entries()
of_people = st.lists(entries, min_size=1, max_size=6)
of_a_reader = st.lists(entries, max_size=3)
moves = st.builds(Move, st.just("reader"), versions, st.integers(3, 9))


@st.composite
def calls(draw: st.DrawFn) -> list[Submission]:
    people = [Submission([entry]) for entry in draw(of_people)]
    if draw(st.booleans()):
        move = draw(moves)
        people.insert(draw(st.integers(0, len(people))), Submission(draw(of_a_reader), move))
    return people


def within(prefix: str, submissions: Sequence[Submission]) -> list[Submission]:
    """The same call, apart from every other example in this database."""

    def named(entry: Entry) -> Entry:
        fired = entry.fired and Fired(prefix + entry.fired.stream, entry.fired.name, entry.fired.due_at)
        changes: dict[str, Any] = {
            "id": prefix + entry.id,
            "stream": prefix + entry.stream,
            "reads": [(prefix + stream, version) for stream, version in entry.reads],
            "guards": [replace(guard, scope=prefix + guard.scope) for guard in entry.guards],
            "fired": fired,
        }
        return Entry(**{name: changes.get(name, getattr(entry, name)) for name in entry.__struct_fields__})

    return [
        Submission([named(e) for e in s.entries], s.move and Move(prefix + s.move.reader, s.move.expected, s.move.goal))
        for s in submissions
    ]


async def through(pool: Pool, submissions: Sequence[Submission], set_based: bool | None) -> Any:
    record = await pool.fetchrow(_CALL, *arrays(submissions), set_based)
    return [
        ([result.status for result in receipt.results], receipt.checkpoint)
        for receipt in _receipts(submissions, record)
    ]


async def kept(pool: Pool, prefix: str) -> dict[str, Any]:
    """Everything that the log holds of one example, in words that the model has too."""
    like = prefix + "%"
    fetch = pool.fetch
    events = await fetch("select * from log.events where stream_id like $1 order by position", like)
    return {
        "order": [f"{row['stream_id']}/{row['version']}" for row in events],
        "data": [(row["type"], row["data"]) for row in events],
        "commands": {
            row["id"]: (row["fingerprint"], row["outcome"], row["answer"], row["version"])
            for row in await fetch("select * from log.commands where id like $1", like)
        },
        "guards": {
            (row["scope"], row["key"]): (row["holder"], row["event"])
            for row in await fetch("select * from log.guards where scope like $1", like)
        },
        "postings": {
            (row["event"], row["n"]): (row["account"], row["amount"])
            for row in await fetch("select * from log.postings where event like $1", like)
        },
        "timers": {
            (row["stream_id"], row["name"]): row["due_at"]
            for row in await fetch("select * from log.timers where stream_id like $1", like)
        },
        "checkpoints": {
            row["reader"]: row["position"]
            for row in await fetch("select * from log.checkpoints where reader like $1", like)
        },
    }


def kept_by(model: DoorModel) -> dict[str, Any]:
    return {
        "order": model.order,
        "data": [model.streams[s][int(v) - 1] for s, _, v in (name.rpartition("/") for name in model.order)],
        "commands": model.commands,
        "guards": model.guards,
        "postings": model.postings,
        "timers": model.timers,
        "checkpoints": model.checkpoints,
    }


@pytest.mark.postgres
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(sequence=st.lists(calls(), min_size=1, max_size=4))
async def test_the_door_agrees_with_a_plain_model(pool: Pool, sequence: list[list[Submission]]) -> None:
    """As it chooses itself, and always looped."""
    for set_based in (None, False):
        prefix = f"{set_based}{next(_example)}-"
        model = DoorModel(checkpoints={prefix + "reader": 0})
        await pool.execute("insert into log.checkpoints (reader, position) values ($1, 0)", prefix + "reader")
        for call in sequence:
            named = within(prefix, call)
            assert await through(pool, named, set_based) == model.call(named)
        assert await kept(pool, prefix) == kept_by(model)


widths = st.integers(2, 8)


@st.composite
def disjoint_calls(draw: st.DrawFn) -> list[Submission]:
    """Commands that cannot meet: each has its own id, stream and guards, and one event."""
    width = draw(widths)
    made = []
    for n in range(width):
        entry = draw(entries)
        changes: dict[str, Any] = {
            "id": f"{entry.id}-{n}",
            "stream": f"{entry.stream}{n}",
            "events": entry.events[:1],
            "reads": [(f"{stream}{n + 100}", version) for stream, version in entry.reads],
            "guards": [replace(guard, scope=f"{n}") for guard in entry.guards],
            "fired": entry.fired and Fired(f"{entry.fired.stream}{n + 200}", "up", DUE),
        }
        made.append(
            Submission([Entry(**{name: changes.get(name, getattr(entry, name)) for name in entry.__struct_fields__})])
        )
    return made


@pytest.mark.postgres
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(sequence=st.lists(disjoint_calls(), min_size=1, max_size=4))
async def test_set_based_and_looped_give_the_same(pool: Pool, sequence: list[list[Submission]]) -> None:
    number = next(_example)
    kinds = {f"set{number}-": True, f"loop{number}-": False}
    answers: list[Any] = []
    for prefix, set_based in kinds.items():
        answers.append([await through(pool, within(prefix, call), set_based) for call in sequence])
    assert answers[0] == answers[1]
    together = [await kept(pool, prefix) for prefix in kinds]
    assert str(together[0]).replace("set", "") == str(together[1]).replace("loop", "")


@pytest.mark.postgres
async def test_commands_that_cannot_meet_go_at_once_and_the_answers_come_in_order(pool: Pool) -> None:
    call = [
        Submission(
            [
                Entry(
                    id=f"id{n}",
                    fingerprint=b"",
                    outcome=Outcome.ACCEPTED,
                    answer=b"",
                    stream=f"s{n}",
                    expected=0,
                    events=[Stored("happened", 1, b"{}")],
                )
            ]
        )
        for n in range(64)
    ]
    record = await pool.fetchrow(_CALL, *arrays(call), None)
    assert record["place"] == list(range(1, 65))
    assert set(record["status"]) == {Status.TOOK_EFFECT}
