"""Wakes readers inside this process after an append. Only a short cut: they poll behind it."""

import asyncio


class Signal:
    """Many may wait; one notification wakes them all."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._awaited = False

    def notify(self) -> None:
        """Wakes whoever waits now."""
        if self._awaited:
            self._awaited = False
            self._event.set()
            self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Returns at the next notification, or after this time."""
        event, self._awaited = self._event, True
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
