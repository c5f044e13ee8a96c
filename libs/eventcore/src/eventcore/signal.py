"""Wakes readers inside this process after an append, by whomever. Only a short cut: they look again behind it."""

import asyncio
from contextlib import suppress


class Signal:
    """Many may wait; one notification wakes them all. `count` is how many there were: who remembers it misses none."""

    def __init__(self) -> None:
        self.count = 0
        self._event = asyncio.Event()
        self._awaited = False

    def notify(self) -> None:
        """Wakes whoever waits now."""
        self.count += 1
        if self._awaited:
            self._awaited = False
            self._event.set()
            self._event = asyncio.Event()

    async def wait(self, seconds: float, since: int | None = None) -> None:
        """Returns at the next notification after `since`, or after this time."""
        if since in (None, self.count):
            event, self._awaited = self._event, True
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await event.wait()
