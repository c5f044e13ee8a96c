"""Whoever waits at the same time goes to the database in one call: bounded calls, one in flight."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

import asyncpg

from eventcore.database import Unavailable

Q = TypeVar("Q")
A = TypeVar("A")

MAX_WAITING: Final = 4096

_Waiting: TypeAlias = tuple[Q, asyncio.Future[A]]


class Grouped(Generic[Q, A]):
    """`call` answers questions in their order. Those of one call have `most` as their `size` together; one that is
    larger goes alone."""

    def __init__(
        self, call: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], size: Callable[[Q], int], most: int
    ) -> None:
        self._call, self._size, self._most = call, size, most
        self._waiting: deque[_Waiting[Q, A]] = deque()
        self._drain: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        """The answer of a call that carried the question. Unavailable where too many wait; else what `call` raises."""
        if len(self._waiting) >= MAX_WAITING:
            raise Unavailable
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._work(), name="grouped calls")
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            group = self._next()
            try:
                await self._settle(group)
            except BaseException as error:
                _fail(group, Unavailable() if isinstance(error, asyncio.CancelledError) else error)
                if not isinstance(error, Exception):
                    raise

    def _next(self) -> list[_Waiting[Q, A]]:
        group = [self._waiting.popleft()]
        free = self._most - self._size(group[0][0])
        while self._waiting and (free := free - self._size(self._waiting[0][0])) >= 0:
            group.append(self._waiting.popleft())
        return group

    async def _settle(self, group: Sequence[_Waiting[Q, A]]) -> None:
        """Bisects a call that the database finds wrong, so that a bad question never harms another."""
        try:
            found = await self._call([question for question, _ in group])
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as wrong:
            if len(group) == 1:
                return _fail(group, wrong)
            half = len(group) // 2
            await self._settle(group[:half])
            return await self._settle(group[half:])
        for (_, answer), each in zip(group, found, strict=True):
            if not answer.done():
                answer.set_result(each)


def _fail(group: Sequence[_Waiting[Q, A]], error: BaseException) -> None:
    for _, answer in group:
        if not answer.done():
            answer.set_exception(error)
