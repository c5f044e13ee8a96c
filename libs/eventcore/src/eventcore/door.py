"""The Python side of the door: what a call carries, and group commit.

Commands that wait at the same time go in one call; one call is in flight. The call's SQL is `sql/door.sql`.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

from eventcore import metrics
from eventcore.call import MAX_COMMANDS, MAX_ROWS, Outcome, Receipt, Result, Status, Submission, arrays
from eventcore.clock import monotonic
from eventcore.database import BUSY, GONE, Pool, Unavailable
from eventcore.failpoints import hit

MAX_WAITING: Final = 4096
PATIENCE: Final = 5.0
"""Seconds for which a call is sent again after a lost connection."""


@dataclass(slots=True)
class _Waiting:
    submission: Submission
    receipt: "asyncio.Future[Receipt]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Door:
    """Group commit: bounded calls, one in flight, each submission with its own receipt."""

    def __init__(self, pool: Pool, *, set_based: bool | None = None) -> None:
        self._pool = pool
        self._set_based = set_based
        self._queue: deque[_Waiting] = deque()
        self._drain: asyncio.Task[None] | None = None

    async def submit(self, submission: Submission) -> Receipt:
        """Returns when everything of the submission is durable. Unavailable: send the same again; asyncpg's DataError
        or IntegrityConstraintViolationError: the submission itself is wrong, nothing of it was done."""
        if len(self._queue) >= MAX_WAITING:
            raise Unavailable
        waiting = _Waiting(submission)
        self._queue.append(waiting)
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._work(), name="door")
        return await waiting.receipt

    async def _work(self) -> None:
        while self._queue:
            call = self._next()
            try:
                await self._settle(call)
            except BaseException as error:
                _fail(call, Unavailable() if isinstance(error, asyncio.CancelledError) else error)
                if not isinstance(error, Exception):
                    raise

    def _next(self) -> list[_Waiting]:
        call = [self._queue.popleft()]
        commands, rows = len(call[0].submission.entries), call[0].submission.rows
        while self._queue:
            following = self._queue[0].submission
            commands += len(following.entries)
            rows += following.rows
            if commands > MAX_COMMANDS or rows > MAX_ROWS:
                break
            call.append(self._queue.popleft())
        return call

    async def _settle(self, call: list[_Waiting]) -> None:
        """Bisects a call that the database finds wrong, so that a bad command never harms another."""
        try:
            receipts = await self._send([waiting.submission for waiting in call])
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as wrong:
            if len(call) == 1:
                return _fail(call, wrong)
            half = len(call) // 2
            await self._settle(call[:half])
            return await self._settle(call[half:])
        for waiting, receipt in zip(call, receipts, strict=True):
            if not waiting.receipt.done():
                waiting.receipt.set_result(receipt)

    async def _send(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """The same ids are sent again after a lost connection: the answer may be lost, the effect not."""
        arguments = arrays(submissions)
        started = monotonic()
        while True:
            hit("door.before_call")
            try:
                async with self._pool.acquire(timeout=2) as connection:
                    record = await connection.fetchrow(_CALL, *arguments, self._set_based)
                break
            except BUSY as busy:
                raise Unavailable from busy
            except GONE as gone:
                if monotonic() - started > PATIENCE:
                    raise Unavailable from gone
                await asyncio.sleep(0.05)
        hit("door.after_call")
        metrics.door_call(len(arguments[0]), len(arguments[11]), monotonic() - started)
        return _receipts(submissions, record)


def _fail(call: Sequence[_Waiting], error: BaseException) -> None:
    for waiting in call:
        if not waiting.receipt.done():
            waiting.receipt.set_exception(error)


_STATUS: Final = tuple(Status)
_OUTCOME: Final = tuple(Outcome)


def _receipts(submissions: Sequence[Submission], record: Any) -> list[Receipt]:
    recorded = record["recorded"]
    columns = zip(
        record["status"], record["outcome"], record["answer"], record["version"], record["place"], strict=True
    )
    results = [
        Result(_STATUS[status], _OUTCOME[outcome], answer, version, position, recorded)
        for status, outcome, answer, version, position in columns
    ]
    receipts, at, checkpoints = [], 0, iter(record["checkpoint"])
    for submission in submissions:
        until = at + len(submission.entries)
        receipts.append(Receipt(results[at:until], next(checkpoints) if submission.move else None))
        at = until
    return receipts


_CALL: Final = (
    "call log.door(" + ", ".join(f"${n}" for n in range(1, 42)) + ", null, null, null, null, null, null, null)"
)
