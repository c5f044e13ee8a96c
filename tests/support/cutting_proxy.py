"""A TCP proxy before a server that can swallow an answer and cut the connection, as a failing network does."""

import asyncio
from contextlib import suppress

from proxying import Proxy


class CuttingProxy(Proxy):
    """Forwards bytes both ways; after `cut_answers(n)` the next n answers that hold `needle` never arrive."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self._target = (host, port)
        self._needle = b""
        self._cuts = 0

    def cut_answers(self, count: int, needle: bytes) -> None:
        """The next `count` answers to requests that hold `needle` are swallowed."""
        self._cuts, self._needle = count, needle

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream, downstream = await asyncio.open_connection(*self._target)
        asked = asyncio.Event()
        there = asyncio.create_task(self._there(reader, downstream, asked))
        back = asyncio.create_task(self._back(upstream, writer, asked))
        try:
            await asyncio.wait([there, back], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (there, back):
                each.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            for side in (writer, downstream):
                side.close()
                with suppress(OSError):
                    await side.wait_closed()

    async def _there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if self._cuts and self._needle in data:
                asked.set()
            writer.write(data)
            await writer.drain()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if asked.is_set() and self._cuts:
                self._cuts -= 1
                self.cut += 1
                return
            writer.write(data)
            await writer.drain()
