"""Many callers, one statement: what is asked for while one runs goes together in the next."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable


class Gathering:
    """Calls `work` with the union of what waits, at most `most` subjects beyond the first caller's; one call runs at
    a time. A caller gets the error of the call that carried its subjects."""

    def __init__(self, work: Callable[[frozenset[str]], Awaitable[None]], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: deque[tuple[frozenset[str], asyncio.Future[None]]] = deque()
        self._drain: asyncio.Task[None] | None = None

    async def __call__(self, subjects: frozenset[str]) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((subjects, done))
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._run(), name="vault")
        await done

    async def _run(self) -> None:
        while self._waiting:
            subjects, callers = self._next()
            error: BaseException | None = None
            try:
                await self._work(subjects)
            except BaseException as failed:
                error = failed
            for caller in callers:
                if not caller.done():
                    caller.set_exception(error) if error else caller.set_result(None)
            if error and not isinstance(error, Exception):
                raise error

    def _next(self) -> tuple[frozenset[str], list[asyncio.Future[None]]]:
        subjects, done = self._waiting.popleft()
        callers = [done]
        while self._waiting and len(subjects | self._waiting[0][0]) <= self._most:
            more, done = self._waiting.popleft()
            subjects |= more
            callers.append(done)
        return subjects, callers
