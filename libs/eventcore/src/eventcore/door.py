"""The Python side of the door: commands that wait at the same time go in one call. Its SQL is `sql/door.sql`."""

import asyncio
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from eventcore import metrics
from eventcore.call import MAX_COMMANDS, MAX_ROWS, NUMBERS, Answer, Outcome, Receipt, Status, Submission, arrays
from eventcore.clock import monotonic
from eventcore.database import BUSY, GONE, Pool, Unavailable
from eventcore.failpoints import hit
from eventcore.grouped import Grouped

PATIENCE: Final = 5.0
"""Seconds for which a call is sent again after a lost connection."""


class Door:
    """Group commit: each submission gets its own receipt."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._calls = Grouped(self._send, _size, MAX_ROWS)

    async def submit(self, submission: Submission) -> Receipt:
        """Returns when everything of the submission is durable. Unavailable: send the same again; asyncpg's DataError
        or IntegrityConstraintViolationError: the submission itself is wrong, nothing of it was done."""
        return await self._calls.ask(submission)

    async def _send(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """The same ids are sent again after a lost connection: the answer may be lost, the effect not."""
        arguments = arrays(submissions)
        started = monotonic()
        while True:
            hit("door.before_call")
            try:
                async with self._pool.acquire(timeout=2) as connection:
                    record = await connection.fetchrow(_CALL, *arguments, None)
                break
            except BUSY as busy:
                raise Unavailable from busy
            except GONE as gone:
                if monotonic() - started > PATIENCE:
                    raise Unavailable from gone
                await asyncio.sleep(0.05)
        hit("door.after_call")
        metrics.door_call(len(arguments[0]), len(arguments[12]), monotonic() - started)
        return _receipts(submissions, record)


def _size(submission: Submission) -> int:
    """In rows; a command counts as so many that no call has too many of them."""
    rows = sum(entry.rows for entry in submission.entries)
    return max(rows, len(submission.entries) * (MAX_ROWS // MAX_COMMANDS))


_STATUS: Final = tuple(Status)
_OUTCOME: Final = tuple(Outcome)


def _receipts(submissions: Sequence[Submission], record: Any) -> list[Receipt]:
    rows = zip(*(record[name] for name in ("status", "outcome", "answer", "version", "place")), strict=True)
    answers = iter([Answer(_STATUS[s], _OUTCOME[o], body, version, position) for s, o, body, version, position in rows])
    checkpoints = iter(record["checkpoint"])
    return [
        Receipt(list(islice(answers, len(each.entries))), next(checkpoints) if each.move else None)
        for each in submissions
    ]


_ARGUMENTS: Final = (f"${n}::text::{NUMBERS[n]}[]" if n in NUMBERS else f"${n}" for n in range(1, 42))
_CALL: Final = f"call log.door({', '.join(_ARGUMENTS)}, null, null, null, null, null, null, null)"
