"""Compares what was said, what was answered, what is stored and what readers saw. Own SQL and plain Python: it shares
no code with the runtime."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import asyncpg

from tests.order.journal import Appended, Received, Seen
from tests.order.plan import Message


@dataclass(frozen=True, slots=True)
class OwnRow:
    position: int
    stream: str
    version: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ForeignRow:
    position: int
    source: str
    id: str
    stream: str
    data: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """Both logs, each by position."""

    own: Sequence[OwnRow]
    foreign: Sequence[ForeignRow]

    def rows(self, *, own: bool, foreign: bool) -> list[Seen]:
        """What a reader of these must see, in this order."""
        mine = [Seen(row.position, "", f"{row.stream}/{row.version}") for row in self.own if own]
        theirs = [Seen(row.position, row.source, row.id) for row in self.foreign if foreign]
        return sorted(mine + theirs)


async def read_log(url: str) -> Log:
    """Everything, once all processes are at rest."""
    connection = await asyncpg.connect(url, timeout=10, command_timeout=120)
    try:
        own = await connection.fetch("select position, stream_id, version, recorded_at from log.events order by 1")
        foreign = await connection.fetch(
            "select position, source, id, stream_id, data, recorded_at from log.inbox order by 1"
        )
    finally:
        await connection.close()
    return Log([OwnRow(*row) for row in own], [ForeignRow(*row) for row in foreign])


def wrong_in_line(log: Log) -> list[str]:
    """One line of positions through both logs, without holes; time never steps back in it."""
    rows: list[OwnRow | ForeignRow] = [*log.own, *log.foreign]
    line = sorted((row.position, row.recorded_at) for row in rows)
    positions = [position for position, _ in line]
    wrong = []
    if positions != list(range(1, len(line) + 1)):
        twice = len(positions) - len(set(positions))
        wrong.append(f"positions are not 1 to {len(line)}: {twice} used twice, the last is {positions[-1]}")
    if back := sum(later < earlier for (_, earlier), (_, later) in pairwise(line)):
        wrong.append(f"recorded_at steps back {back} times")
    return wrong


def wrong_in_own(log: Log, answered: Iterable[Appended]) -> list[str]:
    """The log holds what callers were told, where they were told, and nothing else; streams count from 1."""
    stored = [Appended(row.position, row.stream, row.version) for row in log.own]
    wrong = _differences("own log", sorted(answered), stored)
    return wrong + _holes("own log", ((row.stream, row.version) for row in log.own))


def wrong_in_inbox(log: Log, said: Sequence[Message]) -> list[str]:
    """Every message once, its bytes as they were said, each stream in the order of its source."""
    stored = [(row.source, row.id) for row in log.foreign]
    wrong = _differences("inbox", sorted((m.source, m.id) for m in said), sorted(stored))
    values = {(message.source, message.id): message.value for message in said}
    if other := sum(values.get((row.source, row.id)) != row.data for row in log.foreign):
        wrong.append(f"inbox: {other} rows with other bytes than were sent")
    return wrong + _steps_back("inbox", log.rows(own=False, foreign=True))


def wrong_for_reader(name: str, expected: Sequence[Seen], live: Sequence[Seen], again: Sequence[Seen]) -> list[str]:
    """Each row once, in position order, each stream in its order; a second pass sees the very same."""
    wrong = _differences(name, expected, live)
    if not all(earlier.position < later.position for earlier, later in pairwise(live)):
        wrong.append(f"{name}: positions do not rise")
    own = (row.id.rpartition("/") for row in live if not row.source)
    wrong += _holes(name, ((stream, int(version)) for stream, _, version in own))
    wrong += _steps_back(name, [row for row in live if row.source])
    if list(live) != list(again):
        wrong.append(f"{name}: the second pass saw {len(again)} rows, the first {len(live)}, or another order")
    return wrong


def _differences(name: str, expected: Sequence[tuple[object, ...]], found: Sequence[tuple[object, ...]]) -> list[str]:
    want, have = Counter(expected), Counter(found)
    lost, extra = want - have, have - want
    twice = sum((have - Counter(have.keys())).values())
    wrong = []
    if lost:
        first = next(row for row in expected if row in lost)
        wrong.append(f"{name}: {lost.total()} of {len(expected)} lost, the first is {first}")
    if twice:
        wrong.append(f"{name}: {twice} twice")
    if extra:
        first = next(row for row in found if row in extra)
        wrong.append(f"{name}: {extra.total()} that nobody expected, the first is {first}")
    if not wrong and list(expected) != list(found):
        wrong.append(f"{name}: in another order")
    return wrong


def _holes(name: str, events: Iterable[tuple[str, int]]) -> list[str]:
    last, wrong = dict[str, int](), 0
    for stream, version in events:
        wrong += version != last.get(stream, 0) + 1
        last[stream] = version
    return [f"{name}: {wrong} events not right after their predecessor"] if wrong else []


def _steps_back(name: str, rows: Sequence[Seen]) -> list[str]:
    """Versions of a foreign stream rise strictly, with gaps."""
    last, wrong = dict[tuple[str, str], int](), 0
    for row in rows:
        stream, version, _ = row.id.split("/")
        wrong += int(version) <= last.get((row.source, stream), 0)
        last[row.source, stream] = int(version)
    return [f"{name}: {wrong} foreign facts not after their predecessor"] if wrong else []


def idle_writers(log: Log) -> list[str]:
    """The proof is none unless both writers took turns."""
    writers = [row.stream.split("-")[1] for row in log.own if row.stream.startswith("task-")]
    return _too_few("turns of the writers", sum(a != b for a, b in pairwise(writers)), 40)


def idle_mixture(log: Log) -> list[str]:
    """The proof is none unless own and foreign facts came at the same time."""
    kinds = [bool(row.source) for row in log.rows(own=True, foreign=True)]
    return _too_few("turns of the two logs", sum(a != b for a, b in pairwise(kinds)), 15)


def idle_reader(ends: int) -> list[str]:
    """The proof is none unless the reader stood where the writers wrote."""
    return _too_few("times at the end of the log", ends, 50)


def idle_group(log: Log, members: Sequence[Sequence[Received]]) -> list[str]:
    """The proof is none unless partitions changed hands and messages came twice."""
    hands = Counter(place for batches in members for place in {(b.topic, b.partition) for b in batches})
    received = sum(batch.size for batches in members for batch in batches)
    moved = sum(count > 1 for count in hands.values())
    return _too_few("partitions that changed hands", moved, 4) + _too_few(
        "messages that came twice", received - len(log.foreign), 100
    )


def _too_few(what: str, found: int, wanted: int) -> list[str]:
    return [] if found >= wanted else [f"only {found} {what}"]
