"""Run a coroutine from plain code, also where an event loop already runs in this thread."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def run_apart(make: Callable[[], Coroutine[object, object, T]]) -> T:
    """The coroutine's result, from a loop and thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(make())).result()


async def until(check: Callable[[], Awaitable[bool]], *, alive: Callable[[], bool], seconds: float) -> bool:
    """Ask until `check` holds; False after so many seconds or once `alive` does not hold."""
    deadline = time.monotonic() + seconds
    while alive():
        if await check():
            return True
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return False
