"""What one call of the door carries: decided commands, a reader's checkpoint, and what comes back.

Turned into the parallel arrays that `sql/door.sql` takes.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, Final

import msgspec
from msgspec.structs import astuple

from eventcore.codec import Stored

MAX_COMMANDS: Final = 64
MAX_ROWS: Final = 256
"""Bounds of one call; a larger submission goes alone."""


class Outcome(IntEnum):
    """What became of a command that went through the door."""

    ACCEPTED = 0
    UNCHANGED = 1
    REFUSED = 2


class Status(IntEnum):
    """What the door says of a command in this call."""

    TOOK_EFFECT = 0
    KNOWN = 1
    KNOWN_OTHERWISE = 2
    STALE = 3
    GUARDED = 4
    READER_LOST = 5


class GuardStep(msgspec.Struct, frozen=True):
    """What a command asks of one guard, and what it leaves. Numbers as in `sql/door.sql`."""

    event: int
    scope: str
    key: str
    mode: int
    want: str | None
    op: int = 0
    final: str | None = None


class Posting(msgspec.Struct, frozen=True):
    event: int
    account: str
    amount: int


class TimerStep(msgspec.Struct, frozen=True):
    event: int
    name: str
    due_at: datetime | None


class Fired(msgspec.Struct, frozen=True):
    """A timer that caused the command; it is gone when the command took effect."""

    stream: str
    name: str
    due_at: datetime


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One decided command on its way through the door."""

    id: str
    fingerprint: bytes
    outcome: Outcome
    answer: bytes
    stream: str
    expected: int
    events: Sequence[Stored] = ()
    metadata: bytes = b"{}"
    occurred_at: datetime | None = None
    reads: Sequence[tuple[str, int]] = ()
    guards: Sequence[GuardStep] = ()
    postings: Sequence[Posting] = ()
    timers: Sequence[TimerStep] = ()
    fired: Fired | None = None
    fact: int = 0
    """Position of the fact that a reader's command answers."""

    @property
    def rows(self) -> int:
        return 1 + len(self.events) + len(self.guards) + len(self.postings) + len(self.timers)


class Move(msgspec.Struct, frozen=True):
    """A reader's checkpoint: where it must stand, and where the call brings it."""

    reader: str
    expected: int
    goal: int


class Answer(msgspec.Struct, frozen=True):
    """What became of a command; byte for byte the same whenever it is sent again."""

    status: Status
    outcome: Outcome
    body: bytes
    version: int
    position: int

    @property
    def settled(self) -> bool:
        """False where another command came first: nothing was done."""
        return self.status in (Status.TOOK_EFFECT, Status.KNOWN)

    @property
    def replayed(self) -> bool:
        """It is the stored answer, given again."""
        return self.status is Status.KNOWN


class Receipt(msgspec.Struct, frozen=True):
    results: Sequence[Answer]
    checkpoint: int | None = None
    """Where the reader stands now; None where another process has moved it."""


class Submission(msgspec.Struct, frozen=True):
    """Commands that go in one call together, perhaps with the checkpoint of the reader that sends them."""

    entries: Sequence[Entry]
    move: Move | None = None


NUMBERS: Final = (
    dict.fromkeys((3, 14, 22, 24), "smallint")
    | dict.fromkeys((6, 7, 9, 11, 12, 18, 19, 26, 27, 30, 31, 34), "integer")
    | dict.fromkeys((8, 29, 39, 40), "bigint")
)
"""Arguments of the door, from 1, that go as texts: the driver looks at every element of an array whether it is an array
itself, which takes it longer than everything else that it does for a number."""


def arrays(submissions: Sequence[Submission]) -> list[Any]:
    """The call's arguments: parallel arrays in the order of `sql/door.sql`."""
    moves = [submission.move for submission in submissions if submission.move]
    ordinal = {move.reader: n for n, move in enumerate(moves, 1)}
    sent = [(entry, ordinal[each.move.reader] if each.move else 0) for each in submissions for entry in each.entries]
    commands = [
        (e.id, e.fingerprint, e.outcome, e.answer, e.stream if e.events else None, e.expected, reader, e.fact)
        for e, reader in sent
    ]
    entries = list(enumerate([entry for entry, _ in sent], 1))
    columns = [
        *_columns(8, commands),
        *_columns(3, [(n, *read) for n, e in entries for read in e.reads]),
        *_columns(6, [(n, *astuple(event), e.metadata, e.occurred_at) for n, e in entries for event in e.events]),
        *_columns(8, [(n, *astuple(guard)) for n, e in entries for guard in e.guards]),
        *_columns(4, [(n, *astuple(posting)) for n, e in entries for posting in e.postings]),
        *_columns(4, [(n, *astuple(timer)) for n, e in entries for timer in e.timers]),
        *_columns(4, [(n, *astuple(e.fired)) for n, e in entries if e.fired]),
        *_columns(3, [astuple(move) for move in moves]),
    ]
    return [f"{{{','.join(map(str, each))}}}" if n in NUMBERS else each for n, each in enumerate(columns, 1)]


def _columns(width: int, lines: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*lines, strict=True)] if lines else [[] for _ in range(width)]
